import { instantOf } from '@tideway/time/iso-time'
import { isAfterMessage } from '../entries/believed-time.ts'
import { sentAtOf } from '../entries/version.ts'
import type { SenderDetails } from './effective-demographics.ts'

/**
 * What is odd about the time of a death: `in-future`, it lies after every message that says it;
 * `not-sent`, the patient is said to have died, and not when.
 */
export const deathTimeMarks = ['in-future', 'not-sent'] as const
export type DeathTimeMark = (typeof deathTimeMarks)[number]

type Death = Pick<SenderDetails['fields'], 'deceased' | 'diedAt'>

/**
 * @param senders  who state these fields among others
 * @returns null if nothing is odd
 */
export const deathTimeMark = (
  { deceased, diedAt = null }: Death,
  senders: readonly Pick<SenderDetails, 'version' | 'fields'>[],
): DeathTimeMark | null => {
  if (diedAt === null) return deceased === true ? 'not-sent' : null
  const stating = senders.filter(({ fields }) => fields.diedAt === diedAt)
  const isInFuture = stating.every(({ version }) =>
    isAfterMessage(diedAt, sentAtOf(version), instantOf(diedAt)),
  )
  return stating.length > 0 && isInFuture ? 'in-future' : null
}
