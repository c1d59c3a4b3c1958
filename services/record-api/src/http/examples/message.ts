import type { Static } from 'typebox'
import type { MessageAnswer, Messages } from '../../json/message.ts'
import { archive, messageId, receivedAt } from './stated.ts'

export const message: MessageAnswer = {
  id: messageId,
  source: 'RJZ',
  controlId: 'MSG00017',
  type: 'ORU^R01',
  characterSet: 'utf-8',
  answered: 'AA',
  receivedAt,
  durableAt: '2026-11-22T09:15:02.121Z',
  archive,
  events: 2,
  unused: ['PV1-21'],
  projectedAt: '2026-11-22T09:15:02.190Z',
  duplicates: 0,
}

export const messages: Static<typeof Messages> = { messages: [message], more: false }
