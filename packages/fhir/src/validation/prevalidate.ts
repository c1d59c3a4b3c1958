import {
  type InternalSchemaElement,
  type InternalTypeSchema,
  isValidCalendarDate,
  tryGetDataType,
  validationRegexes,
} from '@medplum/core'
import { capitalised, isResourceType, jsTypeOf } from '../definitions.ts'
import { type FhirObject, isObject } from '../parse-json.ts'
import { isListed, requiredCodesOf } from '../required-codes.ts'
import { dateTimeForm } from './date-time.ts'
import { type Invariant, invariants } from './prevalidate-invariants.ts'

/** Definition of one property of a type. */
type Field = {
  isArray: boolean
  least: number
  most: number
  /** `value[x]` for `valueQuantity`: only one property of a choice may be present. */
  choice: string | null
  isPlain: (value: unknown) => boolean
  holds: readonly Invariant[]
}

type Shape = {
  fields: ReadonlyMap<string, Field>
  /** Alternatives of which one must be present. */
  required: readonly (readonly string[])[]
  /** Invariants of a standalone resource; null if one is not implemented here. */
  holds: readonly Invariant[] | null
}

/** Invariants that the validator skips. */
const unchecked = new Set(['ele-1', 'dom-3', 'org-1', 'sdf-19'])

/** Null if one is not implemented here. */
const invariantsOf = ({
  constraints,
}: Pick<InternalTypeSchema, 'constraints'>): readonly Invariant[] | null => {
  const checked = (constraints ?? []).filter(
    ({ key, severity }) => severity === 'error' && !unchecked.has(key),
  )
  const known = checked.flatMap(({ expression }) =>
    Object.hasOwn(invariants, expression) ? (invariants[expression] as Invariant) : [],
  )
  return known.length === checked.length ? known : null
}

const largestInteger = 2_147_483_647
const longestText = 1_048_576

const leastOf: Readonly<Record<string, number>> = {
  integer: -largestInteger,
  unsignedInt: 0,
  positiveInt: 1,
}

