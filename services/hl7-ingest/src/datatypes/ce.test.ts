import { type Hl7Message, parse, type Segment } from '@tideway/hl7v2/lexer/message'
import { unusedFields } from '@tideway/hl7v2/lexer/unused-fields'
import { expect, test } from 'vitest'
import { readCoded, readCodes, readCodeWord } from './ce.ts'
import { readCodedList } from './coded-list.ts'

const segmentWith = (value: string): Segment =>
  (parse(`MSH|^~\\&\rOBR|${value}`, 'utf-8') as Hl7Message).segments[1] as Segment

/** Code, text and system; alternate code, text and system. */
const partsOf = (value: string) => {
  const one = readCoded(segmentWith(value), 1)
  return one === null
    ? null
    : [one.code, one.text, one.system, one.alternateCode, one.alternateText, one.alternateSystem]
}

test.each([
  ['A', ['A', null, null, null, null, null]],
  ['^Chest pain', [null, 'Chest pain', null, null, null, null]],
  ['A^a^L^B^b^SCT', ['A', 'a', 'L', 'B', 'b', 'SCT']],
  ['^a^L^B^b^SCT', [null, 'a', 'L', 'B', 'b', 'SCT']],
  ['^^^B^b^SCT', ['B', 'b', 'SCT', null, null, null]],
  ['^^L^B^b^SCT', ['B', 'b', 'SCT', null, null, null]],
  ['""^""^""^B^b^SCT', ['B', 'b', 'SCT', null, null, null]],
  ['^^^^Chest pain', [null, 'Chest pain', null, null, null, null]],
  ['^^^B', ['B', null, null, null, null, null]],
  ['^^^^^^^^Chest pain', [null, 'Chest pain', null, null, null, null]],
  ['A^^L^^^^^^Chest pain', ['A', 'Chest pain', 'L', null, null, null]],
  ['^^^^^SCT', null],
])('%s is read as its first code, else the alternate', (value, expected) => {
  expect(partsOf(value)).toEqual(expected)
})

test('beside an alternate that stands in, version and original text are kept', () => {
  expect(readCoded(segmentWith('^^^B^b^SCT^1^2^Chest pain'), 1)).toMatchObject({
    code: 'B',
    text: 'b',
    detail: { version: '2', alternateVersion: null, originalText: 'Chest pain' },
  })
  expect(readCoded(segmentWith('^^^B^^SCT^^^B'), 1)).toMatchObject({ code: 'B', text: null })
})

test('every reader of codes reads the alternate', () => {
  const segment = segmentWith('^^^B^b~^^^^c')
  for (const read of [readCodes, readCodedList])
    expect(read(segment, 1).map(({ code, text }) => [code, text])).toEqual([
      ['B', 'b'],
      [null, 'c'],
    ])
})

test.each([
  ['SV^Severe^HL70128', 'SV', ['OBR-1.2', 'OBR-1.3']],
  ['SV', 'SV', []],
  ['^Severe', 'Severe', []],
  ['^^^SV^Severe', 'SV', ['OBR-1.5']],
  ['^^^^Severe', 'Severe', []],
  ['^^^^^^^^Severe', 'Severe', []],
  ['^^HL70128', null, ['OBR-1.3']],
  ['', null, []],
])('%s as one word is %s, and the rest is listed', (value, word, unused) => {
  const segment = segmentWith(value)
  expect(readCodeWord(segment, 1)).toBe(word)
  expect(unusedFields(segment.message).filter((place) => place.startsWith('OBR'))).toEqual(unused)
})
