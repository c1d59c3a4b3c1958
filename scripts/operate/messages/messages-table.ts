import { textTable } from '../client/table.ts'
import { localTime } from '../parked/parked-table.ts'
import type { ListedMessage } from './fetch-messages.ts'

const columns = [
  'received',
  'source',
  'type',
  'control id',
  'answered',
  'events',
  'state',
  'message',
].map((name) => ({ name, right: name === 'events' }))

/** What became of a message, in words, a code and a place. */
const stateOf = ({ parked, dropped, problem, projectedAt, events }: ListedMessage): string => {
  if (parked != null) return `parked: ${parked.code} at ${parked.place}`
  if (dropped != null) return `dropped: ${dropped.code} at ${dropped.place}`
  if (problem != null)
    return `${events > 0 ? 'used in part' : 'not used'}: ${problem.code} at ${problem.place}`
  if (projectedAt != null) return 'in the record'
  return events > 0 ? 'not in the record yet' : 'no events'
}

/** A table of messages, newest first; nothing of their content. */
export const messagesTable = (messages: readonly ListedMessage[], more: boolean): string => {
  if (messages.length === 0) return 'No messages.'
  const rows = messages.map((message) => [
    localTime(new Date(message.receivedAt)),
    message.source,
    message.type ?? 'unknown',
    message.controlId ?? 'none',
    message.answered,
    String(message.events),
    stateOf(message),
    message.id,
  ])
  const count = `${messages.length} ${messages.length === 1 ? 'message' : 'messages'}`
  return `${textTable(columns, rows)}\n\n${count}${more ? ', and there are more: see --limit, --from and --to' : ''}`
}
