import type { Entry, Statement } from '@tideway/schemas/documents/entry'
import { type EventBody, type PatientEvent, unsaid } from '@tideway/schemas/events.generated'
import { coded, event } from '@tideway/record/entries/histories.fixture'
import { arrivalOf } from '../consume/consume.ts'
import { folds } from './apply-events.ts'
import { project } from './project.ts'
import { membersTouchedBy, touchedBy } from './touched.ts'

export const medicine = (
  control: string | null,
  prescriptionId: string,
  code: string | null,
): EventBody => ({
  ...unsaid.MedicationPrescribed(),
  kind: 'prescription',
  prescriptionId,
  control,
  medication: code === null ? null : coded(code),
})
export const request = (control: string, requestId: string, code: string): EventBody => ({
  ...unsaid.RequestReported(),
  requestId,
  control,
  service: coded(code),
})

const arrival = (of: PatientEvent, offset: number) =>
  arrivalOf({
    offset,
    key: of.patientKey,
    value: of,
    record: Buffer.of(offset),
    header: () => null,
    timestamp: 0,
  })

/** Applies events one by one, each with only the stored documents it requested. */
export const entriesAfter = (events: readonly PatientEvent[]): Entry[] => {
  const stored = new Map<string, Entry>()
  events.forEach((one, offset) => {
    const arrivals = [arrival(one, offset)]
    const { entries: ids, sharing } = touchedBy(arrivals)
    const touched = new Map(
      [...stored].filter(
        ([id]) => ids.includes(id) || sharing.some((shared) => id.startsWith(shared)),
      ),
    )
    const entries = new Map([
      ...touched,
      ...membersTouchedBy(arrivals, touched).flatMap((id) =>
        stored.has(id) ? [[id, stored.get(id) as Entry] as const] : [],
      ),
    ])
    for (const entry of project(
      0,
      arrivals,
      { heads: new Map(), entries, applied: new Map(), held: new Map() },
      folds,
      new Date(0),
    )[0]?.entries ?? [])
      stored.set(entry._id, entry)
  })
  return [...stored.values()]
}
export const eventsOf = (...bodies: EventBody[]): PatientEvent[] =>
  bodies.map((body, minute) => event(body, minute, { place: `ORC[${minute}]` }))
export const statesOf = (events: readonly PatientEvent[]) =>
  entriesAfter(events).map(
    ({ data }) =>
      `${(data as unknown as Statement<'prescription'>).key} ${(data as unknown as Statement<'prescription'>).status}`,
  )
