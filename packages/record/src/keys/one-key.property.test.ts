import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  allergyKey,
  appointmentKey,
  diagnosisKey,
  distinctOrders,
  documentKey,
  doseKey,
  observationIdentity,
  orderKey,
  reportKey,
  withService,
} from './clinical-keys.ts'
import { identifierKey, resourceKey } from './business-key.ts'
import { alternateVisitKey, admissionVisitKey, visitNumberKey } from './encounter-key.ts'

const scope = { patientKey: 'RJZ|1', sender: 'RJZ' }
const pieces = ['|', '^', '~', '@', '#', '#2', ' ', '\\', '\\F\\', '2026-07-01', 'A', 'XL1:', '1']
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 4 }).map((some) => some.join(''))
const word = text.filter((one) => one !== '')
const time = fc.constantFrom('2026-07-01', '2026-07-01T09:00+01:00', '2026')
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null })
const number = fc.record({ number: word, owner: fc.constantFrom('RJZ', 'XL1') })

/** Keys of one kind, each with what it was made of; null and an empty text are the same. */
const kinds: Record<string, fc.Arbitrary<[unknown, string | null]>> = {
  report: fc.tuple(maybe(number), maybe(word), maybe(time)).map(([of, service, at]) => [
    // A number and service are one report, whenever that was.
    of === null ? [service, at] : [of, service],
    reportKey(of, service, at, scope),
  ]),
  order: fc
    .tuple(maybe(number), maybe(word), word, maybe(time), fc.boolean())
    .map(([of, group, service, at, isShared]) => {
      const key = orderKey(of, { group, service, at }, scope) as string
      if (of === null) return [[group, service, at], key]
      return isShared ? [[of, service], withService(key, service)] : [[of], key]
    }),
  document: fc
    .tuple(maybe(number), maybe(word), maybe(time), maybe(word))
    .map(([of, type, at, order]) => [
      of === null ? [type, at, order] : [of],
      documentKey(of, { type, at, order }, scope),
    ]),
  appointment: fc
    .tuple(maybe(number), maybe(word), time, maybe(word))
    .map(([of, service, startAt, occurrence]) => [
      of === null ? [service, startAt, occurrence] : [of, occurrence],
      appointmentKey(of, { service, startAt, occurrence }, scope),
    ]),
  allergy: fc
    .tuple(maybe(number), maybe(word), maybe(word))
    .map(([of, substance, category]) => [
      of === null ? [substance, category] : [of],
      allergyKey(of, substance, category, scope),
    ]),
  diagnosis: fc
    .tuple(maybe(word), maybe(word), maybe(word))
    .map(([code, type, encounterId]) => [
      [code, type, encounterId],
      diagnosisKey(null, { code, type, encounterId }, scope),
    ]),
  dose: fc.tuple(word, maybe(time)).map((dose) => [dose, doseKey(null, ...dose, scope)]),
  visit: fc
    .tuple(fc.constantFrom('number', 'alternate', 'admission'), word, maybe(word))
    .map(([by, value, authority]) => {
      if (by === 'number') return [[by, value], visitNumberKey(value)]
      if (by === 'admission') return [[by], admissionVisitKey(0, 'INPATIENT')]
      const organisation = 'X99'
      return [[by, value, authority], alternateVisitKey({ value, authority, organisation })]
    }),
  'FHIR resource': fc
    .tuple(maybe(word), word)
    .map(([authority, value]) =>
      authority === null
        ? [['id', value], resourceKey('Observation', value, scope)]
        : [[authority, value], identifierKey({ value, organisation: null, authority }, scope)],
    ),
  observation: fc
    .tuple(text, text, fc.integer({ min: 1, max: 3 }))
    .map((one) => [one, `${observationIdentity(one[0], one[1])}|${one[2]}`]),
}

test.each(Object.entries(kinds))('no two of %s have one key', (_kind, made) => {
  fc.assert(
    fc.property(fc.array(made, { minLength: 200, maxLength: 400 }), (all) => {
      const known = new Map<string, string>()
      for (const [of, key] of all) {
        if (key === null) continue
        const parts = JSON.stringify(of)
        expect(known.get(key) ?? parts, key).toBe(parts)
        known.set(key, parts)
      }
    }),
    { numRuns: 60, endOnFailure: true },
  )
})

test('a key is never that of a later use of another number, nor of a part of another order', () => {
  fc.assert(
    fc.property(fc.oneof(...Object.values(kinds)), ([, key]) => {
      expect(key ?? '').not.toMatch(/ @(\d{4}-\d\d|undated)/)
    }),
    { numRuns: 3_000 },
  )
  const twice = distinctOrders([
    { key: '~A@', service: 'A', isNumbered: false },
    { key: '~A@', service: 'A', isNumbered: false },
  ])
  expect(twice.map(({ key }) => key)).toEqual(['~A@', '~A@#2'])
  expect(orderKey(null, { group: null, service: 'A', at: null }, scope)).toBe('~A@')
})
