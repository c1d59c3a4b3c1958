import { loadMappings } from '@tideway/fhir-ingest/load-mappings'
import { loadSources } from '@tideway/fhir-ingest/load-sources'
import { normalise } from '@tideway/fhir-ingest/normalise/normalise'
import { expect, test } from 'vitest'
import { medicinesMessage } from './pharmacy.ts'
import { child } from './story.ts'

const sources = loadSources(new URL('../../schemas/sources', import.meta.url).pathname)
const mappings = await loadMappings()

test("the pharmacy's message is valid, is about the child of the story, and each dispense has its prescription", () => {
  const source = sources.find(({ ods }) => ods === 'FX998')
  if (source === undefined) throw new Error('no source file')
  const { faults, events } = normalise(
    { source, bytes: medicinesMessage(new Date('2026-07-10T12:00:00Z')), receivedAt: 1 },
    { mappings, owners: new Map(), production: false, maxEntries: 100 },
  )
  expect(faults).toEqual([])
  const [details, ...medicines] = events.map(({ body }) => body)
  expect(details).toMatchObject(child)
  expect(
    medicines.map((body) =>
      'dispenseId' in body
        ? [body.dispenseId, body.prescriptionId, body.dispensedAt]
        : 'prescriptionId' in body
          ? [body.prescriptionId]
          : [],
    ),
  ).toEqual([
    ['STORY-RX-1'],
    ['STORY-DI-1', 'STORY-RX-1', '2026-07-06T16:00:00Z'],
    ['STORY-RX-2'],
    ['STORY-DI-2', 'STORY-RX-2', '2026-07-06T16:00:00Z'],
  ])
})
