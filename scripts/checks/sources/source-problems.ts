import { patientClasses, allergenTypes, sexes } from '@tideway/hl7-ingest/tables/translate'
import type { ErrorObject } from 'ajv'
import { placeProblem } from './segment-lengths.ts'

/** A problem and where it is in the file, as a JSON pointer. */
export type SourceProblem = { pointer: string; text: string }

type Tables = Readonly<Record<string, Readonly<Record<string, unknown>>>>
type Draft = {
  hl7?: { timeZone?: unknown; fixes?: unknown; codes?: unknown; translations?: unknown }
  fhir?: { codes?: unknown }
}

const classes = new Set(patientClasses.values())
/** Our codes of the fields that have a closed list. Other fields take any code. */
const ourCodes: Readonly<Record<string, ReadonlySet<string>>> = {
  'PID-8': new Set(sexes.values()),
  'NK1-15': new Set(sexes.values()),
  'PV1-2': classes,
  'AL1-2': new Set(allergenTypes.values()),
  'IAM-2': new Set(allergenTypes.values()),
  'Encounter.class': classes,
}

/** A step of a JSON pointer. @see RFC 6901 section 3 */
const step = (name: string | number): string =>
  `/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`

const tablesOf = (value: unknown): Tables =>
  typeof value === 'object' && value !== null ? (value as Tables) : {}

const codeProblems = (at: string, value: unknown): SourceProblem[] =>
  Object.entries(tablesOf(value)).flatMap(([field, codes]) => {
    const allowed = ourCodes[field]
    if (allowed === undefined) return []
    return Object.entries(tablesOf(codes)).flatMap(([code, ours]) =>
      allowed.has(ours as unknown as string)
        ? []
        : [
            {
              pointer: `${at}${step(field)}${step(code)}`,
              text: `"${String(ours)}" is not a code of ${field}: ${[...allowed].join(', ')}`,
            },
          ],
    )
  })

const placeProblems = (at: string, value: unknown): SourceProblem[] =>
  Object.keys(tablesOf(value)).flatMap((place) => {
    const text = placeProblem(place)
    return text === null ? [] : [{ pointer: `${at}${step(place)}`, text }]
  })

const isTimeZone = (name: string): boolean => {
  if (/^[+-]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const timeZoneProblems = (value: unknown): SourceProblem[] => {
  if (typeof value !== 'string' || isTimeZone(value)) return []
  const region = value.split('/')[0] ?? ''
  const zones = Intl.supportedValuesOf('timeZone')
  const near = zones.filter((zone) => zone.startsWith(`${region}/`))
  return [
    {
      pointer: '/hl7/timeZone',
      text: `"${value}" is not an IANA time zone: ${(near.length > 0 ? near : ['Europe/London', 'Europe/Dublin', 'UTC']).join(', ')}`,
    },
  ]
}

const fixProblems = (value: unknown, fixes: readonly string[]): SourceProblem[] =>
  (Array.isArray(value) ? value : []).flatMap((name: unknown, index) =>
    fixes.includes(String(name))
      ? []
      : [
          {
            pointer: `/hl7/fixes/${index}`,
            text: `"${String(name)}" is not a fix: ${fixes.join(', ')}`,
          },
        ],
  )

/** Problems beyond the JSON Schema: codes, places, the time zone, names of fixes. */
export const contentProblems = (source: unknown, fixes: readonly string[]): SourceProblem[] => {
  const { hl7, fhir } = (typeof source === 'object' && source !== null ? source : {}) as Draft
  return [
    ...timeZoneProblems(hl7?.timeZone),
    ...fixProblems(hl7?.fixes, fixes),
    ...placeProblems('/hl7/codes', hl7?.codes),
    ...codeProblems('/hl7/codes', hl7?.codes),
    ...placeProblems('/hl7/translations', hl7?.translations),
    ...codeProblems('/fhir/codes', fhir?.codes),
  ]
}

/** Properties that a schema allows at the place of an error. */
const propertiesAt = ({ parentSchema }: ErrorObject): string[] =>
  Object.keys((parentSchema?.['properties'] as object | undefined) ?? {})

/** What the schema refuses, with the allowed values. */
export const schemaProblem = (error: ErrorObject): SourceProblem => {
  const { instancePath, keyword, message = 'is wrong', params } = error
  const pointer = instancePath
  if (keyword === 'enum')
    return { pointer, text: `must be one of ${(params['allowedValues'] as string[]).join(', ')}` }
  if (keyword === 'additionalProperties') {
    const name = String(params['additionalProperty'])
    return {
      pointer: `${pointer}${step(name)}`,
      text: `"${name}" is not known here: ${propertiesAt(error).join(', ')}`,
    }
  }
  if (keyword === 'propertyNames')
    return {
      pointer: `${pointer}${step(String(params['propertyName']))}`,
      text: `the name must match ${patternOf(error)}`,
    }
  return { pointer, text: message }
}

const patternOf = ({ parentSchema, schema }: ErrorObject): string => {
  const names = (schema ?? parentSchema?.['propertyNames']) as { pattern?: string } | undefined
  return names?.pattern ?? 'the schema'
}
