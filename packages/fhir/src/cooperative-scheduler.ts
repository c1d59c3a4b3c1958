import { setImmediate as others } from 'node:timers/promises'

/** Work in small steps, so that it can be left between two of them. */
export type Steps<T> = Generator<void, T, void>

type Taken<T> = { done: false } | { done: true; value: T }

/** Steps until the time is over, milliseconds; at least one. */
const takeFor = <T>(steps: Steps<T>, forMs: number): Taken<T> => {
  const until = performance.now() + forMs
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return { done, value }
    if (performance.now() >= until) return { done: false }
  }
}

export const atOnce = <T>(steps: Steps<T>): T =>
  (takeFor(steps, Number.POSITIVE_INFINITY) as { value: T }).value

/**
 * Runs work a slice at a time, and lets whoever waits have a turn after each slice. What is done
 * within one slice is done at once; of what takes longer one is worked at until it is done, in the
 * order it came: ten at a time would all end late.
 *
 * @param sliceMs  how long nobody else is heard, milliseconds
 */
export const takeTurns = (sliceMs = 10) => {
  let last: Promise<void> = Promise.resolve()
  return async <T>(steps: Steps<T>): Promise<T> => {
    const first = takeFor(steps, sliceMs)
    if (first.done) return first.value
    const before = last
    let leave = (): void => undefined
    last = new Promise((resolve) => {
      leave = resolve
    })
    await before
    try {
      for (;;) {
        await others()
        const taken = takeFor(steps, sliceMs)
        if (taken.done) return taken.value
      }
    } finally {
      leave()
    }
  }
}

export type InTurns = ReturnType<typeof takeTurns>
