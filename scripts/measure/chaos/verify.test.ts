import { expect, test } from 'vitest'
import { archiveFaults } from './verify-archive.ts'
import { recordFaults } from './verify-record.ts'

const taken = new Map([
  [
    'm1',
    {
      ...{ controlId: 'C1', messageId: 'm1', mrn: '1', sha256: 'aa', isResult: true },
      ...{ madeAt: 0, sentAt: 0, takenAt: 0 },
    },
  ],
])
const archived = (...hashes: string[]) =>
  new Map(hashes.length === 0 ? [] : [['m1', { hashes, bytes: Buffer.alloc(0) }]])

test('a message must be archived once with its bytes', () => {
  expect(archiveFaults(taken, archived('aa'))).toEqual({ lost: [], doubled: [], wrong: [] })
  expect(archiveFaults(taken, archived())).toEqual({ lost: ['C1'], doubled: [], wrong: [] })
  expect(archiveFaults(taken, archived('aa', 'aa')).doubled).toEqual(['C1'])
  expect(archiveFaults(taken, archived('bb')).wrong).toEqual(['C1'])
})

const entry = (id: string, value: string) => ({
  _id: id,
  version: 3,
  value,
  details: {},
  identifiers: [],
  encounters: [],
  noKnownAllergies: [],
  visitDiagnoses: [],
  dispensed: [],
  data: { kind: 'alert', reported: [] },
})
const stores = (head: object | null, entries: object[]) =>
  ({
    patients: { findOne: async () => head },
    entries: {
      find: () => ({
        map: (whole: (of: object) => object) => ({ toArray: async () => entries.map(whole) }),
      }),
    },
  }) as never
const expected = new Map([
  ['P', { head: entry('P', 'a'), entries: new Map([['E', entry('E', 'b')]]) }],
]) as never

test('documents must equal the result of the messages, whatever their version', async () => {
  const good = { ...entry('E', 'b'), version: 9 }
  expect(await recordFaults(stores(entry('P', 'a'), [good]), expected)).toEqual({
    missing: [],
    different: [],
    surplus: [],
  })
  expect(await recordFaults(stores(null, [good]), expected)).toEqual({
    missing: ['P'],
    different: [],
    surplus: [],
  })
  expect(await recordFaults(stores(entry('P', 'x'), []), expected)).toEqual({
    missing: ['E'],
    different: ['P'],
    surplus: [],
  })
  expect(
    (await recordFaults(stores(entry('P', 'a'), [good, entry('F', 'c')]), expected)).surplus,
  ).toEqual(['F'])
})
