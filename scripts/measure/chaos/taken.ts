import { readFileSync } from 'node:fs'
import { readLogged, type Taken } from '../load/plan.ts'

/** Every acknowledged message by message id. */
export const readTaken = (log: string): Map<string, Taken> =>
  new Map(
    readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map(readLogged)
      .map((taken) => [taken.messageId, taken]),
  )
