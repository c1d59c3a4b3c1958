import type { ObservationReported } from '@tideway/schemas/documents/entry'
import { timesAgree } from '../times-agree.ts'
import { identityOf, type SentCode } from './recoded.ts'

/**
 * A statement of a report about one of its observations, and the key and code that its message gave
 * it.
 */
export type KeyedStatement = { sentKey: string; code: SentCode; told: ObservationReported }

/** Statements about one observation, under the key it has in the report. */
export type SameObservation = { key: string; statements: KeyedStatement[] }

export const timeOf = ({ told }: KeyedStatement): string | null => told.observedAt

/** Whether the time of a statement can be that of an observation. */
export const fits = (statement: KeyedStatement, { statements }: SameObservation): boolean => {
  const time = timeOf(statement)
  return (
    time === null ||
    statements.every((one) => {
      const other = timeOf(one)
      return other === null || timesAgree(time, other)
    })
  )
}

/** Whether both state a time. */
export const states = (group: SameObservation, time: string | null): boolean =>
  time !== null && group.statements.some((one) => timeOf(one) !== null)

export const identityIn = ({ sentKey }: KeyedStatement): string => identityOf(sentKey)
export const named = (one: KeyedStatement) => ({ identity: identityIn(one), code: one.code })
