import type { EventBody } from '@tideway/schemas/events.generated'
import type { Happening } from '@tideway/ingest/draft-event'
import type { SubmissionEntry } from './open-submission.ts'
import { fault } from '../errors.ts'

/** The field that identifies an event's entry. A Patient is identified by its key alone. */
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

/**
 * Events that several entries may state: a document by those that replace it, and patients by each
 * other's links.
 */
const isOfAnother = ({ body }: Happening): boolean =>
  (body.type === 'DocumentReported' && body.trigger === 'REPLACED') ||
  body.type === 'PatientsMerged' ||
  body.type === 'PatientsLinked'

const keyOf = ({ patientKey, body }: Happening): string => {
  const field = keyFields[body.type] ?? ('encounterId' in body ? 'encounterId' : null)
  return JSON.stringify([
    patientKey,
    field === 'encounterId' ? 'Visit' : body.type,
    field === null ? null : (body as unknown as Record<string, unknown>)[field],
  ])
}

/**
 * Dispenses of one item that are resources of their own are distinct: an item may be supplied in
 * parts, from two manufacturers or on two days. They are numbered in the order sent, as reports
 * with one number are in HL7 v2.
 */
const numberDispenses = (said: ReadonlyMap<SubmissionEntry, readonly Happening[]>): void => {
  const times = new Map<string, number>()
  for (const [{ resource }, happenings] of said) {
    for (const happening of happenings) {
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
 * Two entries that would be one entry of the record: which is right would be a guess, so the second
 * is refused.
 */
export const refuseDuplicates = (
  said: ReadonlyMap<SubmissionEntry, readonly Happening[]>,
): void => {
  numberDispenses(said)
  const first = new Map<string, SubmissionEntry>()
  for (const [entry, happenings] of said) {
    const doubled = happenings
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
