import type { EventBody } from '@tideway/schemas/events.generated'
import type { DraftEvent } from '@tideway/ingest/draft-event'
import type { Entry } from './bundle.ts'
import { fault } from '@tideway/fhir/errors'

/** The field by which an event's entry is known. A Patient is known by its key alone. */
const keyFields: Partial<Record<EventBody['type'], string>> = {
  ResultReported: 'reportId',
  DocumentReported: 'documentId',
  AllergyReported: 'allergyId',
  ConditionReported: 'conditionId',
  ProcedureReported: 'procedureId',
  ImmunizationReported: 'immunizationId',
  MedicationPrescribed: 'prescriptionId',
  MedicationDispensed: 'dispenseId',
  MedicationGiven: 'administrationId',
  RequestReported: 'requestId',
  AppointmentReported: 'appointmentId',
  AlertReported: 'alertId',
  ContactReported: 'contactId',
  ResourceReported: 'resourceKey',
}

/** A document told of by the one that took its place, and patients by each other: several may. */
const isOfAnother = ({ body }: DraftEvent): boolean =>
  (body.type === 'DocumentReported' && body.trigger === 'REPLACED') ||
  body.type === 'PatientsMerged' ||
  body.type === 'PatientsLinked'

const keyOf = ({ patientKey, body }: DraftEvent): string => {
  const field = keyFields[body.type] ?? ('encounterId' in body ? 'encounterId' : null)
  return JSON.stringify([
    patientKey,
    field === 'encounterId' ? 'Visit' : body.type,
    field === null ? null : (body as unknown as Record<string, unknown>)[field],
  ])
}

/**
 * Dispenses of one item that are resources of their own are several: an item may be supplied in
 * parts, of two manufacturers or on two days. They are numbered in the order sent, as two reports
 * of one number are in HL7 v2.
 */
const numberDispenses = (said: ReadonlyMap<Entry, readonly DraftEvent[]>): void => {
  const times = new Map<string, number>()
  for (const [{ resource }, drafts] of said) {
    for (const happening of drafts) {
      const { body } = happening
      if (body.type !== 'MedicationDispensed' || resource?.fullUrl === null) continue
      const key = keyOf(happening)
      const nth = (times.get(key) ?? 0) + 1
      times.set(key, nth)
      if (nth > 1) body.dispenseId = `${body.dispenseId}#${nth}`
    }
  }
}

/**
 * Two entries that would be one thing in the record: which of them is right would be a guess, so it
 * is a fault of the second.
 */
export const refuseDuplicates = (said: ReadonlyMap<Entry, readonly DraftEvent[]>): void => {
  numberDispenses(said)
  const first = new Map<string, Entry>()
  for (const [entry, drafts] of said) {
    const doubled = drafts
      .filter((happening) => !isOfAnother(happening))
      .some((happening) => {
        const known = first.get(keyOf(happening)) ?? entry
        first.set(keyOf(happening), known)
        return known !== entry
      })
    if (doubled && entry.faults.length === 0)
      entry.faults.push(fault('DUPLICATE_ENTRY', entry.resource?.place ?? null))
  }
}
