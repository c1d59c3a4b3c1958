import { pollUntil } from '../../operate/client/poll.ts'
import type { Taken } from '../load/plan.ts'
import { type Quantiles, quantiles } from '../load/quantiles.ts'
import type { Changes } from './changes.ts'

export type Readable = {
  quantiles: Quantiles | null
  unread: number
  /** Messages that became readable a second, from the first sent to the last readable. */
  perSecond: number
  /** From the last message sent to the last one readable, milliseconds. */
  behindMs: number
}

/**
 * Waits until every acknowledged message is readable, then returns how long each took from its
 * socket write.
 *
 * @param warmUpMs  messages sent before this are waited for and not counted
 */
export const readableAfter = async (
  changes: Changes,
  taken: readonly Taken[],
  warmUpMs: number,
  withinMs: number,
): Promise<Readable> => {
  const missing = () =>
    taken.reduce((count, { messageId }) => count + (changes.readableAt.has(messageId) ? 0 : 1), 0)
  const unread = await pollUntil(
    async () => missing(),
    (left) => left === 0,
    withinMs,
    500,
  )
  const began = taken.reduce((least, { sentAt }) => Math.min(least, sentAt), Infinity)
  const counted = taken.filter(({ sentAt }) => sentAt >= began + warmUpMs)
  const times = counted.flatMap(({ messageId, sentAt }) => {
    const at = changes.readableAt.get(messageId)
    return at === undefined ? [] : [{ at, took: at - sentAt }]
  })
  const last = times.reduce((most, { at }) => Math.max(most, at), 0)
  const lastSent = taken.reduce((most, { sentAt }) => Math.max(most, sentAt), 0)
  return {
    quantiles: quantiles(times.map(({ took }) => took)),
    unread,
    perSecond: (times.length * 1000) / (last - began - warmUpMs),
    behindMs: last - lastSent,
  }
}
