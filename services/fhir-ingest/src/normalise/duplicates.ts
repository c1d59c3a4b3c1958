import type { EventBody } from '@tideway/schemas/events.generated'
import type { DraftEvent } from '@tideway/ingest/draft-event'
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
 * Events that several entries may give: a document by its replacements, and patients by each
 * other's links.
 */
const isOfAnother = ({ body }: DraftEvent): boolean =>
  (body.type === 'DocumentReported' && body.trigger === 'REPLACED') ||
  body.type === 'PatientsMerged' ||
  body.type === 'PatientsLinked'

/** Name of the field that identifies an event's entry; null if it has none. */
export const keyFieldOf = (body: EventBody): string | null =>
  keyFields[body.type] ?? ('encounterId' in body ? 'encounterId' : null)

const keyOf = ({ patientKey, body }: DraftEvent): string => {
  const field = keyFieldOf(body)
  return JSON.stringify([
    patientKey,
    field === 'encounterId' ? 'Visit' : body.type,
    field === null ? null : (body as unknown as Record<string, unknown>)[field],
  ])
}

/**
 * Separate dispense resources of one item are distinct: an item may be supplied in parts, from two
 * manufacturers or on two days. They are numbered in the order sent, like HL7 v2 reports with the
 * same number.
 */
const numberDispenses = (drafted: ReadonlyMap<SubmissionEntry, readonly DraftEvent[]>): void => {
  const times = new Map<string, number>()
  for (const [{ resource }, drafts] of drafted) {
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
 * Two entries that would become one entry of the record: it is unclear which is right, so the
 * second is rejected. One that creates only what does not exist yet (`ifNoneExist`) creates nothing
 * beside another: both are that one.
 */
export const settleDuplicates = (drafted: Map<SubmissionEntry, DraftEvent[]>): void => {
  numberDispenses(drafted)
  const first = new Map<string, SubmissionEntry>()
  const certainFirst = [...drafted].toSorted(
    ([a], [b]) => Number(a.isConditional) - Number(b.isConditional),
  )
  for (const [entry, drafts] of certainFirst) {
    const doubled = drafts
      .filter((happening) => !isOfAnother(happening))
      .some((happening) => {
        const known = first.get(keyOf(happening)) ?? entry
        first.set(keyOf(happening), known)
        return known !== entry
      })
    if (!doubled) continue
    if (entry.isConditional) drafted.set(entry, [])
    else if (entry.faults.length === 0)
      entry.faults.push(fault('DUPLICATE_ENTRY', entry.resource?.place ?? null))
  }
}
