import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { FieldProblem } from '../errors.ts'
import { formats } from './formats.ts'

type ObjectSchema = { properties: Record<string, TSchema>; required?: string[] }
type Failure = { keyword: string; instancePath: string; params: Record<string, unknown> }

/** Longer lists of codes are not repeated in an error. */
const mostListed = 30

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A whole number is refused the same way whether it is text, a fraction or out of range. */
const wholeNumber = (schema: object) => {
  const { minimum, maximum } = schema as { minimum: number; maximum: number }
  return `is not a whole number from ${minimum} to ${maximum}`
}

const reasonFor = ({ keyword, params }: Failure, schema: TSchema, value: unknown): string => {
  if (typeof value === 'string' && value.trim() === '') return 'is empty'
  if ('type' in schema && schema.type === 'integer') return wholeNumber(schema)
  if (keyword === 'type') return 'is not text'
  if (keyword === 'maxLength') return `is longer than ${params['limit']} characters`
  if (keyword === 'enum') {
    const allowed = params['allowedValues'] as readonly string[]
    return allowed.length > mostListed
      ? 'is not one of the codes that /openapi.json lists'
      : `is not one of ${allowed.join(', ')}`
  }
  const format = params['format'] as keyof typeof formats | undefined
  return format === undefined ? 'is not valid' : formats[format].reason
}

const problemsOfObject = (schema: TSchema, value: Record<string, unknown>): FieldProblem[] => {
  const { properties, required = [] } = schema as unknown as ObjectSchema
  const failures = Value.Errors(schema, value) as unknown as Failure[]
  return Object.entries(properties).flatMap(([field, of]): FieldProblem[] => {
    const sent = value[field]
    if (sent === undefined || sent === null)
      return required.includes(field) || sent === null ? [{ field, reason: 'is missing' }] : []
    const failure = failures.find(({ instancePath }) => instancePath === `/${field}`)
    return failure === undefined ? [] : [{ field, reason: reasonFor(failure, of, sent) }]
  })
}

/** What is wrong with a body that may have one of several sets of fields. */
const problemsOfUnion = (branches: TSchema[], body: Record<string, unknown>): FieldProblem[] => {
  const sets = branches.map((branch) => Object.keys((branch as unknown as ObjectSchema).properties))
  const fields = sets.flat()
  if (Object.keys(body).some((field) => !fields.includes(field)))
    return [{ field: 'body', reason: `holds a field other than ${fields.join(', ')}` }]
  const [chosen, ...others] = branches.filter((_, index) =>
    sets[index]?.some((field) => body[field] !== undefined),
  )
  if (chosen === undefined || others.length > 0)
    return [
      { field: 'body', reason: `must hold ${sets.map((set) => set.join(' and ')).join(', or ')}` },
    ]
  return problemsOfObject(chosen, body)
}

/**
 * Every field of a request part that fails its schema and why, never what it held.
 *
 * @param schema  of an object, or a union of objects that share no field
 * @param value   what was validated and failed
 */
export const requestProblems = (schema: TSchema, value: unknown): FieldProblem[] => {
  if (!isRecord(value)) return [{ field: 'body', reason: 'is not a JSON object' }]
  return 'anyOf' in schema
    ? problemsOfUnion(schema.anyOf as TSchema[], value)
    : problemsOfObject(schema, value)
}
