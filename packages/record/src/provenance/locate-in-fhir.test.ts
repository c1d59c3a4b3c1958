import { expect, test } from 'vitest'
import { locate } from './locate.ts'
import { messageLocator } from './message-locator.ts'

const potassium = {
  resourceType: 'Observation',
  id: 'o1',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '2823-3', display: 'Potassium' }] },
  effectiveDateTime: '2026-07-01T10:05:00+01:00',
  valueQuantity: { value: 6.8, unit: 'mmol/L', code: 'mmol/L' },
  performer: [{ reference: 'urn:uuid:1' }],
  component: [
    { code: { text: 'Systolic' }, valueQuantity: { value: 120 } },
    { code: { text: 'Diastolic' }, valueQuantity: { value: 80 } },
  ],
}
const bundle = {
  resourceType: 'Bundle',
  entry: [
    {
      fullUrl: 'urn:uuid:9',
      resource: { resourceType: 'Practitioner', name: [{ family: 'Elsewhere' }] },
    },
    {
      fullUrl: 'urn:uuid:1',
      resource: { resourceType: 'Practitioner', name: [{ family: 'Núñez\n' }] },
    },
    { resource: potassium },
  ],
}
const text = JSON.stringify(bundle, null, 1).replace('ú', '\\u00fa')
const locator = messageLocator(text)
const at = 'Bundle.entry[2].resource'
const found = (place: string, said: object, ...path: (string | number)[]) => {
  const located = locator === null ? null : locate(locator, place, 'Observation', said, path)
  return located?.pieces.map((piece) => [piece.place, text.slice(piece.start, piece.end)]) ?? null
}

test('a value is found in its own resource by its expression', () => {
  expect(found(at, { value: '6.8' }, 'value')).toEqual([[`${at}.valueQuantity.value`, '6.8']])
  expect(found(at, { unit: { code: 'mmol/L', text: null } }, 'unit', 'code')).toEqual([
    [`${at}.valueQuantity.unit`, 'mmol/L'],
  ])
  expect(found(at, { code: { code: '2823-3', text: 'Potassium' } }, 'code', 'text')).toEqual([
    [`${at}.code.coding[0].display`, 'Potassium'],
  ])
  expect(found(at, { observedAt: '2026-07-01T10:05:00+01:00' }, 'observedAt')).toEqual([
    [`${at}.effectiveDateTime`, '2026-07-01T10:05:00+01:00'],
  ])
})

test('a component has its own place', () => {
  expect(found(`${at}.component[1]`, { value: '80' }, 'value')).toEqual([
    [`${at}.component[1].valueQuantity.value`, '80'],
  ])
  expect(found(`${at}.component[0]`, { value: '80' }, 'value')).toBeNull()
})

test('a part is searched first, then its resource; a contact alone', () => {
  expect(
    found(`${at}.component[1]`, { observedAt: '2026-07-01T10:05:00+01:00' }, 'observedAt'),
  ).toEqual([[`${at}.effectiveDateTime`, '2026-07-01T10:05:00+01:00']])
  const patient = messageLocator(
    JSON.stringify({
      resourceType: 'Patient',
      name: [{ family: 'Own' }],
      contact: [{ name: { family: 'Other' } }],
    }),
  )
  const of = (family: string) =>
    (patient === null
      ? null
      : locate(patient, 'Patient.contact[0]', 'ContactReported', { names: [{ family }] }, [
          'names',
          0,
          'family',
        ])
    )?.pieces.map((piece) => piece.place)
  expect([of('Other'), of('Own')]).toEqual([['Patient.contact[0].name.family'], undefined])
})

test('only a referenced resource is searched', () => {
  expect(found(at, { performers: [{ family: 'Núñez\n' }] }, 'performers', 0, 'family')).toEqual([
    ['Bundle.entry[1].resource.name[0].family', String.raw`N\u00fañez\n`],
  ])
  expect(found(at, { performers: [{ family: 'Elsewhere' }] }, 'performers', 0, 'family')).toBeNull()
})

test('around a piece is its element of the resource, never the whole', () => {
  const [piece] =
    (locator === null ? null : locate(locator, at, 'Observation', { value: '6.8' }, ['value']))
      ?.pieces ?? []
  expect(piece === undefined ? null : locator?.around(piece).place).toBe(`${at}.valueQuantity`)
})

test('other text has no locator', () => {
  for (const other of ['', '{', '[]', '{"a":1}', '<Patient/>'])
    expect(messageLocator(other)).toBeNull()
})
