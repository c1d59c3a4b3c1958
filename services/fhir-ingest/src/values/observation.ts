import type {
  Annotation,
  CodeableConcept,
  ObservationComponent,
  ObservationReferenceRange,
  Period,
  Reference,
} from '@medplum/fhirtypes'
import { observationIdentity } from '@tideway/record/keys/clinical-keys'
import { type Observation, type StatusSystem, unsaid } from '@tideway/schemas/events.generated'
import { lastingKey } from '../keys/business-key.ts'
import { firstIdentifier } from '../keys/number-of.ts'
import { fhirError } from '../errors.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import type { FhirObject } from '@tideway/fhir/parse-json'
import { noCode, readCoded, wordOf } from './coded.ts'
import { readValue } from './observation-value.ts'
import { lookUp } from './look-up.ts'
import { readDevice } from './device.ts'
import { readOrganisation, readPractitioners } from './practitioner.ts'
import { rangeText } from './range.ts'
import {
  observationStatuses,
  readObservationStatus,
} from '@tideway/record/status/observation-status'
import { isUnlisted, type SentStatus, type StatusTable } from '@tideway/record/status/status-table'

/**
 * @throws FhirError INVALID_VALUE if the status is not in the value set, whose binding is required
 */
export const statusIn = <Status extends string>(
  table: StatusTable<Status>,
  read: (code: string | null, system: StatusSystem) => SentStatus<Status>,
  system: StatusSystem,
  resource: Resource,
): SentStatus<Status> => {
  const sent = read(take<string>(resource, 'status'), system)
  if (sent.statusSystem !== null && (sent.statusSystem !== system || isUnlisted(table, sent)))
    throw fhirError('INVALID_VALUE', `${resource.place}.status`)
  return sent
}

export const categories: Readonly<Record<string, string>> = {
  'vital-signs': 'VITAL_SIGNS',
  laboratory: 'LABORATORY',
  imaging: 'IMAGING',
  'social-history': 'SOCIAL_HISTORY',
  survey: 'SURVEY',
  exam: 'EXAM',
  procedure: 'PROCEDURE',
  therapy: 'THERAPY',
  activity: 'ACTIVITY',
  LAB: 'LABORATORY',
  RAD: 'IMAGING',
  CUS: 'CARDIOLOGY',
  SP: 'PATHOLOGY',
}

export const categoryOf = (resource: Resource): string | null => {
  const code = wordOf(takeAll<CodeableConcept>(resource, 'category')[0])
  return code === null ? null : (lookUp(categories, code) ?? code)
}

const flagsOf = (interpretations: readonly CodeableConcept[]): string[] =>
  interpretations.map(wordOf).filter((flag) => flag !== null)

const keyed = (code: Observation['code'], subId: string | null): string =>
  `${observationIdentity(code.code ?? code.text ?? '', subId)}|1`

/**
 * A component, e.g. one of the two values of a blood pressure: measured by whom, where and with
 * what the whole was.
 */
const componentOf = (
  component: ObservationComponent,
  parent: Observation,
  index: number,
  message: FhirMessage,
): Observation => {
  const code = readCoded(component.code) ?? noCode
  const value = readValue(component as unknown as FhirObject, message)
  return {
    ...unsaid.Observation(),
    key: keyed(code, parent.code.code),
    code,
    subId: parent.code.code,
    status: parent.status,
    statusAsSent: parent.statusAsSent,
    statusSystem: parent.statusSystem,
    observedAt: parent.observedAt,
    analysedAt: parent.analysedAt,
    category: parent.category,
    ...value,
    range: rangeText(component.referenceRange ?? [], value.unit, message),
    flags: flagsOf(component.interpretation ?? []),
    absentReason: readCoded(component.dataAbsentReason),
    producer: parent.producer,
    performers: parent.performers,
    method: parent.method,
    bodySite: parent.bodySite,
    device: parent.device,
    panel: parent.code,
    place: `${parent.place}.component[${index}]`,
  }
}

const observedAt = (resource: Resource): string | null =>
  take<string>(resource, 'effectiveDateTime') ??
  take<Period>(resource, 'effectivePeriod')?.start ??
  take<string>(resource, 'effectiveInstant')

/**
 * Numbers observations of one code in a report: the second is another observation, not a
 * correction.
 */
export const numbered = (observations: readonly Observation[]): Observation[] => {
  const times = new Map<string, number>()
  return observations.map((one) => {
    const identity = one.key.replace(/\d+$/, '')
    const time = (times.get(identity) ?? 0) + 1
    times.set(identity, time)
    return { ...one, key: `${identity}${time}` }
  })
}

/**
 * An Observation followed by its components, as in a report of that observation alone.
 *
 * @throws FhirError INVALID_VALUE at its status
 */
export const readObservations = (
  resource: Resource,
  patientKey: string,
  message: FhirMessage,
): Observation[] => {
  const code = readCoded(take<CodeableConcept>(resource, 'code')) ?? noCode
  const number = firstIdentifier(resource, message)
  const ownReportId = lastingKey(resource, number, patientKey, message)
  const performers = takeAll<Reference>(resource, 'performer')
  const producer = performers
    .map((one) => readOrganisation(one, resource, message))
    .find((one) => one !== null)
  const value = readValue(resource.json, message)
  const whole: Observation = {
    ...unsaid.Observation(),
    key: keyed(code, null),
    code,
    ...statusIn(observationStatuses, readObservationStatus, 'OBSERVATION_STATUS', resource),
    category: categoryOf(resource),
    ...value,
    range: rangeText(
      takeAll<ObservationReferenceRange>(resource, 'referenceRange'),
      value.unit,
      message,
    ),
    flags: flagsOf(takeAll<CodeableConcept>(resource, 'interpretation')),
    observedAt: observedAt(resource),
    analysedAt: take<string>(resource, 'issued'),
    producer:
      producer === undefined
        ? null
        : { ...noCode, code: producer.identifier, text: producer.name, system: producer.authority },
    performers: readPractitioners(performers, resource, message),
    method: readCoded(take<CodeableConcept>(resource, 'method')),
    bodySite: readCoded(take<CodeableConcept>(resource, 'bodySite')),
    device: readDevice(take<Reference>(resource, 'device'), resource, message),
    absentReason: readCoded(take<CodeableConcept>(resource, 'dataAbsentReason')),
    notes: takeAll<Annotation>(resource, 'note')
      .map(({ text }) => text ?? '')
      .filter((text) => text !== ''),
    observationId: number?.value ?? null,
    place: resource.place,
  }
  const components = takeAll<ObservationComponent>(resource, 'component').map((one, index) =>
    componentOf(one, whole, index, message),
  )
  const saysNothing =
    whole.value === null &&
    whole.absentReason === null &&
    whole.range === null &&
    whole.flags.length === 0 &&
    whole.notes.length === 0
  const all = numbered(saysNothing && components.length > 0 ? components : [whole, ...components])
  return ownReportId === null ? all : all.map((one) => ({ ...one, ownReportId, ownKey: one.key }))
}
