import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import type { Static } from 'typebox'
import type { Subject } from '../http/access.ts'
import { ApiError } from '../http/errors.ts'
import { type Message, messageOf, type Messages } from '../json/message.ts'
import { writeLedgerCursor } from '../requests/ledger-cursor.ts'
import { maySeeSource, type MessagesRequest } from '../requests/messages-request.ts'
import type { RecordStore } from '../chart/store.ts'

const maxMessages = 100

const told = async (store: RecordStore, found: readonly LedgerMessage[]): Promise<Message[]> => {
  const projectionIds = found.flatMap(({ _id, patientKeys }) =>
    patientKeys.map((key) => `${_id}|${key}`),
  )
  const [projections, archive] = await Promise.all([
    store.projectionsOf(projectionIds),
    store.archivePlaces(found),
  ])
  const byMessage = Map.groupBy(projections, ({ _id }) => _id.slice(0, _id.indexOf('|')))
  return found.map((message) =>
    messageOf(message, byMessage.get(message._id) ?? [], archive.get(message._id) ?? null),
  )
}

/**
 * What became of the messages with a control id, a page at a time: did you get it, and what did you
 * do with it.
 */
export const findMessages = async (
  store: RecordStore,
  { controlId, source, before }: MessagesRequest,
): Promise<Static<typeof Messages>> => {
  const { messages, next } = await store.messages(controlId, source, before, maxMessages)
  return {
    messages: await told(store, messages),
    more: next !== null,
    before: next && writeLedgerCursor({ received: next.received, id: next._id }),
  }
}

/** @throws ApiError NO_SUCH_MESSAGE, also for one of a source the caller may not see */
export const readMessage = async (
  store: RecordStore,
  id: string,
  subject: Subject,
): Promise<Message> => {
  const message = await store.message(id)
  if (message === null || !maySeeSource(subject, message.source))
    throw new ApiError('NO_SUCH_MESSAGE')
  const [answer] = await told(store, [message])
  return answer as Message
}
