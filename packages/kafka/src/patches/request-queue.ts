/**
 * The part of a connection's request queue in kafkajs that decides when it looks again whether
 * something can be sent.
 */
export type RequestQueue = {
  pending: readonly unknown[]
  /**
   * Milliseconds since 1970 UTC; until then the broker wants to hear nothing. -1: it never said so.
   */
  throttledUntil: number
  scheduleCheckPendingRequests(): void
}

/**
 * Makes a queue look again only if something waits or the broker wants a pause.
 *
 * That of kafkajs 2.2.4 also looks when there is nothing: in a time below zero, which Node counts
 * as a millisecond and remarks on, and so a thousand times a second for every connection.
 *
 * @see kafkajs issue 1751
 */
export const sleepingWhenIdle = (queue: RequestQueue): void => {
  const schedule = queue.scheduleCheckPendingRequests
  queue.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this)
  }
}
