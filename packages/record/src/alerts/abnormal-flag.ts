import type { Observation } from '@tideway/schemas/events.generated'
import { outOfRange, type RangedValue } from './reference-range.ts'

/** Why a value is abnormal; `computed`: not by a flag of the standard that the laboratory sent. */
export type Abnormal = { flag: string; computed: boolean }

/** Flags that mark a value abnormal, critical ones first. @see HL7 v2.9 table 0078 */
const abnormalFlags = ['LL', 'HH', 'AA', '<', '>', 'L', 'H', 'A']

/**
 * Flags of the table, and usual words, that do not mark a value abnormal; in capitals, without
 * spaces and hyphens. A finding is one that does: positive, detected, reactive, and what is neither
 * that nor negative.
 */
const otherFlags: ReadonlySet<string> = new Set(
  `N NORMAL NORM WNL WITHINNORMALLIMITS NEG NEGATIVE ND NOTDETECTED UNDETECTED NR NONREACTIVE
  NOTREACTIVE ABSENT NS NCL S R I MS VS SDD U D B W EXP AC TOX QCF HM OBX IE EX SYNR SYNS NULL NONE
  NA N/A . 0`
    .split(/\s+/)
    .concat(''),
)
const letters = (flag: string): string => flag.toUpperCase().replaceAll(/[\s-]/g, '')

/** Flags in no table of HL7 v2 by which senders mark a critical or significant value. */
const severe = /^(HU|LU|HX|LX|[HLA]{1,2}\*+|\*{2,}|C[HL]|[HL]C)$|crit|panic/i
const critical = /^(LL|HH|AA)$|crit|panic/i

/** Whether a flag marks a critical value. */
export const isCriticalFlag = (flag: string): boolean => critical.test(flag.trim())

/** Whether an abnormal value belongs first in a summary: critical, or marked as more than high. */
export const isSevere = ({ flag }: Pick<Abnormal, 'flag'>): boolean =>
  isCriticalFlag(flag) || severe.test(flag.trim())

/** Rank of a flag: critical first. */
export const flagRank = ({ flag }: Pick<Abnormal, 'flag'>): number => {
  const listed = abnormalFlags.indexOf(flag)
  if (listed >= 0) return listed
  return isSevere({ flag }) ? abnormalFlags.indexOf('AA') + 0.5 : abnormalFlags.length
}

/**
 * Why a value counts as abnormal: a flag of the table; else any flag that is in no table, as sent;
 * without a flag, `L` or `H` by the range sent with it. Null if it does not.
 */
export const abnormalOf = (
  observation: Pick<Observation, 'flags'> & RangedValue,
): Abnormal | null => {
  const flags = observation.flags.map((flag) => flag.trim()).filter((flag) => flag !== '')
  const listed = abnormalFlags.find((flag) => flags.includes(flag))
  const unlisted = flags.find(
    (flag) =>
      !abnormalFlags.includes(flag) && !otherFlags.has(flag) && !otherFlags.has(letters(flag)),
  )
  if (unlisted !== undefined && (listed === undefined || isSevere({ flag: unlisted })))
    return { flag: unlisted, computed: true }
  if (listed !== undefined) return { flag: listed, computed: false }
  const computed = flags.length === 0 ? outOfRange(observation) : null
  return computed === null ? null : { flag: computed, computed: true }
}
