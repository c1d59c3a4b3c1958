import type { IdentityDecided } from '@tideway/schemas/events.generated'
import type { Arrival } from '../apply/arrival.ts'

/** A steward's decision, in the order of the log. */
export type NumberDecision = { body: IdentityDecided; at: number; offset: number }

/** Decisions that the projector carries out; the others are about persons. */
const ours: ReadonlySet<string> = new Set([
  'SAME_PERSON',
  'WRONG_MESSAGE',
  'OTHER_PERSON',
  'SPLIT_NUMBER',
])

export const decisionOf = ({ event, offset }: Arrival): NumberDecision | null =>
  event?.body.type === 'IdentityDecided' && ours.has(event.body.decision)
    ? { body: event.body, at: event.receivedAt, offset }
    : null

/** Decisions among events, by the order of the log, each once. */
export const decisionsIn = (arrivals: readonly Arrival[]): NumberDecision[] => {
  const byId = new Map<string, NumberDecision>()
  for (const arrival of arrivals) {
    const decision = decisionOf(arrival)
    if (decision !== null && !byId.has(decision.body.decisionId))
      byId.set(decision.body.decisionId, decision)
  }
  return [...byId.values()].toSorted((a, b) => a.offset - b.offset)
}

/** Messages whose newest decision says this. */
export const messagesDecided = (
  decisions: readonly NumberDecision[],
  decision: string,
): ReadonlySet<string> => {
  const newest = new Map(
    decisions.flatMap(({ body }) => body.messages.map((message) => [message, body.decision])),
  )
  return new Set([...newest].flatMap(([message, said]) => (said === decision ? [message] : [])))
}
