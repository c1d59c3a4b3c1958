import { getDataType, type InternalSchemaElement, isPrimitiveType } from '@medplum/core'
import { capitalised } from '../definitions.ts'
import { requiredCodesOf } from '../required-codes.ts'
import type { FhirObject } from '../parse-json.ts'

/** Pseudo-random numbers, the same in each run (Lehmer generator). */
export const numbers = (seed: number) => (below: number) => {
  seed = (seed * 48_271) % 2_147_483_647
  return seed % below
}
type Numbers = ReturnType<typeof numbers>
const oneOf = <T>(list: readonly T[], number: Numbers): T => list[number(list.length)] as T

const codes = [
  'final',
  'home',
  'entered-in-error',
  'resolved',
  'cancelled',
  'proposed',
  'changes',
  'working',
  'transaction',
  'message',
  'document',
  'searchset',
  'history',
  'batch',
  'C',
]
const systems = [
  'condition-clinical',
  'condition-ver-status',
  'allergyintolerance-verification',
].map((name) => `http://terminology.hl7.org/CodeSystem/${name}`)
const primitives: Readonly<Record<string, readonly unknown[]>> = {
  boolean: [true, false],
  integer: [-1, 0, 2],
  positiveInt: [1, 2, 3, 4, 5, 6, 0],
  unsignedInt: [0, 1, 2, 3, 4, 5, -1],
  decimal: [-1, 0, 1.5],
  date: ['2020', '2020-02-29'],
  dateTime: ['2020', '2021-02-01T10:00:00Z'],
  instant: ['2021-02-01T10:00:00Z'],
  time: ['10:00:00'],
  uri: systems,
  code: codes,
  string: codes,
  base64Binary: ['AAAA'],
  xhtml: ['<div/>'],
  id: ['a', 'b'],
}
const madeValue = (code: string, depth: number, number: Numbers): unknown => {
  if (code === 'Resource')
    return { resourceType: oneOf(['MessageHeader', 'Composition', 'Patient'], number) }
  return isPrimitiveType(code)
    ? oneOf(primitives[code] ?? codes, number)
    : made(code, depth - 1, number)
}
/** Mostly a code of the value set that R4 requires; any code where it requires none. */
const codeFor = (element: InternalSchemaElement, type: string, number: Numbers): string | null => {
  const required = type === 'code' ? requiredCodesOf(element, type) : null
  return required === null || number(10) === 0 ? null : oneOf([...required.codes], number)
}
const madeElement = (
  key: string,
  element: InternalSchemaElement,
  code: string,
  depth: number,
  number: Numbers,
): unknown => {
  if (key === 'contained') return [{ resourceType: 'Basic', ...made('Basic', 1, number) }]
  const one = () => codeFor(element, code, number) ?? madeValue(code, depth, number)
  return element.isArray === true ? Array.from({ length: 1 + number(2) }, one) : one()
}
/**
 * Required elements are nearly always present; others less often the deeper they are, and complex
 * ones never at the maximum depth.
 */
const isWanted = (
  { min }: InternalSchemaElement,
  code: string,
  depth: number,
  number: Numbers,
): boolean => {
  if (depth < -3 || (depth <= 0 && min === 0 && !isPrimitiveType(code))) return false
  return min > 0
    ? number(50) > 0
    : number(depth + 4) > 2 && (code !== 'Extension' || number(20) === 0)
}
/** A value of a type with some of its elements. */
export const made = (type: string, depth: number, number: Numbers): FhirObject => {
  const json: FhirObject = {}
  for (const [key, element] of Object.entries(getDataType(type).elements)) {
    const { code } = oneOf(element.type, number)
    const name = key.endsWith('[x]') ? key.slice(0, -3) + capitalised(code) : key
    if (isWanted(element, code, depth, number))
      json[name] = madeElement(key, element, code, depth, number)
  }
  return Object.keys(json).length > 0 || number(100) === 0 ? json : { id: 'a' }
}

export const kinds = [
  'AllergyIntolerance',
  'Appointment',
  'Bundle',
  'CarePlan',
  'CareTeam',
  'Claim',
  'Composition',
  'Condition',
  'Consent',
  'DiagnosticReport',
  'Encounter',
  'ExplanationOfBenefit',
  'FamilyMemberHistory',
  'Goal',
  'Immunization',
  'List',
  'MedicationAdministration',
  'MedicationDispense',
  'MedicationRequest',
  'Observation',
  'Organization',
  'Patient',
  'Procedure',
  'QuestionnaireResponse',
  'ServiceRequest',
  'Task',
]
