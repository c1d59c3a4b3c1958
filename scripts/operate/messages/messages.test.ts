import { expect, test } from 'vitest'
import { fetchMessages, type ListedMessage } from './fetch-messages.ts'
import { messagesTable } from './messages-table.ts'

const message = (id: string, more: Partial<ListedMessage> = {}): ListedMessage => ({
  id,
  source: 'RJZ',
  controlId: 'C1',
  type: 'ADT^A01',
  answered: 'AA',
  receivedAt: '2026-11-22T09:00:05Z',
  events: 2,
  ...more,
})

/** An API with this many pages of two messages. */
const pagesOf = (count: number) => {
  const asked: string[] = []
  const get = async (path: string) => {
    asked.push(path)
    const page = asked.length
    const messages = [message(`m${page}a`), message(`m${page}b`)]
    return { messages, more: page < count, before: page < count ? `cursor${page}` : null }
  }
  return { asked, api: { get: get as Parameters<typeof fetchMessages>[0]['get'] } }
}

test('only the filters that were given are sent, and pages follow the cursor', async () => {
  const { asked, api } = pagesOf(3)
  const found = await fetchMessages(api, { source: 'RJZ', type: 'ADT^A01', state: undefined }, 10)
  expect(found.messages.map(({ id }) => id)).toEqual(['m1a', 'm1b', 'm2a', 'm2b', 'm3a', 'm3b'])
  expect(found.more).toBe(false)
  expect(asked).toEqual([
    '/api/messages?source=RJZ&type=ADT%5EA01',
    '/api/messages?source=RJZ&type=ADT%5EA01&before=cursor1',
    '/api/messages?source=RJZ&type=ADT%5EA01&before=cursor2',
  ])
})

test('no more than the limit is read, and it is said that there are more', async () => {
  const { asked, api } = pagesOf(3)
  const found = await fetchMessages(api, {}, 3)
  expect([found.messages.length, found.more, asked.length]).toEqual([3, true, 2])
})

test('the state says what became of each message', () => {
  const problem = { code: 'INVALID_FIELD', place: 'PID-7' }
  const table = messagesTable(
    [
      message('a', { parked: problem, problem, events: 0 }),
      message('b', { dropped: problem, problem, events: 0 }),
      message('c', { problem }),
      message('d', { projectedAt: '2026-11-22T09:00:06Z' }),
      message('e'),
      message('f', { events: 0, controlId: null, type: null }),
    ],
    true,
  )
  for (const state of [
    'parked: INVALID_FIELD at PID-7',
    'dropped: INVALID_FIELD at PID-7',
    'used in part: INVALID_FIELD at PID-7',
    'in the record',
    'not in the record yet',
    'no events',
  ])
    expect(table).toContain(state)
  expect(table).toContain('6 messages, and there are more')
  expect(messagesTable([], false)).toBe('No messages.')
})
