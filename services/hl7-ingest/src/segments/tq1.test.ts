import { readFileSync } from 'node:fs'
import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { type Hl7Message, parse } from '@tideway/hl7v2/lexer/message'
import { readTq1 } from './tq1.ts'

const source = JSON.parse(
  readFileSync(new URL('../../samples/x99/source.json', import.meta.url), 'utf8'),
) as Source
const context = { source, messageId: 'm1', production: false, fixes: [], times: new Map() }
const read = (...tq1: string[]) =>
  readTq1(
    (parse(['MSH|^~\\&', ...tq1].join('\r'), 'utf-8') as Hl7Message).segments.slice(1),
    context,
  )

test('pattern, times, interval, duration, start, end, priority, condition, text, conjunction, total', () => {
  expect(
    read(
      'TQ1|1|2^cap|Q6H|0800~1400|3^h|5^d|20260705080000|20260710|S^Stat|Pain|With food|A|30^min|24',
    ),
  ).toMatchObject([
    {
      quantity: { value: '2', unit: { code: 'cap' } },
      patterns: [{ code: 'Q6H' }],
      frequency: '1',
      period: { value: '6', ucum: 'h' },
      times: ['0800', '1400'],
      interval: { value: '3', ucum: 'h' },
      duration: { value: '5', ucum: 'd' },
      startAt: '2026-07-05T08:00:00+01:00',
      endAt: '2026-07-10',
      priority: 'S',
      priorityText: 'Stat',
      condition: 'Pain',
      text: 'With food',
      conjunction: 'A',
      occurrenceDuration: { value: '30', ucum: 'min' },
      occurrences: '24',
      asNeeded: null,
    },
  ])
})

test('a sent period takes precedence over the frequency of its pattern; an event of the day has its offset', () => {
  expect(read('TQ1|1||P&Post&HL70335^^^^180^min^^PCM^30^min')).toMatchObject([
    {
      patterns: [{ code: 'P', text: 'Post', system: 'HL70335' }],
      frequency: null,
      period: { value: '180', ucum: 'min' },
      event: 'PCM',
      eventOffset: { value: '30', ucum: 'min' },
    },
  ])
})

test('several patterns have no single frequency', () => {
  expect(read('TQ1|1||BID~QHS')).toMatchObject([
    { patterns: [{ code: 'BID' }, { code: 'QHS' }], frequency: null, period: null },
  ])
})

test.each([
  ['TQ1|1||Q6H||||||R~PRN', true],
  ['TQ1|1||PRN', true],
  ['TQ1|1||Q6H||||||R', null],
])('%s is as needed: %s', (tq1, needed) => {
  expect(read(tq1)).toMatchObject([{ asNeeded: needed }])
})
