import type { ObservationStatus } from '@tideway/schemas/documents/entry'

/** HL7 table 0085, observation result status codes (OBX-11), as far as any version has them. */
export const observationCodes = ['A', 'B', 'C', 'D', 'F', 'I', 'N', 'O', 'P', 'R', 'S', 'U', 'V', 'W', 'X'] as const
export type ObservationCode = (typeof observationCodes)[number]

type Rule = {
  status: ObservationStatus
  /** Value to show: its own; its own else the one before; the one before else its own; none. */
  shows: 'own' | 'own-or-before' | 'before-or-own' | 'none'
  /** Speaks of a value already reported, and so cannot bring back one that was withdrawn. */
  aboutBefore: boolean
  /** Leaves these statuses as they are, and their value. */
  not: readonly ObservationStatus[]
}

const says = (status: ObservationStatus, shows: Rule['shows'], aboutBefore = false, not: Rule['not'] = []): Rule => ({ status, shows, aboutBefore, not })

/** "F: final results; can only be changed with a corrected result": what is not final yet does not undo it, however its clock stands. */
const settled: Rule['not'] = ['final', 'verified', 'amended', 'corrected']

/** What each OBX-11 makes of an observation. A new code without a row does not compile. */
const rules: Record<ObservationCode, Rule> = {
  F: says('final', 'own'),
  P: says('preliminary', 'own', false, settled),
  C: says('corrected', 'own'), // the old value stays in `reported`
  A: says('amended', 'own-or-before', true),
  D: says('entered-in-error', 'none'),
  W: says('wrong-patient', 'none'),
  X: says('cancelled', 'none'),
  R: says('preliminary', 'own', false, settled),
  S: says('preliminary', 'own', false, settled),
  I: says('registered', 'none', false, settled),
  O: says('registered', 'none', false, settled),
  N: says('not-asked', 'none'),
  B: says('amended', 'before-or-own', true),
  V: says('verified', 'own-or-before', true),
  U: says('final', 'before-or-own', true, settled),
}
const unknownCode = says('unknown', 'own')

export const isObservationCode = (code: string | null): code is ObservationCode => observationCodes.some((known) => known === code)

export type Settled = { status: ObservationStatus; valueFrom: number | null }

const withdrawn: readonly ObservationStatus[] = ['entered-in-error', 'wrong-patient', 'cancelled']

const after = (before: Settled | null, statement: { code: string | null; value: number | null }): Settled => {
  const rule = isObservationCode(statement.code) ? rules[statement.code] : unknownCode
  if (before !== null && before.valueFrom !== null && rule.not.includes(before.status)) return before
  const standing = before?.valueFrom ?? null
  const own = statement.value
  if (before !== null && rule.aboutBefore && own === null && withdrawn.includes(before.status)) return before
  const valueFrom = { own, 'own-or-before': own ?? standing, 'before-or-own': standing ?? own, none: null }[rule.shows]
  return { status: before !== null && rule.aboutBefore && rule.not.includes(before.status) ? before.status : rule.status, valueFrom }
}

/**
 * Status and value of an observation from everything reported about it.
 *
 * @param statements  in version order: OBX-11, and whether the statement holds a value
 * @returns `valueFrom` is the place in `statements` of the value to show
 * @see HL7 v2.9 table 0085
 */
export const settleObservation = (statements: readonly { code: string | null; hasValue: boolean }[]): Settled =>
  statements.reduce<Settled | null>((before, { code, hasValue }, index) => after(before, { code, value: hasValue ? index : null }), null) ?? { status: 'unknown', valueFrom: null }
