import type { Entry } from '@tideway/schemas/documents/entry'
import { expect, test } from 'vitest'
import { entriesMovedAway } from './moved-entries.ts'
import type { MovedTo } from './moves.ts'

const move = (said: Partial<MovedTo> = {}): MovedTo => ({
  kind: 'encounter',
  from: 'RJZ|2',
  to: 'RJZ|1',
  id: 'V2',
  toId: 'V2',
  version: '1',
  ...said,
})
const entry = (data: object, patient = 'RJZ|2') => ({ patient, data: data as Entry['data'] })
const encounter = entry({ kind: 'encounter', encounterId: 'V2' })
const origin = { message: 'm', place: 'PV1[1]', version: '1', source: 'RJZ' }
const report = entry({
  kind: 'report',
  header: [{ ...origin, fields: { encounterId: 'V2' } }],
})
const document = entry({ kind: 'document', encounterId: 'V2' })
const condition = entry({ kind: 'condition', reported: [{ encounterId: 'V2' }] })

test('an encounter, report, document and statement of a visit that moved belong to the other patient', () => {
  const all = [encounter, report, document, condition]
  expect(entriesMovedAway([move()], all)).toEqual(
    all.map((one) => ({ entry: one, to: ['RJZ|1'], isPartly: false })),
  )
})

test('what names no visit, another visit or another patient stays', () => {
  const stays = [
    entry({ kind: 'allergy', reported: [{}] }),
    entry({ kind: 'document', encounterId: null }),
    entry({ kind: 'encounter', encounterId: 'V3' }),
    entry({ kind: 'encounter', encounterId: 'V2' }, 'RJZ|3'),
    entry({ kind: 'report', header: [] }),
  ]
  expect(entriesMovedAway([move()], stays)).toEqual([])
})

test('a new number of the same patient and an account move no entry', () => {
  const moves = [move({ to: 'RJZ|2', toId: 'V9' }), move({ kind: 'account' })]
  expect(entriesMovedAway(moves, [encounter])).toEqual([])
})

test('a statement that was made at a visit that moved and at one that stayed is of both', () => {
  const both = entry({
    kind: 'condition',
    reported: [{ encounterId: 'V2' }, { encounterId: 'V3' }],
  })
  expect(entriesMovedAway([move()], [both])).toEqual([
    { entry: both, to: ['RJZ|1'], isPartly: true },
  ])
})
