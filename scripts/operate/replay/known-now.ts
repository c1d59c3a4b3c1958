import type { KnownResources } from '@tideway/fhir-ingest/references/known-resource'
import { openView } from '@tideway/fhir-ingest/references/view'
import type { Line } from '../open-line.ts'

/** What FHIR clients have sent by now, read from the log: seconds for a million resources. */
const knownNow = async ({
  kafka,
  registry,
}: Pick<Line, 'kafka' | 'registry'>): Promise<(client: string) => KnownResources> => {
  const view = openView()
  const reader = await kafka.follow({
    topic: 'fhirResources',
    registry,
    onRecords: (records) => {
      for (const { key, value } of records) view.note(key, value)
    },
    onCrash: (cause) => {
      throw cause
    },
  })
  await reader.begun()
  await reader.close()
  return (client) => (name) => view.find(client, name)
}

/** The line, with what FHIR clients have sent by now where that was read. */
type LineKnowing = Line & { fhir: { known?: (client: string) => KnownResources } }

const waited = new Set(['UNRESOLVED_REFERENCE', 'REFERENCE_GIVEN_UP'])

/**
 * The line for a message that was parked with this code: one that refers to what its client had not
 * sent yet needs what it has sent by now, which is read once.
 */
export const lineKnowing = (line: Line) => {
  let known: ReturnType<typeof knownNow> | null = null
  return async (code: string | undefined): Promise<LineKnowing> => {
    if (!waited.has(code ?? '')) return line
    known ??= knownNow(line)
    return { ...line, fhir: { ...line.fhir, known: await known } }
  }
}
