import type { Stated, Statement } from '@tideway/schemas/documents/entry'
import {
  type MedicationPrescribed,
  type ResourceReported,
  unsaid,
} from '@tideway/schemas/events.generated'
import { shownFields } from '../summary/shown-fields.ts'
import { expect, test } from 'vitest'
import { at, coded, event } from './histories.fixture.ts'
import { evolveEntry } from './entry.ts'

const prescribed = (said: Partial<MedicationPrescribed>): MedicationPrescribed => ({
  ...unsaid.MedicationPrescribed(),
  prescriptionId: 'P1',
  kind: 'prescription',
  ...said,
})

/** What was told, a minute after each other, and then in the other order: it must be the same. */
const given = (...told: (MedicationPrescribed | ResourceReported)[]) => {
  const events = told.map((body, index) => event(body, index, { place: 'ORC[1]' }))
  const end = (all: typeof events) => all.reduce<ReturnType<typeof evolveEntry>>(evolveEntry, null)
  expect(end(events.toReversed())).toEqual(end(events))
  return end(events) as NonNullable<ReturnType<typeof evolveEntry>> & {
    data: Statement<'prescription'>
  }
}

test('a bare change of state is shown over the prescription it is about', () => {
  const { data, sortAt } = given(
    prescribed({
      control: 'NW',
      medication: coded('322236009', 'amoxicillin'),
      prescribedAt: at(0),
    }),
    prescribed({ control: 'DC', statusReason: coded('R', 'rash') }),
  )
  expect([data.status, data.shown]).toEqual(['stopped', [1, 0]])
  expect(shownFields(data)).toMatchObject({
    medication: { text: 'amoxicillin' },
    statusReason: { text: 'rash' },
  })
  expect(sortAt.toISOString()).toBe('2026-07-01T00:00:00.000Z')
})

test('a new whole statement replaces what was said before, fields it does not say too; the old one is kept', () => {
  const { data } = given(
    prescribed({ control: 'NW', medication: coded('M'), route: coded('PO') }),
    prescribed({ control: 'XO', medication: coded('M') }),
  )
  expect([
    shownFields(data).route,
    data.reported.map((one) => [
      (one as Stated<'prescription'>).route?.code ?? null,
      one.message,
      one.source,
    ]),
  ]).toEqual([
    null,
    [
      ['PO', 'm0', 'RJZ'],
      [null, 'm1', 'RJZ'],
    ],
  ])
})

test('the newest whole statement outlives any number of changes of state', () => {
  const { data } = given(
    prescribed({ control: 'NW', medication: coded('M') }),
    ...Array.from({ length: 150 }, () => prescribed({ control: 'SC', status: 'in-progress' })),
  )
  expect([data.reported.length, data.status, shownFields(data).medication?.code]).toEqual([
    101,
    'in-progress',
    'M',
  ])
})

test('the same segment of the same message again takes the place of what it said', () => {
  const [first, again] = [
    prescribed({ control: 'NW' }),
    prescribed({ control: 'NW', route: coded('PO') }),
  ].map((body) => event(body, 0))
  const entry = evolveEntry(evolveEntry(null, first as never), again as never) as NonNullable<
    ReturnType<typeof evolveEntry>
  >
  expect((entry.data as Statement).reported).toHaveLength(1)
})

test('of resources, which may be large, the newest ten are kept', () => {
  const { data } = given(
    ...Array.from(
      { length: 12 },
      (_, n): ResourceReported => ({
        ...unsaid.ResourceReported(),
        resourceKey: 'CarePlan/1',
        resourceType: 'CarePlan',
        title: String(n),
      }),
    ),
  )
  expect(data.reported.map((one) => (one as unknown as ResourceReported).title)).toEqual([
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
    '9',
    '10',
    '11',
  ])
})

test('an order told again is no news of it, whatever its control: it is shown only where nothing else is known', () => {
  const stopped = [
    prescribed({ control: 'NW', medication: coded('M') }),
    prescribed({ control: 'DC' }),
  ]
  const { data } = given(
    ...stopped,
    prescribed({ kind: 'repeated', control: 'NW', medication: coded('OTHER') }),
  )
  expect([data.status, shownFields(data).medication?.code]).toEqual(['stopped', 'M'])
  const alone = given(prescribed({ kind: 'repeated', control: 'RE', medication: coded('M') }))
  expect([alone.data.status, shownFields(alone.data).medication?.code]).toEqual(['unknown', 'M'])
})

test('what the pharmacy encoded wins over what was asked for in the same message, which stays readable', () => {
  const of = (place: string, said: Partial<MedicationPrescribed>) =>
    event(prescribed({ control: 'NW', ...said }), 0, { place })
  const told = [
    of('RXO[1]', { kind: 'repeated', medication: coded('ASKED') }),
    of('RXE[1]', { medication: coded('ENCODED') }),
  ]
  for (const all of [told, told.toReversed()]) {
    const data = all.reduce<ReturnType<typeof evolveEntry>>(evolveEntry, null)
      ?.data as Statement<'prescription'>
    expect([data.status, shownFields(data).medication?.code, data.reported.length]).toEqual([
      'active',
      'ENCODED',
      2,
    ])
  }
})

test.each([
  ['DC', 'stopped'],
  ['CA', 'cancelled'],
  ['OC', 'cancelled'],
])('an order that %s ended is not active again, whatever else is told of it', (control, status) => {
  const { data } = given(
    prescribed({ control: 'NW', medication: coded('M') }),
    prescribed({ control }),
    ...Array.from({ length: 120 }, () => prescribed({ control: 'RE' })),
  )
  expect([data.status, data.reported.length]).toEqual([status, 102])
})
