import type { Static } from 'typebox'
import { answerOf } from '../json/schema/answer.ts'
import { MessageAnswer, type Messages, messageOf } from '../json/message.ts'
import { type LedgerCursor, writeLedgerCursor } from '../ledger/ledger-cursor.ts'
import type { MessageFilters } from '../ledger/message-filters.ts'
import type { OpenLedger, MessageFate } from '../ledger/open-ledger.ts'

const maxMessages = 100

const answer = answerOf<MessageAnswer>(MessageAnswer)

/** The ledger names messages, never a patient's public id. */
const noIds = (): never => {
  throw new Error('a public id in the ledger')
}

const fateOf = ({ message, projections, archive }: MessageFate): MessageAnswer =>
  answer(messageOf(message, projections, archive), noIds)

/** Lists messages and what became of them, newest first, a page at a time. */
export const readMessages = async (
  ledger: OpenLedger,
  filters: MessageFilters,
  before: LedgerCursor | null,
): Promise<Static<typeof Messages>> => {
  const { fates, next } = await ledger.find(filters, before, maxMessages)
  return {
    messages: fates.map(fateOf),
    more: next !== null,
    ...(next === null ? {} : { before: writeLedgerCursor(next) }),
  }
}

/** @throws ApiError NO_SUCH_MESSAGE */
export const readMessage = async (ledger: OpenLedger, id: string): Promise<MessageAnswer> =>
  fateOf(await ledger.message(id))
