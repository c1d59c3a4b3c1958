/**
 * Resource types and elements that say nothing about the patient's health or care. Anything that is
 * not here is clinical content, an unknown element or extension included.
 */
const administrativeTypes: ReadonlySet<string> = new Set([
  'Account',
  'AuditEvent',
  'ChargeItem',
  'Claim',
  'ClaimResponse',
  'Contract',
  'Coverage',
  'Endpoint',
  'ExplanationOfBenefit',
  'HealthcareService',
  'Invoice',
  'Location',
  'MessageHeader',
  'OperationOutcome',
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'Provenance',
  'Schedule',
  'Slot',
  'Subscription',
])

/** Elements of any type: who sent it and who pays. */
const administrativeElements: ReadonlySet<string> = new Set(['account', 'insurance', 'meta'])

/** Numbers of a resource, or of one that it refers to. */
const numbers = /^(?:identifier|requisition)$|Identifier$/

/** Of a person: how to call and reach him is in the demographics. */
const ofPerson: ReadonlySet<string> = new Set([
  'address',
  'communication',
  'contact',
  'link',
  'managingOrganization',
  'name',
  'photo',
  'telecom',
])
const persons: ReadonlySet<string> = new Set(['Patient', 'RelatedPerson'])

/**
 * Whether an element holds clinical content.
 *
 * @param path  of the element in its resource, e.g. `Observation.component.code`
 */
export const isClinical = (path: string): boolean => {
  const [type = '', element = '', ...below] = path.split('.')
  if (element === 'meta') return below[0] === 'security'
  return !(
    administrativeTypes.has(type) ||
    administrativeElements.has(element) ||
    [element, ...below].some((name) => numbers.test(name)) ||
    (persons.has(type) && ofPerson.has(element))
  )
}
