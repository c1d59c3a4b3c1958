import type { TypedServer } from '@tideway/http/register-openapi'
import type { Subject } from '../chart/access.ts'
import { MessageAnswer, Messages } from '../json/message.ts'
import { readLedgerCursor } from '../ledger/ledger-cursor.ts'
import { messageFilters } from '../ledger/message-filters.ts'
import type { OpenLedger } from '../ledger/open-ledger.ts'
import { readMessage, readMessages } from '../read/messages.ts'
import { describe } from './describe.ts'
import { message, messages } from './examples/message.ts'
import { MessageId, MessagesQuery } from './request-schemas.ts'

export type LedgerServices = { ledger: (subject: Subject) => OpenLedger }

const permission = 'read-ledger'

/** What became of messages, for operators and for the systems that sent them. */
export const ledgerRoutes = (server: TypedServer, { ledger }: LedgerServices): void => {
  server.get(
    '/api/messages',
    {
      schema: {
        querystring: MessagesQuery,
        ...describe({
          operationId: 'findMessages',
          summary:
            'Messages and what became of them, by control id, source, time, type and state, newest first',
          permission,
          answer: { schema: Messages, example: messages },
          errors: ['INVALID_REQUEST', 'NOT_YOUR_SOURCE'],
        }),
      },
    },
    async ({ subject, query: { before, ...filters } }) =>
      readMessages(ledger(subject as Subject), messageFilters(filters), readLedgerCursor(before)),
  )

  server.get(
    '/api/messages/:id',
    {
      schema: {
        params: MessageId,
        ...describe({
          operationId: 'readMessage',
          summary: 'What became of one message',
          permission,
          answer: { schema: MessageAnswer, example: message },
          errors: ['NO_SUCH_MESSAGE'],
        }),
      },
    },
    async ({ subject, params }) => readMessage(ledger(subject as Subject), params.id),
  )
}
