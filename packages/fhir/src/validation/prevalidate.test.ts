import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { getDataType, type InternalSchemaElement, isPrimitiveType } from '@medplum/core'
import { corpusFolder } from '@tideway/hl7v2/corpus.fixture'
import { expect, test } from 'vitest'
import { capitalised, loadDefinitions } from '../definitions.ts'
import type { FhirObject } from '../parse-json.ts'
import { invariants } from './prevalidate-invariants.ts'
import { isPlainBundle, isPlainlyValid } from './prevalidate.ts'
import { atOnce } from '../cooperative-scheduler.ts'
import { bundleFaultsFound, faultsFound } from './validate.ts'

loadDefinitions()
const samples = new URL('../../../../services/fhir-ingest/samples/', import.meta.url)
const corpus = corpusFolder('fhir')
const jsonOf = (file: string | URL) => JSON.parse(readFileSync(file, 'utf8')) as FhirObject
const sent = readdirSync(samples, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?<!expected|source)\.json$/.test(file))
  .map((file) => jsonOf(new URL(file, samples)))
const isBundle = ({ resourceType }: FhirObject) => resourceType === 'Bundle'
const entriesIn = (bundle: FhirObject) =>
  (bundle['entry'] as { resource: FhirObject }[]).map(({ resource }) => resource)
const resources = [
  ...sent.filter((one) => !isBundle(one)),
  ...sent.filter(isBundle).flatMap(entriesIn),
]
const bundles = sent.filter(isBundle)

const faultsIn = (json: FhirObject) =>
  isBundle(json) ? atOnce(bundleFaultsFound(json)) : faultsFound(json, 'x')
const isPlain = (json: FhirObject) => (isBundle(json) ? isPlainBundle(json) : isPlainlyValid(json))
const mistakenOf = (all: readonly FhirObject[]) =>
  all.filter((json) => isPlain(json) && faultsIn(json).length > 0)

const values: readonly unknown[] = [
  null,
  '',
  ' ',
  'x',
  'x ',
  'x y',
  '2020',
  '2020-02-30',
  '2020-02-30T10:00:00Z',
  'urn:uuid:1',
  'https://x.example/_history/1',
  0,
  -1,
  1,
  1.5,
  Number.POSITIVE_INFINITY,
  true,
  false,
  [],
  {},
  [null],
  [{}],
  ['x'],
  [['x']],
  { id: 'x' },
  { value: 1 },
  { coding: [{}] },
  { reference: '#p' },
  { resourceType: 'Patient' },
]
const names = [
  '_id',
  '_status',
  'x',
  'resourceType',
  '__proto__',
  'constructor',
  'length',
  'valueString',
  'valueBoolean',
  'extension',
  'contained',
  'meta',
  'total',
  'dataAbsentReason',
  'request',
  'response',
  'search',
]

type Edit = (holder: FhirObject, name: string) => void
const put = (holder: FhirObject, name: string, value: unknown): void =>
  void Object.defineProperty(holder, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  })
const edits: readonly Edit[] = [
  (holder, name) =>
    Array.isArray(holder) ? holder.splice(Number(name), 1) : Reflect.deleteProperty(holder, name),
  (holder, name) => put(holder, name, [holder[name]]),
  (holder, name) => put(holder, name, Array.isArray(holder[name]) ? holder[name][0] : holder[name]),
  (holder, name) =>
    void (Array.isArray(holder[name]) && holder[name].push(...(holder[name] as unknown[]))),
  ...values.map(
    (value): Edit =>
      (holder, name) =>
        put(holder, name, value),
  ),
  ...names.map(
    (other): Edit =>
      (holder, name) =>
        void (Array.isArray(holder) || put(holder, other, holder[name])),
  ),
]
const pathsIn = (value: unknown, path: readonly string[] = []): string[][] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) => [
        [...path, name],
        ...pathsIn(inner, [...path, name]),
      ])
const edited = (json: FhirObject, path: readonly string[], edit: Edit): FhirObject => {
  const copy = structuredClone(json)
  edit(
    path.slice(0, -1).reduce((holder, name) => holder[name] as FhirObject, copy),
    path.at(-1) as string,
  )
  return copy
}

test('what is sent is nearly always plainly valid, and then the validator finds nothing', () => {
  const all = [...resources, ...bundles]
  expect(mistakenOf(all)).toEqual([])
  expect(
    all
      .filter((json) => !isPlain(json) && faultsIn(json).length === 0)
      .map(({ resourceType }) => resourceType),
  ).toEqual(['DocumentReference', 'Patient', 'Bundle'])
})

test.each(
  [...resources, ...bundles].map(
    (json, n) => [`${n} ${String(json['resourceType'])}`, json] as const,
  ),
)('%s with one thing changed anywhere is never taken for valid when it is not', (_, json) => {
  const every = pathsIn(json).flatMap((path) => edits.map((edit) => edited(json, path, edit)))
  expect(mistakenOf(every)).toEqual([])
})

