import type { FhirObject } from '../parse-json.ts'

/**
 * Whether an invariant certainly holds for a value with valid elements. False may also mean
 * undecided.
 */
export type Invariant = (of: FhirObject) => boolean

type Coding = { system?: string; code?: string }

const has = (of: FhirObject, name: string): boolean => of[name] !== undefined
/** Whether a choice element is present: `value` as `valueQuantity`. */
const hasAny = (of: FhirObject, prefix: string): boolean =>
  Object.keys(of).some((name) => name.startsWith(prefix))
const without =
  (...names: string[]): Invariant =>
  (of) =>
    names.some((name) => !has(of, name))
const either =
  (...names: string[]): Invariant =>
  (of) =>
    names.some((name) => has(of, name))
const onlyWith =
  (name: string, other: string): Invariant =>
  (of) =>
    !has(of, name) || has(of, other)
const listOf = (of: FhirObject, name: string): readonly FhirObject[] =>
  (of[name] ?? []) as readonly FhirObject[]
const noneHas =
  (list: string, name: string): Invariant =>
  (of) =>
    listOf(of, list).every((one) => !has(one, name))
const always: Invariant = () => true

const isCoded = (of: FhirObject, name: string, system: string, ...codes: string[]): boolean =>
  (((of[name] as FhirObject | undefined)?.['coding'] ?? []) as readonly Coding[]).some(
    (coding) =>
      coding.system === `http://terminology.hl7.org/CodeSystem/${system}` &&
      codes.includes(coding.code ?? ''),
  )

const isOneOf = (of: FhirObject, name: string, ...values: string[]): boolean =>
  values.includes(String(of[name]))

const isRequests: Invariant = (bundle) => isOneOf(bundle, 'type', 'batch', 'transaction', 'history')
const firstIs = (bundle: FhirObject, type: string): boolean =>
  (listOf(bundle, 'entry')[0]?.['resource'] as FhirObject | undefined)?.['resourceType'] === type

const areDistinct: Invariant = (bundle) => {
  const addresses = listOf(bundle, 'entry').flatMap(({ fullUrl }) => fullUrl ?? [])
  return new Set(addresses).size === addresses.length
}

const quantity =
  (name: string): Invariant =>
  (of) =>
    !has(of, name) || Number(of[name]) >= 0

/**
 * Keyed by the FHIRPath expression, so that a changed expression is left to the validator. @see
 * FHIR R4, the invariants of each type
 */
