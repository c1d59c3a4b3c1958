import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyPart, textOfKeyPart } from './key-part.ts'
import { entryIdOf, identifierIn, patientKeyOf, standInKeyOf } from './public-id.ts'

const pieces = '| ^ ~ \\ @ # : . 1 12 F E R X40 report Q RJZ fhir @2026-09 undated'.split(' ')
const text = fc.oneof(
  fc.string(),
  fc
    .array(fc.constantFrom(...pieces, ' ', '\\F\\', '\\E\\'), { maxLength: 6 })
    .map((some) => some.join('')),
)
const separators = fc.constantFrom('', '|', '|^', '~|', '^@$', '.@', ' ')

test('a part has none of its separators, and is read back as it was', () => {
  fc.assert(
    fc.property(text, separators, (part, ends) => {
      const written = keyPart(part, ends)
      for (const end of ends.replace('$', '')) expect(written).not.toContain(end)
      if (ends.includes('$')) expect(written).not.toMatch(/ $/)
      expect(written).not.toMatch(/ @\d{4}-\d\d| @undated|#\d+$/)
      if (written !== part) expect(textOfKeyPart(written)).toBe(part)
      else expect(textOfKeyPart(part)).toBe(part)
    }),
    { numRuns: 2_000 },
  )
})

test.each(['4711', 'S-12/34', 'a\\b', "O'Neil, C# 2", 'x@y', '\\H\\12', 'X99:7'])(
  'a part without its separators stays what it is: %s',
  (part) => expect(keyPart(part, '|^~')).toBe(part),
)

test("a number with field separators never has the key of another patient's report", () => {
  const other = patientKeyOf('RJZ', '12|report|Q')
  expect(other).toBe('RJZ|12\\F\\report\\F\\Q')
  expect(identifierIn(other)).toBe('12|report|Q')
  expect(entryIdOf(other, 'report', '7^UE')).not.toBe(
    entryIdOf(patientKeyOf('RJZ', '12'), 'report', 'Q|report|7^UE'),
  )
})

test('an event written before separators were escaped does not reach the other patient either', () => {
  const before = 'RJZ|12|report|Q'
  expect(entryIdOf(before, 'report', '7')).toBe(
    entryIdOf(patientKeyOf('RJZ', '12|report|Q'), 'report', '7'),
  )
})

test('an identifier is never the stand-in of a patient without one', () => {
  const digest = '0123456789abcdef'
  expect(patientKeyOf('RJZ', `fhir:${digest}`)).not.toBe(standInKeyOf('RJZ', digest))
  expect(identifierIn(patientKeyOf('RJZ', `fhir:${digest}`))).toBe(`fhir:${digest}`)
})

const few = fc
  .array(fc.constantFrom('|', 'report', '12', '\\F\\', '\\'), { maxLength: 3 })
  .map((some) => some.join(''))
const entry = fc.tuple(few, few, fc.constant('report'), few)

test('no two entries have one id', () => {
  fc.assert(
    fc.property(fc.array(entry, { minLength: 200, maxLength: 400 }), (all) => {
      const known = new Map<string, string>()
      for (const [organisation, identifier, kind, key] of all) {
        const id = entryIdOf(patientKeyOf(organisation, identifier), kind, key)
        const parts = JSON.stringify([organisation, identifier, kind, key])
        expect(known.get(id) ?? parts).toBe(parts)
        known.set(id, parts)
      }
    }),
    { numRuns: 60, endOnFailure: true },
  )
})
