import { setTimeout as pause } from 'node:timers/promises'

/**
 * Calls `ask` until `done` accepts its answer or `withinMs` has passed. @returns the last answer
 */
export const pollUntil = async <T>(
  ask: () => Promise<T>,
  done: (answer: T) => boolean,
  withinMs: number,
  everyMs = 250,
): Promise<T> => {
  const until = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (done(answer) || performance.now() > until) return answer
    await pause(everyMs)
  }
}