export const invariants: Readonly<Record<string, Invariant>> = {
  'extension.exists() != value.exists()': (of) => has(of, 'extension') !== hasAny(of, 'value'),
  'htmlChecks()': always, // as in the validator
  'contained.contained.empty()': noneHas('contained', 'contained'),
  'contained.meta.versionId.empty() and contained.meta.lastUpdated.empty()': noneHas(
    'contained',
    'meta',
  ),
  'contained.meta.security.empty()': noneHas('contained', 'meta'),

  "verificationStatus.coding.where(system = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification' and code = 'entered-in-error').exists() or clinicalStatus.exists()":
    (of) =>
      has(of, 'clinicalStatus') ||
      isCoded(of, 'verificationStatus', 'allergyintolerance-verification', 'entered-in-error'),
  "verificationStatus.coding.where(system = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification' and code = 'entered-in-error').empty() or clinicalStatus.empty()":
    (of) =>
      !has(of, 'clinicalStatus') ||
      !isCoded(of, 'verificationStatus', 'allergyintolerance-verification', 'entered-in-error'),
  'type.exists() or actor.exists()': either('type', 'actor'),
  'start.exists() = end.exists()': (of) => has(of, 'start') === has(of, 'end'),
  "(start.exists() and end.exists()) or (status in ('proposed' | 'cancelled' | 'waitlist'))": (
    of,
  ) =>
    (has(of, 'start') && has(of, 'end')) ||
    isOneOf(of, 'status', 'proposed', 'cancelled', 'waitlist'),
  "Appointment.cancelationReason.exists() implies (Appointment.status='noshow' or Appointment.status='cancelled')":
    (of) => !has(of, 'cancelationReason') || isOneOf(of, 'status', 'noshow', 'cancelled'),
  'detail.empty() or reference.empty()': without('detail', 'reference'),
  'onBehalfOf.exists() implies (member.resolve().iif(empty(), true, ofType(Practitioner).exists()))':
    without('onBehalfOf'),
  'text.exists() or entry.exists() or section.exists()': either('text', 'entry', 'section'),
  'emptyReason.empty() or entry.empty()': without('emptyReason', 'entry'),
  "abatement.empty() or clinicalStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-clinical' and (code='resolved' or code='remission' or code='inactive')).exists()":
    (of) =>
      !hasAny(of, 'abatement') ||
      isCoded(of, 'clinicalStatus', 'condition-clinical', 'resolved', 'remission', 'inactive'),
  "verificationStatus.coding.where(system='http://terminology.hl7.org/CodeSystem/condition-ver-status' and code='entered-in-error').empty() or clinicalStatus.empty()":
    (of) =>
      !has(of, 'clinicalStatus') ||
      !isCoded(of, 'verificationStatus', 'condition-ver-status', 'entered-in-error'),
  'summary.exists() or assessment.exists()': either('summary', 'assessment'),
  'code.exists() or detail.exists()': either('code', 'detail'),
  'policy.exists() or policyRule.exists()': either('policy', 'policyRule'),
  "patient.exists() or scope.coding.where(system='something' and code='patient-privacy').exists().not()":
    either('patient'),
  "patient.exists() or scope.coding.where(system='something' and code='research').exists().not()":
    either('patient'),
  "patient.exists() or scope.coding.where(system='something' and code='adr').exists().not()":
    either('patient'),
  "patient.exists() or scope.coding.where(system='something' and code='treatment').exists().not()":
    either('patient'),
  'age.empty() or born.empty()': (of) => !hasAny(of, 'age') || !hasAny(of, 'born'),
  'age.exists() or estimatedAge.empty()': (of) => hasAny(of, 'age') || !has(of, 'estimatedAge'),
  '(detail.exists() and measure.exists()) or detail.exists().not()': (of) =>
    !hasAny(of, 'detail') || has(of, 'measure'),
  'documentType.exists() or reference.exists()': either('documentType', 'reference'),
  "mode = 'changes' or entry.deleted.empty()": noneHas('entry', 'deleted'),
  "mode = 'working' or entry.date.empty()": noneHas('entry', 'date'),
  'dose.exists() or rate.exists()': (of) => has(of, 'dose') || hasAny(of, 'rate'),
  'whenHandedOver.empty() or whenPrepared.empty() or whenHandedOver >= whenPrepared': without(
    'whenHandedOver',
    'whenPrepared',
  ),
  'low.exists() or high.exists() or text.exists()': either('low', 'high', 'text'),
  'dataAbsentReason.empty() or value.empty()': (of) =>
    !has(of, 'dataAbsentReason') || !hasAny(of, 'value'),
  'value.empty() or component.code.where(coding.intersect(%resource.code.coding).exists()).empty()':
    (of) => !hasAny(of, 'value') || !has(of, 'component'),
  "where(use = 'home').empty()": (of) => of['use'] !== 'home',
  'name.exists() or telecom.exists() or address.exists() or organization.exists()': either(
    'name',
    'telecom',
    'address',
    'organization',
  ),
  '(answer.exists() and item.exists()).not()': without('answer', 'item'),
  'orderDetail.empty() or code.exists()': onlyWith('orderDetail', 'code'),
  'lastModified.exists().not() or authoredOn.exists().not() or lastModified >= authoredOn': without(
    'lastModified',
    'authoredOn',
  ),

  'duration.empty() or durationUnit.exists()': onlyWith('duration', 'durationUnit'),
  'period.empty() or periodUnit.exists()': onlyWith('period', 'periodUnit'),
  'duration.exists() implies duration >= 0': quantity('duration'),
  'period.exists() implies period >= 0': quantity('period'),
  'periodMax.empty() or period.exists()': onlyWith('periodMax', 'period'),
  'durationMax.empty() or duration.exists()': onlyWith('durationMax', 'duration'),
  'countMax.empty() or count.exists()': onlyWith('countMax', 'count'),
  "offset.empty() or (when.exists() and when.select($this in ('C' | 'CM' | 'CD' | 'CV')).allFalse())":
    without('offset'),
  'timeOfDay.empty() or when.empty()': without('timeOfDay', 'when'),

  "total.empty() or (type = 'searchset') or (type = 'history')": without('total'),
  "entry.search.empty() or (type = 'searchset')": noneHas('entry', 'search'),
  "entry.all(request.exists() = (%resource.type = 'batch' or %resource.type = 'transaction' or %resource.type = 'history'))":
    (of) => listOf(of, 'entry').every((one) => has(one, 'request') === isRequests(of)),
  "entry.all(response.exists() = (%resource.type = 'batch-response' or %resource.type = 'transaction-response' or %resource.type = 'history'))":
    (of) =>
      !isOneOf(of, 'type', 'batch-response', 'transaction-response', 'history') &&
      noneHas('entry', 'response')(of),
  "(type = 'history') or entry.where(fullUrl.exists()).select(fullUrl&resource.meta.versionId).isDistinct()":
    areDistinct,
  "type = 'document' implies (identifier.system.exists() and identifier.value.exists())": (of) =>
    of['type'] !== 'document',
  "type = 'document' implies (timestamp.hasValue())": (of) => of['type'] !== 'document',
  "type = 'document' implies entry.first().resource.is(Composition)": (of) =>
    of['type'] !== 'document',
  "type = 'message' implies entry.first().resource.is(MessageHeader)": (of) =>
    of['type'] !== 'message' || firstIs(of, 'MessageHeader'),
  'resource.exists() or request.exists() or response.exists()': either(
    'resource',
    'request',
    'response',
  ),
  "fullUrl.exists() implies fullUrl.contains('/_history/').not()": (of) =>
    !String(of['fullUrl']).includes('/_history/'),
}
