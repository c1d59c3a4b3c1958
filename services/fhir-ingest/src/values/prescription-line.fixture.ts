import { evolveEntry } from '@tideway/record/entries/entry'
import { statementLineOf } from '@tideway/record/summary/statement-lines'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { read, system } from '../sender.fixture.ts'

/** The line of a prescription in the summary. */
export const lineOf = (medicine: string, ...dosageInstruction: object[]) => {
  const { events } = read({
    resourceType: 'MedicationRequest',
    id: medicine.replaceAll(' ', '-'),
    status: 'active',
    intent: 'order',
    subject: { type: 'Patient', identifier: { system: system('X99'), value: 'B43' } },
    medicationCodeableConcept: { text: medicine },
    authoredOn: '2026-09-01',
    dosageInstruction,
  })
  const event = {
    ...events[0],
    id: 'E1',
    messageId: 'M1',
    source: 'X99',
    receivedAt: 1_800_000_000_000_000,
    sentAt: 1_800_000_000_000,
  } as unknown as PatientEvent
  return statementLineOf('prescription')(evolveEntry(null, event) as Entry)?.text
}

export const dose = (value: number, unit: string) => ({
  doseAndRate: [{ doseQuantity: { value, unit } }],
})
