import { type ActOnMessage, isActOnMessage } from '@tideway/record/withdrawal/act-on-message'
import type { DecidedMessage } from '@tideway/schemas/documents/ledger'
import type { Arrival } from '../apply/arrival.ts'
import { decisionOf } from '../identity/decisions.ts'

/** What an operator did about a message, for one patient. */
export type Act = { patient: string; body: ActOnMessage; at: number; offset: number }

export const actOf = ({ patient, event, offset }: Arrival): Act | null =>
  event !== null && isActOnMessage(event.body)
    ? { patient, body: event.body, at: event.receivedAt, offset }
    : null

/** A steward's decision that messages in conflict are wrong withdraws them. */
const withdrawalsIn = (arrival: Arrival): Act[] => {
  const decision = decisionOf(arrival)
  if (decision === null || decision.body.decision !== 'WRONG_MESSAGE') return []
  const { body, at, offset } = decision
  const { by, reason, messages } = body
  return messages.map((message) => ({
    patient: arrival.patient,
    body: { type: 'MessageWithdrawn', message, by, reason },
    at,
    offset,
  }))
}

export const actsIn = (arrivals: readonly Arrival[]): Act[] =>
  arrivals.flatMap((arrival) => actOf(arrival) ?? withdrawalsIn(arrival))

/** What the acts decide about messages, whichever patient they are of. */
export const withdrawalsBy = (acts: readonly Act[]): DecidedMessage[] =>
  acts.flatMap(({ body, at }): DecidedMessage[] => {
    if (body.type === 'MessageReplayed') return []
    const state = body.type === 'MessageWithdrawn' ? 'WITHDRAWN' : 'RESTORED'
    return [{ _id: body.message, state, at }]
  })
