import { expect, test } from 'vitest'
import { eventsOf, hl7, receivedAs } from '../said-later.fixture.ts'
import { recordIn, stored } from '../withdrawn-record.fixture.ts'
import { recordAfter, recordInAnyOrder } from './whole-record.fixture.ts'

const pid = 'PID|1||1^^^X99^MR||Testcase^Ada||19700101|F'

type Txa = { type?: string; made?: string; title?: string; parent?: string; visit?: string }

/** A document message; every one has the document number D1. */
const mdm = (
  trigger: string,
  at: string,
  text: string,
  { type = 'DS', made = '20260901090000', title = '', parent = '', visit = '' }: Txa = {},
): string =>
  hl7(
    `MDM^${trigger}`,
    at,
    `${trigger}-${at}`,
    pid,
    `PV1|1|O|||||||||||||||||${visit}`,
    `TXA|1|${type}|TX|${made}||||||||D1|${parent}||||AU||||||||${title}`,
    `OBX|1|TX|N^Note||${text}||||||F`,
  )

const documentsOf = (record: ReturnType<typeof recordAfter>) =>
  record.documents.map(({ text, status }) => [text ?? null, status])

test.each<[string, Txa, Txa]>([
  ['of another type', {}, { type: 'OP' }],
  [
    'of another day and title',
    { title: 'Clinic letter' },
    { title: 'Theatre note', made: '20260903' },
  ],
])('an original under the number of another document, %s, stands beside it', (_, one, other) => {
  const record = recordInAnyOrder(
    mdm('T02', '20260901100000', 'first', one),
    mdm('T02', '20260903100000', 'second', other),
  )
  const documents = documentsOf(record)
  expect(documents).toHaveLength(2)
  expect(documents).toEqual(
    expect.arrayContaining([
      ['first', 'final'],
      ['second', 'final'],
    ]),
  )
})

test.each<[string, Txa]>([
  ['an original of the same type, day and title', {}],
  ['an original of another day with the same title', { made: '20260903' }],
  ['an original of the same day with another title', { title: 'Corrected title' }],
  ['an original without a type', { type: '' }],
])('%s is a later version of the document', (_, later) => {
  const record = recordInAnyOrder(
    mdm('T02', '20260901100000', 'first', { title: 'Letter' }),
    mdm('T02', '20260903100000', 'second', { title: 'Letter', ...later }),
  )
  expect(documentsOf(record)).toEqual([['second', 'final']])
})

test.each(['T04', 'T08', 'T10'])('%s with another type changes the one document', (trigger) => {
  const record = recordAfter(
    mdm('T02', '20260901100000', 'first'),
    mdm(trigger, '20260903100000', 'second', { type: 'OP' }),
  )
  expect(documentsOf(record)).toEqual([['second', 'final']])
})

test('of two documents with one number a cancellation is of the one with its type', () => {
  const record = recordAfter(
    mdm('T02', '20260901100000', 'first'),
    mdm('T02', '20260903100000', 'second', { type: 'OP' }),
    mdm('T11', '20260904100000', '', { type: 'DS' }),
  )
  const documents = documentsOf(record)
  expect(documents).toHaveLength(2)
  expect(documents).toEqual(
    expect.arrayContaining([
      ['second', 'final'],
      [null, 'cancelled'],
    ]),
  )
})

test('an original of another day and visit stands beside the document with its number', () => {
  const first = mdm('T02', '20260901100000', 'first', { visit: 'V1' })
  const second = mdm('T02', '20260903100000', 'second', { visit: 'V2', made: '20260903' })
  for (const received of [
    [first, second],
    [second, first],
  ]) {
    const { documents } = recordIn(
      stored(...received.map((one) => eventsOf(one, receivedAs(received.indexOf(one))))),
    )
    expect(documents.map(({ text }) => text).toSorted()).toEqual(['first', 'second'])
  }
})
