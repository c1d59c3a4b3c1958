import type { Stated } from '@tideway/schemas/documents/entry'
import { statementStatuses } from '@tideway/schemas/documents/statement'
import { unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { controls, refusals, responseChangesStatus } from '../../status/order-control.ts'
import { rules } from './rules.ts'
import { settle } from './settle.ts'

type Fields = Partial<Stated<'request'>>
const service = { ...unsaid.RequestReported(), service: { code: 'UE' } } as unknown as Fields

/** Status and statements shown after these, the first of them a whole order. */
const after = (...said: Fields[]) =>
  settle(
    said.map((fields) =>
      rules.request({ ...unsaid.RequestReported(), ...fields } as Stated<'request'>),
    ),
  )
const ordered: Fields = { ...service, control: 'NW' }

test.each([
  ['OK', 'AA', 'active'],
  ['RR', 'AA', 'active'],
  ['NA', 'AA', 'active'],
  ['SC', 'AA', 'active'],
  ['UA', 'AA', 'rejected'],
  ['UA', 'AE', 'rejected'],
  ['CR', 'AA', 'cancelled'],
  ['OC', 'AA', 'cancelled'],
  ['DR', 'AA', 'stopped'],
  ['OD', 'AA', 'stopped'],
  ['HR', 'AA', 'on-hold'],
  ['OH', 'AA', 'on-hold'],
  ['RQ', 'AA', 'replaced'],
  ['NW', 'AA', 'active'],
  ['NW', 'AE', 'rejected'],
  ['NW', 'AR', 'rejected'],
  ['NW', 'CR', 'rejected'],
  ['SN', 'CE', 'rejected'],
  ['OK', 'AE', 'active'],
  [null, 'AA', 'active'],
  [null, 'AE', 'unknown'],
  ['??', 'AA', 'unknown'],
  ['??', 'AR', 'unknown'],
  ['toString', 'AR', 'unknown'],
])('an active order that a response answers with %s, %s, is %s', (control, response, status) => {
  expect(after(ordered, { control, response })).toMatchObject({ status })
})

test.each(Object.entries(controls).filter(([, { orc5 }]) => orc5))(
  'in a response too ORC-1 %s leaves the word to ORC-5',
  (control) => {
    expect(
      after(ordered, { control, response: 'AA', status: 'completed', statusAsSent: 'CM' }).status,
    ).toBe('completed')
  },
)

test.each([
  ['CA', 'active'],
  ['DC', 'active'],
  ['HD', 'active'],
  ['RP', 'active'],
])('a %s that the response repeats and refuses did not take place', (control, status) => {
  expect(after(ordered, { control }, { control, response: 'AE' }).status).toBe(status)
})

test('each request of a response that refuses has a refusal that is in the table', () => {
  for (const [request, refusal] of Object.entries(refusals)) {
    expect(Object.hasOwn(controls, request)).toBe(true)
    expect(after(ordered, { control: request, response: 'AR' }).status).toBe(
      after(ordered, { control: refusal, response: 'AA' }).status,
    )
  }
})

test.each(Object.keys(controls))(
  'a response with ORC-1 %s never stands in place of the order',
  (control) => {
    const { shown } = after(ordered, { ...service, control, response: 'AA' })
    expect(shown.at(-1)).toBe(0)
  },
)

test('a new order that a response repeats is active only where nothing else is known', () => {
  const repeated: Fields = { control: 'NW', response: 'AA' }
  expect(after(repeated).status).toBe('active')
  expect(after(ordered, { control: 'SC', status: 'completed' }, repeated).status).toBe('completed')
  expect(after(ordered, { control: 'CA' }, repeated).status).toBe('cancelled')
})

test('a response that is the first thing heard claims no more than it says', () => {
  expect(after({ control: 'OK', response: 'AA' }).status).toBe('unknown')
  expect(after({ control: 'UA', response: 'AA' }).status).toBe('rejected')
  expect(after({ control: 'OK', response: 'AA', status: 'in-progress' }).status).toBe('in-progress')
})

test('a lone ORC that changes an order leaves what the order is for', () => {
  expect(after(ordered, { control: 'XX' }).shown).toEqual([1, 0])
  expect(after(ordered, { ...service, control: 'XX' }).shown).toEqual([1])
  expect(after(ordered, { control: '??' })).toMatchObject({ status: 'unknown', shown: [1, 0] })
})

test('every status that a repeat leaves is one of the order', () => {
  expect(statementStatuses.prescription).toContain('rejected')
  for (const status of statementStatuses.prescription.filter((word) => word !== 'unknown'))
    expect(
      settle([
        { status, shows: 'own' },
        rules.prescription({
          ...unsaid.MedicationPrescribed(),
          kind: 'prescription',
          control: 'NW',
          response: 'AA',
        } as unknown as Stated<'prescription'>),
      ]).status,
    ).toBe(status)
})

test.each([
  ['OK', 'AA', false, false],
  ['OK', 'AA', true, true],
  ['NW', 'AA', false, false],
  ['NW', 'AR', false, true],
  ['UA', 'AA', false, true],
  ['UC', 'AA', false, false],
  ['UC', 'AA', true, false],
  ['CA', 'AR', false, false],
  ['OD', 'AA', false, true],
  ['??', 'AA', false, true],
  [null, 'AA', false, false],
  [null, 'AA', true, true],
  [null, 'AE', false, true],
])(
  'ORC-1 %s in a response with %s, ended %s, ends an order: %s',
  (control, response, ends, changes) => {
    expect(responseChangesStatus(control, response, ends)).toBe(changes)
  },
)
