import { readdirSync, readFileSync } from 'node:fs'
import { whole } from '@tideway/schemas/complete-event.fixture'
import type { EventBody, PatientEvent } from '@tideway/schemas/events.generated'
import { patient } from '@tideway/record/entries/histories.fixture'

type Expected = { events?: { place: string; body: EventBody }[] }
const folders = ['hl7-ingest/samples/x99/', 'fhir-ingest/samples/x99/']

/** Events of every sample, each a message about one patient, a minute after the one before it. */
export const sampleMessages: PatientEvent[][] = folders
  .flatMap((folder) => {
    const url = new URL(`../../../${folder}`, import.meta.url)
    return readdirSync(url)
      .filter((file) => file.endsWith('.expected.json'))
      .map((file) => [`${folder}${file}`, new URL(file, url)] as const)
  })
  .map(([name, url], minute) => {
    const { events = [] } = JSON.parse(readFileSync(url, 'utf8')) as Expected
    const sentAt = Date.UTC(2026, 6, 1, 8, minute)
    return events.map(
      ({ place, body }, n): PatientEvent => ({
        id: `${name}.${n}`,
        messageId: name,
        source: 'X99',
        patientKey: patient,
        receivedAt: sentAt * 1000,
        sentAt,
        place,
        body: whole(body),
        notShown: n === 0 && minute % 3 === 0 ? { count: 1, places: ['Z-1'] } : null,
      }),
    )
  })
  .filter((events) => events.length > 0)
