import { join } from 'node:path'
import { loadMappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { loadSources } from '@tideway/hl7-ingest/identify/load-sources'
import type { Source } from '@tideway/schemas/source'
import { nextMessage } from '../../load/messages.ts'
import { makePatients } from '../../load/patients.ts'
import { randomOf } from '../../load/random.ts'
import { checkout } from '../../../stack/home.ts'

/** Messages as the load sends them, 70 ADT to 30 ORU, each patient's in order. */
export const loadMessages = (count: number, patients: number, run: string): Buffer[] => {
  const all = makePatients(patients, 1, run)
  const random = randomOf(7)
  const sender = { facility: 'RJZ', admissions: 'PAS', results: 'LIMS' }
  return Array.from(
    { length: count },
    (_, index) =>
      nextMessage(
        all[Math.floor(random() * all.length)] as (typeof all)[number],
        sender,
        `${run}${index}`,
        random,
      ).bytes,
  )
}

export const kings = async (): Promise<{
  source: Source
  mappings: Awaited<ReturnType<typeof loadMappings>>
}> => {
  const mappings = await loadMappings()
  const source = loadSources(
    join(checkout, 'schemas/sources'),
    new Set(mappings.fixes.keys()),
  ).find(({ ods }) => ods === 'RJZ') as Source
  return { source, mappings }
}