/** Numbers that are the same in each run. @see the generator of Lehmer */
const numbers = (seed: number) => (below: number) => {
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
const madeElement = (
  key: string,
  { isArray }: InternalSchemaElement,
  code: string,
  depth: number,
  number: Numbers,
): unknown => {
  if (key === 'contained') return [{ resourceType: 'Basic', ...made('Basic', 1, number) }]
  return isArray === true
    ? Array.from({ length: 1 + number(2) }, () => madeValue(code, depth, number))
    : madeValue(code, depth, number)
}
/**
 * Nearly always what must be there; the rest more rarely the deeper it lies, and of what is not
 * plain nothing at the end.
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
/** Something of a type with a few of its elements. */
const made = (type: string, depth: number, number: Numbers): FhirObject => {
  const json: FhirObject = {}
  for (const [key, element] of Object.entries(getDataType(type).elements)) {
    const { code } = oneOf(element.type, number)
    const name = key.endsWith('[x]') ? key.slice(0, -3) + capitalised(code) : key
    if (isWanted(element, code, depth, number))
      json[name] = madeElement(key, element, code, depth, number)
  }
  return Object.keys(json).length > 0 || number(100) === 0 ? json : { id: 'a' }
}

const kinds = [
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

test.each(kinds)(
  'a %s with any elements is never taken for valid when it is not',
  (resourceType) => {
    const number = numbers(resourceType.length + resourceType.charCodeAt(0) * 1_000)
    const all = Array.from({ length: 400 }, () => ({
      resourceType,
      ...made(resourceType, number(4), number),
    }))
    expect(mistakenOf(all)).toEqual([])
    expect(all.filter(isPlain).length).toBeGreaterThan(1)
  },
)

const coded = (system: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
})
const timed = (repeat: object) => ({
  resourceType: 'ServiceRequest',
  status: 'active',
  intent: 'order',
  subject: { display: 'x' },
  occurrenceTiming: { repeat },
})
const document = {
  resourceType: 'Bundle',
  type: 'document',
  identifier: { system: 'urn:x', value: 'x' },
  timestamp: '2021-02-01T10:00:00Z',
  entry: [{ fullUrl: 'urn:uuid:1', resource: { resourceType: 'Composition' } }],
}

// Combinations that hardly come about by chance.
test.each([
  {
    resourceType: 'AllergyIntolerance',
    patient: { display: 'x' },
    clinicalStatus: { text: 'x' },
    verificationStatus: coded('allergyintolerance-verification', 'entered-in-error'),
  },
  {
    resourceType: 'Condition',
    subject: { display: 'x' },
    clinicalStatus: { text: 'x' },
    verificationStatus: coded('condition-ver-status', 'entered-in-error'),
  },
  {
    resourceType: 'Consent',
    status: 'active',
    scope: { coding: [{ system: 'something', code: 'research' }] },
    category: [{ text: 'x' }],
    policyRule: { text: 'x' },
  },
  timed({ duration: 1 }),
  timed({ period: 1 }),
  timed({ duration: -1, durationUnit: 'h' }),
  timed({ period: -1, periodUnit: 'h' }),
  timed({ periodMax: 2 }),
  timed({ offset: 1 }),
  timed({ timeOfDay: ['10:00:00'], when: ['C'] }),
  { ...document, identifier: { value: 'x' } },
  { ...document, timestamp: undefined },
  { ...document, entry: [{ fullUrl: 'urn:uuid:1', resource: { resourceType: 'Patient' } }] },
])('an invariant that this breaks is not taken to hold: %j', (json) => {
  const sent = JSON.parse(JSON.stringify(json)) as FhirObject
  expect([isPlain(sent), faultsIn(sent).map(({ code }) => code)]).toEqual([
    false,
    expect.arrayContaining(['INVARIANT']),
  ])
})

test.each(Object.keys(invariants))('the invariant %s is one of R4', (expression) => {
  const all = [
    ...new Set(
      kinds
        .flatMap((kind) => [getDataType(kind), ...getDataType(kind).innerTypes])
        .concat(
          ['Extension', 'Narrative', 'Timing', 'TimingRepeat'].map((type) => getDataType(type)),
        ),
    ),
  ]
  const known = all.flatMap(({ constraints, elements }) => [
    ...(constraints ?? []),
    ...Object.values(elements).flatMap((element) => element.constraints ?? []),
  ])
  expect(known.map((constraint) => constraint.expression)).toContain(expression)
})

test.skipIf(!existsSync(corpus))('every generated patient of the corpus is plainly valid', () => {
  const all = globSync(`${corpus}/smart-on-fhir*/R4/SYNTHEA/*_*.json`).map(jsonOf)
  expect(all.length).toBeGreaterThan(0)
  expect([...all, ...all.flatMap(entriesIn)].filter((json) => !isPlain(json))).toEqual([])
  expect(mistakenOf(all.flatMap(entriesIn))).toEqual([])
})
