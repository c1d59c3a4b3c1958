import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { expect, test } from 'vitest'
import type { ReaderRole, Subject } from '../chart/access.ts'
import type { LedgerSearch, MessageFilters } from './message-filters.ts'
import { openLedger } from './open-ledger.ts'

const subject = (role: ReaderRole, organisation: string): Subject => ({
  who: 's',
  name: null,
  role,
  organisation,
  level: null,
})

const named = (source: string | null): MessageFilters => ({
  controlId: 'M1',
  source,
  from: null,
  to: null,
  type: null,
  state: null,
})

/** A ledger that holds one message of RJ1, and the source each query was restricted to. */
const ledgerOf = (role: ReaderRole, organisation: string) => {
  const queried: (string | null)[] = []
  const store = {
    messages: async ({ keep }: LedgerSearch) => {
      const kept = ['RJ1', 'RJZ'].filter((source) => keep?.({ source } as LedgerMessage) ?? true)
      queried.push(kept.length === 2 ? null : (kept[0] ?? 'none'))
      return { messages: [], next: null }
    },
    message: async () => ({ _id: 'm', source: 'RJ1', patientKeys: ['RJ1|1'] }) as LedgerMessage,
    projectionsOf: async () => [],
    archivePlaces: async () => new Map(),
  }
  return { queried, ledger: openLedger(store, subject(role, organisation)) }
}

test('an operator asks for any source, or for all', async () => {
  const { queried, ledger } = ledgerOf('operator', 'RJ1')
  await ledger.find(named(null), null, 10)
  await ledger.find(named('RJZ'), null, 10)
  expect(queried).toEqual([null, 'RJZ'])
})

test('a system asks for its own organisation, named or not', async () => {
  const { queried, ledger } = ledgerOf('system', 'RJZ')
  await ledger.find(named(null), null, 10)
  await ledger.find(named('RJZ'), null, 10)
  expect(queried).toEqual(['RJZ', 'RJZ'])
  await expect(ledger.find(named('RJ1'), null, 10)).rejects.toMatchObject({
    code: 'NOT_YOUR_SOURCE',
  })
  expect(queried).toHaveLength(2)
})

test('a message of another organisation does not exist for a system', async () => {
  await expect(ledgerOf('system', 'RJZ').ledger.message('m')).rejects.toMatchObject({
    code: 'NO_SUCH_MESSAGE',
  })
  expect((await ledgerOf('system', 'RJ1').ledger.message('m')).message._id).toBe('m')
  expect((await ledgerOf('operator', 'RJZ').ledger.message('m')).message._id).toBe('m')
})
