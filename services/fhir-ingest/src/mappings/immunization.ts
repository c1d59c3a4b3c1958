import type {
  CodeableConcept,
  ImmunizationPerformer,
  ImmunizationProtocolApplied,
  Quantity,
  Reference,
} from '@medplum/fhirtypes'
import { type ImmunizationReported, unsaid } from '@tideway/schemas/events.generated'
import { businessKey } from '../keys/business-key.ts'
import { numbersOf } from '../keys/number-of.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { subjectKeyOf } from '../keys/subject.ts'
import { noCode, readAllCoded, readCoded, textCoded } from '../values/coded.ts'
import { readEncounterId } from '../keys/encounter-id.ts'
import { readNotes } from '../values/notes.ts'
import { readPerformer } from '../values/performer.ts'
import { readQuantity } from '../values/quantity.ts'
import { statedStatus } from '../values/stated-status.ts'
import { readCompletionStatus } from '@tideway/record/status/completion-status'

const seriesOf = (
  resource: Resource,
): Pick<ImmunizationReported, 'doseNumber' | 'seriesDoses' | 'targets'> => {
  const [first] = takeAll<ImmunizationProtocolApplied>(resource, 'protocolApplied')
  const dose = first?.doseNumberPositiveInt ?? first?.doseNumberString
  const doses = first?.seriesDosesPositiveInt ?? first?.seriesDosesString
  return {
    doseNumber: dose === undefined ? null : String(dose),
    seriesDoses: doses === undefined ? null : String(doses),
    targets: readAllCoded(first?.targetDisease ?? []),
  }
}

const immunizationOf = (
  resource: Resource,
  patientKey: string,
  message: FhirMessage,
): ImmunizationReported => {
  const performers = takeAll<ImmunizationPerformer>(resource, 'performer').map((one) =>
    readPerformer(one.actor, one.function, undefined, resource, message),
  )
  const refusal = readCoded(take<CodeableConcept>(resource, 'statusReason'))
  const lot = take<string>(resource, 'lotNumber')
  const numbers = numbersOf(resource, 'FILL', message)
  return {
    ...unsaid.ImmunizationReported(),
    immunizationId: businessKey(resource, patientKey, message),
    placerNumber: numbers.placer?.value ?? null,
    fillerNumber: numbers.filler?.value ?? null,
    code: readCoded(take<CodeableConcept>(resource, 'vaccineCode')) ?? noCode,
    ...seriesOf(resource),
    givenAt: take<string>(resource, 'occurrenceDateTime'),
    dose: readQuantity(take<Quantity>(resource, 'doseQuantity'), message),
    lots: lot === null ? [] : [lot],
    expiresAt: take<string>(resource, 'expirationDate'),
    manufacturer: textCoded(take<Reference>(resource, 'manufacturer')?.display),
    route: readCoded(take<CodeableConcept>(resource, 'route')),
    site: readCoded(take<CodeableConcept>(resource, 'site')),
    ...statedStatus(
      resource,
      readCompletionStatus(take(resource, 'status'), 'IMMUNIZATION_STATUS'),
    ),
    refusalReasons: refusal === null ? [] : [refusal],
    indications: readAllCoded(takeAll<CodeableConcept>(resource, 'reasonCode')),
    performers: performers.filter((one) => one !== null),
    information: readCoded(take<CodeableConcept>(resource, 'reportOrigin')),
    recordedAt: take<string>(resource, 'recorded'),
    encounterId: readEncounterId(resource, patientKey, message),
    notes: readNotes(resource),
  }
}

/** A vaccine given or not given. */
export default {
  handles: ['Immunization'],
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'patient', message)
    return patientKey === null
      ? []
      : [happened(patientKey, resource, immunizationOf(resource, patientKey, message))]
  },
} satisfies ResourceMapping
