import type { Statement } from '@tideway/schemas/documents/entry'
import { type EventBody, unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { entriesAfter, eventsOf, medicine, request, statesOf } from './match-order.fixture.ts'

const permutations = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item, at) =>
        permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]),
      )

test.each([
  ['CA', null, 'cancelled'],
  ['OD', 'AA', 'stopped'],
  ['UA', 'AA', 'rejected'],
  ['NW', 'AR', 'rejected'],
  ['OK', 'AA', 'active'],
])(
  'an ORC alone (%s, %s) is about every order with its number, in any order of arrival',
  (control, response, status) => {
    const lone: EventBody = { ...unsaid.RequestReported(), requestId: 'R1', control, response }
    const all = eventsOf(request('NW', 'R1^A', 'A'), request('NW', 'R1^B', 'B'), lone)
    for (const arrival of permutations(all))
      expect(statesOf(arrival).toSorted()).toEqual([
        expect.stringMatching(/^R1 /),
        `R1^A ${status}`,
        `R1^B ${status}`,
      ])
  },
)

test('an ORC alone is about the orders of its own number and kind only', () => {
  const lone: EventBody = { ...unsaid.RequestReported(), requestId: 'R1', control: 'CA' }
  const all = eventsOf(
    request('NW', 'R1', 'A'),
    request('NW', 'R1^B', 'B'),
    request('NW', 'R10^A', 'A'),
    medicine('NW', 'R1^C', 'C'),
    lone,
  )
  for (const arrival of [all, all.toReversed()])
    expect(statesOf(arrival).toSorted()).toEqual([
      'R1 cancelled',
      'R10^A active',
      'R1^B cancelled',
      'R1^C active',
    ])
})

test('a cancellation of a number does not reach an order that was made after it', () => {
  const lone: EventBody = { ...unsaid.RequestReported(), requestId: 'R1', control: 'CA' }
  const all = eventsOf(request('NW', 'R1^A', 'A'), lone, request('NW', 'R1^B', 'B'))
  for (const arrival of permutations(all))
    expect(statesOf(arrival)).toEqual(expect.arrayContaining(['R1^A cancelled', 'R1^B active']))
})

test('what every order with a number keeps of an ORC alone is said once, told again or not', () => {
  const lone: EventBody = { ...unsaid.RequestReported(), requestId: 'R1', control: 'HD' }
  const all = eventsOf(request('NW', 'R1^A', 'A'), lone)
  const kept = entriesAfter([...all, ...all])
    .filter(({ _id }) => _id.endsWith('^A'))
    .map(({ data }) => (data as unknown as Statement<'request'>).reported.length)
  expect(kept).toEqual([2])
})
