import { type ActOnMessage, isActOnMessage } from '@tideway/record/withdrawal/act-on-message'
import type { DecidedMessage } from '@tideway/schemas/documents/ledger'
import type { Arrival } from '../apply/arrival.ts'

/** What an operator did about a message, for one patient. */
export type Act = { patient: string; body: ActOnMessage; at: number; offset: number }

export const actOf = ({ patient, event, offset }: Arrival): Act | null =>
  event !== null && isActOnMessage(event.body)
    ? { patient, body: event.body, at: event.receivedAt, offset }
    : null

export const actsIn = (arrivals: readonly Arrival[]): Act[] =>
  arrivals.flatMap((arrival) => actOf(arrival) ?? [])

/** What the acts decide about messages, whichever patient they are of. */
export const withdrawalsBy = (acts: readonly Act[]): DecidedMessage[] =>
  acts.flatMap(({ body, at }): DecidedMessage[] => {
    if (body.type === 'MessageReplayed') return []
    const state = body.type === 'MessageWithdrawn' ? 'WITHDRAWN' : 'RESTORED'
    return [{ _id: body.message, state, at }]
  })
