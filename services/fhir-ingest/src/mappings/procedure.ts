import type { CodeableConcept, Period, ProcedurePerformer } from '@medplum/fhirtypes'
import { type ProcedureReported, unsaid } from '@tideway/schemas/events.generated'
import { businessKey } from '../keys/business-key.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { subjectKeyOf } from '../keys/subject.ts'
import { noCode, readAllCoded, readCoded } from '../values/coded.ts'
import { readEncounterId } from '../keys/encounter-id.ts'
import { readNotes } from '../values/notes.ts'
import { readPerformer } from '../values/performer.ts'
import { statedStatus } from '../values/stated-status.ts'
import { readProcedureStatus } from '@tideway/record/status/procedure-status'

const procedureOf = (
  resource: Resource,
  patientKey: string,
  message: FhirMessage,
): ProcedureReported => {
  const code = take<CodeableConcept>(resource, 'code')
  const period = take<Period>(resource, 'performedPeriod')
  const reasons = readAllCoded(takeAll<CodeableConcept>(resource, 'reasonCode'))
  const performers = takeAll<ProcedurePerformer>(resource, 'performer').map((one) =>
    readPerformer(one.actor, one.function, one.onBehalfOf, resource, message),
  )
  return {
    ...unsaid.ProcedureReported(),
    procedureId: businessKey(resource, patientKey, message),
    code: readCoded(code) ?? noCode,
    text: code?.text ?? null,
    ...statedStatus(resource, readProcedureStatus(take(resource, 'status'), 'EVENT_STATUS')),
    statusReason: readCoded(take<CodeableConcept>(resource, 'statusReason')),
    category: readCoded(take<CodeableConcept>(resource, 'category')),
    performedAt: take<string>(resource, 'performedDateTime') ?? period?.start ?? null,
    performedUntil: period?.end ?? null,
    performers: performers.filter((one) => one !== null),
    reasons,
    bodySites: readAllCoded(takeAll<CodeableConcept>(resource, 'bodySite')),
    outcome: readCoded(take<CodeableConcept>(resource, 'outcome')),
    complications: readAllCoded(takeAll<CodeableConcept>(resource, 'complication')),
    encounterId: readEncounterId(resource, patientKey, message),
    notes: readNotes(resource),
  }
}

/** A procedure. */
export default {
  handles: ['Procedure'],
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'subject', message)
    return patientKey === null
      ? []
      : [happened(patientKey, resource, procedureOf(resource, patientKey, message))]
  },
} satisfies ResourceMapping
