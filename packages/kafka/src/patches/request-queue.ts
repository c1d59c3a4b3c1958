/** The part of a kafkajs connection's request queue that schedules the next check for requests. */
export type RequestQueue = {
  pending: readonly unknown[]
  /** Until when the broker throttles this client, milliseconds since 1970 UTC; -1 if never. */
  throttledUntil: number
  scheduleCheckPendingRequests(): void
}

/**
 * Schedules the next check only if a request is pending or the broker throttles the client.
 *
 * kafkajs 2.2.4 always schedules one. Without throttling the delay is negative, which Node warns
 * about and treats as a millisecond: a thousand checks a second for each connection.
 *
 * @see kafkajs issue 1751
 */
export const checkOnlyWhenPending = (queue: RequestQueue): void => {
  const schedule = queue.scheduleCheckPendingRequests
  queue.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this)
  }
}