const numberOf = (code: string): ((value: unknown) => boolean) => {
  const least = leastOf[code]
  if (least === undefined) return Number.isFinite
  return (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= largestInteger
}

const textOf = (code: string): ((value: unknown) => boolean) => {
  const format = validationRegexes[code] ?? /./s
  const isDate = code === 'date' || code === 'dateTime' || code === 'instant'
  return (value) =>
    typeof value === 'string' &&
    value.length <= longestText &&
    value.trim() !== '' &&
    format.test(value) &&
    (!isDate || isValidCalendarDate(value)) &&
    (code !== 'dateTime' || dateTimeForm.test(value))
}

const never = (): boolean => false

/** Check of one value of a type. */
const checkOf = (code: string): ((value: unknown) => boolean) => {
  const kind = jsTypeOf(code)
  if (kind === 'boolean') return (value) => typeof value === 'boolean'
  if (kind === 'number') return numberOf(code)
  if (kind === 'string') return code === 'base64Binary' ? never : textOf(code)
  return (value) => isPlainObject(value, shapeOf(code))
}

/** A contained resource. A Bundle as a whole is checked elsewhere. */
const isPlainContained = (value: unknown): boolean =>
  isObject(value) &&
  isResourceType(value['resourceType']) &&
  value['resourceType'] !== 'Bundle' &&
  isPlainObject(value, shapeOf(value['resourceType']))

/** A resource in an entry is checked separately. */
const isNamedResource = (value: unknown): boolean =>
  isObject(value) && isResourceType(value['resourceType'])

const resourceIn = (path: string): ((value: unknown) => boolean) => {
  if (path === 'Bundle.entry.resource') return isNamedResource
  return path.endsWith('.contained') ? isPlainContained : never
}

/** The choice element the validator assigns a name to: the shortest match. */
const choiceOf = (name: string, elements: InternalTypeSchema['elements']): string | null => {
  for (let end = 1; end <= name.length; end++) {
    const next = name.charAt(end)
    const whole = `${name.slice(0, end)}[x]`
    if ((next === '' || (next >= 'A' && next <= 'Z')) && Object.hasOwn(elements, whole))
      return whole
  }
  return null
}

/** Properties an element may have in JSON, each with its type code. */
const namesOf = (key: string, { type }: InternalSchemaElement): [name: string, code: string][] =>
  key.endsWith('[x]')
    ? type.map(({ code }) => [key.slice(0, -3) + capitalised(code), code])
    : [[key, type[0]?.code ?? '']]

/** Check of one value of an element, whose code must be in its value set if R4 requires one. */
const valueCheckOf = (code: string, element: InternalSchemaElement): Field['isPlain'] => {
  if (code === 'Resource') return resourceIn(element.path)
  const [isPlain, required] = [checkOf(code), requiredCodesOf(element, code)]
  return required === null ? isPlain : (value) => isPlain(value) && isListed(value, required)
}

const isSpecial = ({ fixed, pattern, slicing }: InternalSchemaElement): boolean =>
  fixed !== undefined || pattern !== undefined || slicing !== undefined

const fieldsOf = ({ elements, kind }: InternalTypeSchema): Map<string, Field> => {
  const fields = new Map<string, Field>()
  for (const [key, element] of Object.entries(elements)) {
    const holds = invariantsOf(element)
    const choice = key.endsWith('[x]') ? key : null
    if (holds === null || isSpecial(element)) continue
    for (const [name, code] of namesOf(key, element)) {
      if (choiceOf(name, elements) !== choice) continue
      const isPlain = valueCheckOf(code, element)
      fields.set(name, {
        isArray: element.isArray === true,
        least: element.min,
        most: element.max,
        choice,
        isPlain,
        holds,
      })
    }
  }
  if (kind === 'resource')
    fields.set('resourceType', {
      isArray: false,
      least: 1,
      most: 1,
      choice: null,
      isPlain: (value) => typeof value === 'string',
      holds: [],
    })
  return fields
}

const shapes = new Map<string, Shape | null>()

/** Cached by type; only names of R4 types are used, so that no sender can fill it. */
const shapeOf = (type: string): Shape | null => {
  const known = shapes.get(type)
  if (known !== undefined) return known
  const schema = tryGetDataType(type)
  const required = Object.entries(schema?.elements ?? {}).filter(([, { min }]) => min > 0)
  const shape =
    schema === undefined
      ? null
      : {
          fields: fieldsOf(schema),
          required: required.map(([key, element]) => namesOf(key, element).map(([name]) => name)),
          holds: invariantsOf(schema),
        }
  shapes.set(type, shape)
  return shape
}

const isPlainValue = (value: unknown, { isPlain, holds }: Field): boolean =>
  isPlain(value) && holds.every((invariant) => invariant(value as FhirObject))

const isPlainField = (value: unknown, field: Field): boolean => {
  if (!field.isArray) return isPlainValue(value, field)
  if (
    !Array.isArray(value) ||
    value.length === 0 ||
    value.length < field.least ||
    value.length > field.most
  )
    return false
  return value.every((one) => isPlainValue(one, field))
}

const isPlainObject = (json: unknown, shape: Shape | null): boolean => {
  if (shape === null || !isObject(json)) return false
  const names = Object.keys(json)
  const chosen: string[] = []
  for (const name of names) {
    const field = shape.fields.get(name)
    if (field === undefined || !isPlainField(json[name], field)) return false
    if (field.choice === null) continue
    if (chosen.includes(field.choice)) return false
    chosen.push(field.choice)
  }
  return (
    names.length > 0 &&
    shape.required.every((those) => those.some((name) => json[name] !== undefined))
  )
}

const isPlain = (json: FhirObject, type: string): boolean => {
  const shape = shapeOf(type)
  return isPlainObject(json, shape) && shape?.holds?.every((invariant) => invariant(json)) === true
}

/**
 * Whether a resource is certainly valid, in a twentieth of the validator's time. False if
 * undecided: the validator is then run, which also reports what is wrong and where.
 *
 * Extensions of primitives (`_birthDate`), base64, resources in parameters and invariants that are
 * not implemented here are always left to the validator.
 */
export const prevalidate = (json: FhirObject): boolean => {
  const type = json['resourceType']
  return isResourceType(type) && type !== 'Bundle' && isPlain(json, type)
}

/** The same for a Bundle itself; only the type of its resources is checked. */
export const prevalidateBundle = (bundle: FhirObject): boolean =>
  bundle['resourceType'] === 'Bundle' && isPlain(bundle, 'Bundle')
