import type { Static } from 'typebox'
import { answerOf } from '../json/answer.ts'
import { MessageAnswer, type Messages, messageOf } from '../json/message.ts'
import { type LedgerCursor, writeLedgerCursor } from '../ledger/ledger-cursor.ts'
import type { OpenLedger, MessageFate } from '../ledger/open-ledger.ts'

const maxMessages = 100

const answer = answerOf<MessageAnswer>(MessageAnswer)
const fateOf = ({ message, projections, archive }: MessageFate): MessageAnswer =>
  answer(messageOf(message, projections, archive))

/** What became of the messages with a control id, a page at a time. */
export const readMessages = async (
  ledger: OpenLedger,
  controlId: string,
  source: string | null,
  from: LedgerCursor | null,
): Promise<Static<typeof Messages>> => {
  const { fates, next } = await ledger.find(controlId, source, from, maxMessages)
  return {
    messages: fates.map(fateOf),
    more: next !== null,
    ...(next === null ? {} : { before: writeLedgerCursor(next) }),
  }
}

/** @throws ApiError NO_SUCH_MESSAGE */
export const readMessage = async (ledger: OpenLedger, id: string): Promise<MessageAnswer> =>
  fateOf(await ledger.message(id))
