import { existsSync, globSync } from 'node:fs'
import { corpusFolder } from '@tideway/hl7v2/corpus.fixture'
import { expect, test } from 'vitest'
import type { FhirObject } from '../parse-json.ts'
import { kinds, made, numbers } from './generated-resources.fixture.ts'
import {
  bundles,
  entriesIn,
  faultsIn,
  isPlain,
  jsonOf,
  mistakenOf,
  resources,
} from './prevalidate.fixture.ts'

const corpus = corpusFolder('fhir')

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

test('most samples pass, and the validator finds no fault in those', () => {
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
)('%s with any one change does not pass if it is not valid', (_, json) => {
  const every = pathsIn(json).flatMap((path) => edits.map((edit) => edited(json, path, edit)))
  expect(mistakenOf(every)).toEqual([])
})

test.each(kinds)('a generated %s does not pass if it is not valid', (resourceType) => {
  const number = numbers(resourceType.length + resourceType.charCodeAt(0) * 1_000)
  const all = Array.from({ length: 400 }, () => ({
    resourceType,
    ...made(resourceType, number(4), number),
  }))
  expect(mistakenOf(all)).toEqual([])
  expect(all.filter(isPlain).length).toBeGreaterThan(1)
})

test.skipIf(!existsSync(corpus))('every generated patient of the corpus passes', () => {
  const all = globSync(`${corpus}/smart-on-fhir*/R4/SYNTHEA/*_*.json`).map(jsonOf)
  expect(all.length).toBeGreaterThan(0)
  expect([...all, ...all.flatMap(entriesIn)].filter((json) => !isPlain(json))).toEqual([])
  expect(mistakenOf(all.flatMap(entriesIn))).toEqual([])
})
