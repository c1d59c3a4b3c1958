import { readFileSync } from 'node:fs'
import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { type Hl7Message, parse, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import { unusedFields } from '@tideway/hl7v2/lexer/unused-fields'
import { readTimings } from './tq.ts'

const source = JSON.parse(
  readFileSync(new URL('../../samples/x99/source.json', import.meta.url), 'utf8'),
) as Source
const context = { source, messageId: 'm1', production: false, fixes: [], times: new Map() }
const message = (tq: string): Hl7Message =>
  parse(`MSH|^~\\&\rORC|NW|1|||||${tq}\r`, 'utf-8') as Hl7Message
const read = (tq: string) => readTimings(segmentOf(message(tq), 'ORC') as Segment, 7, context)

test('quantity, pattern with its times, duration, start, end, priority, condition, text, total', () => {
  expect(
    read('1&tablet^Q8H&0800,1600^D7^20260705080000^20260712^R^Pain^With food^A^^^12'),
  ).toMatchObject([
    {
      quantity: { value: '1', unit: { code: 'tablet' } },
      patterns: [{ code: 'Q8H' }],
      times: ['0800', '1600'],
      frequency: '1',
      period: { value: '8', ucum: 'h' },
      duration: { value: '7', unit: { code: 'D', text: 'days' }, ucum: 'd' },
      startAt: '2026-07-05T08:00:00+01:00',
      endAt: '2026-07-12',
      priority: 'R',
      condition: 'Pain',
      text: 'With food',
      conjunction: 'A',
      occurrences: '12',
      asNeeded: null,
    },
  ])
})

test.each([
  ['^BID^^^^PRN', true],
  ['^PRN', true],
  ['^PRNPAIN', true],
  ['^BID^^^^R', null],
])('%s is as needed: %s', (tq, needed) => {
  expect(read(tq)).toMatchObject([{ asNeeded: needed }])
})

test('X3 is a count, not a duration; an unknown form is kept as sent', () => {
  expect(read('^^X3')).toMatchObject([{ duration: null, occurrences: '3' }])
  expect(read('^^INDEF')).toMatchObject([{ duration: { value: null, unit: { text: 'INDEF' } } }])
})

test('each repetition is a timing; an empty one is left out', () => {
  expect(read('^BID~^QHS').map(({ patterns }) => patterns[0]?.code)).toEqual(['BID', 'QHS'])
  expect(read('^^^^^')).toEqual([])
})

test('an invalid start is null and listed', () => {
  const sent = message('^^^tomorrow')
  expect(readTimings(segmentOf(sent, 'ORC') as Segment, 7, context)).toEqual([])
  expect(unusedFields(sent)).toContain('ORC-7')
})
