import { expect, test } from 'vitest'
import { readTexts } from '../datatypes/texts.ts'
import { markUnusable, raw, text } from './fields.ts'
import { type Hl7Message, parse, type Segment } from './message.ts'
import { placesOf, unreadIn } from './unread-content.ts'
import { leaveUnread } from './unused-parts.ts'

const read = (...segments: string[]) =>
  parse(['MSH|^~\\&|A', ...segments].join('\r'), 'utf-8') as Hl7Message
const segment = (message: Hl7Message, at: number) => message.segments[at] as Segment
const placesIn = (message: Hl7Message) => unreadIn(message).flatMap(placesOf)

test('a field that nothing read is a place, each repetition of its own', () => {
  expect(placesIn(read('PV1|1|I', 'OBX|1|ST|K||a~b~~""', 'OBX|2||  |'))).toEqual([
    'PV1[1]-2',
    'OBX[1]-2',
    'OBX[1]-3',
    'OBX[1]-5[1]',
    'OBX[1]-5[2]',
  ])
})

test('a field that was read is none, unless its value could not be used', () => {
  const message = read('PV1|1|I|W')
  for (const field of [2, 3]) raw(segment(message, 1), field)
  markUnusable(segment(message, 1), 3)
  expect(placesIn(message)).toEqual(['PV1[1]-3'])
})

test('a part that its reader leaves is a place of each repetition that has it', () => {
  const message = read('PID|1||1^^^A&b&c^MR~2~3^^^B&d&e')
  readTexts(segment(message, 1), 3)
  for (const one of ['1^^^A&b&c^MR', '3^^^B&d&e'])
    leaveUnread(segment(message, 1), 3, one.split('^'), [1, 0, 0, 1])
  expect(placesIn(message)).toEqual([
    'PID[1]-3[1].4.2',
    'PID[1]-3[3].4.2',
    'PID[1]-3[1].4.3',
    'PID[1]-3[3].4.3',
    'PID[1]-3[1].5',
  ])
})

test('later repetitions of a field that does not repeat are places', () => {
  const message = read('PV1|1|I~O~E')
  expect(text(segment(message, 1), 2)).toBe('I')
  expect(placesIn(message)).toEqual(['PV1[1]-2[2]', 'PV1[1]-2[3]'])
})

test('parts belong to the segment they are in', () => {
  const message = read('DG1|1||a', 'DG1|2||b^c')
  for (const at of [1, 2]) text(segment(message, at), 3)
  expect(placesIn(message)).toEqual(['DG1[2]-3.2'])
})

test('of a field that could not be used no part is a place of its own', () => {
  const message = read('DG1|1||b^c')
  text(segment(message, 1), 3)
  markUnusable(segment(message, 1), 3)
  expect(placesIn(message)).toEqual(['DG1[1]-3'])
})

test('a quoted header, and a line that is no segment, are places', () => {
  expect(placesIn(read('NTE|1', 'MSH|^~\\&|LIMS'))).toEqual(['MSH[2]'])
  expect(placesIn(read('OBX|1|NM|K||4||||||F', 'no segment'))).toEqual([
    ...[2, 3, 5, 11].map((field) => `OBX[1]-${field}`),
    '?[1]',
  ])
})
