import type { ObservationStatus } from '@tideway/schemas/documents/entry'

/** HL7 table 0085, observation result status codes (OBX-11), as far as any version has them. */
export const observationCodes = [
  'A',
  'B',
  'C',
  'D',
  'F',
  'I',
  'N',
  'O',
  'P',
  'R',
  'S',
  'U',
  'V',
  'W',
  'X',
] as const
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

const says = (
  status: ObservationStatus,
  shows: Rule['shows'],
  aboutBefore = false,
  not: Rule['not'] = [],
): Rule => ({ status, shows, aboutBefore, not })

/**
 * "F: final results; can only be changed with a corrected result": what is not final yet does not
 * undo it, however its clock stands.
 */
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

export const isObservationCode = (code: string | null): code is ObservationCode =>
  observationCodes.some((known) => known === code)

const ruleOf = (code: string | null): Rule => (isObservationCode(code) ? rules[code] : unknownCode)

export type Settled = { status: ObservationStatus; valueFrom: number | null }

const withdrawn: readonly ObservationStatus[] = ['entered-in-error', 'wrong-patient', 'cancelled']

const after = (
  before: Settled | null,
  statement: { code: string | null; value: number | null },
): Settled => {
  const rule = ruleOf(statement.code)
  if (before !== null && before.valueFrom !== null && rule.not.includes(before.status))
    return before
  const standing = before?.valueFrom ?? null
  const own = statement.value
  if (before !== null && rule.aboutBefore && own === null && withdrawn.includes(before.status))
    return before
  const valueFrom = {
    own,
    'own-or-before': own ?? standing,
    'before-or-own': standing ?? own,
    none: null,
  }[rule.shows]
  return {
    status:
      before !== null && rule.aboutBefore && rule.not.includes(before.status)
        ? before.status
        : rule.status,
    valueFrom,
  }
}

/** What was reported of an observation: OBX-11, and whether the statement holds a value. */
export type Statement = { code: string | null; hasValue: boolean }

const next = (before: Settled | null, { code, hasValue }: Statement, index: number): Settled =>
  after(before, { code, value: hasValue ? index : null })

/**
 * Status and value of an observation from everything reported about it.
 *
 * @param statements  in version order
 * @returns `valueFrom` is the place in `statements` of the value to show
 * @see HL7 v2.9 table 0085
 */
export const settleObservation = (statements: readonly Statement[]): Settled =>
  statements.reduce<Settled | null>(next, null) ?? { status: 'unknown', valueFrom: null }

/**
 * What a statement decides, of all that say the same the newest. One that is not final yet decides
 * only where it is the newest of all, or where another speaks of its value, see `restsOn`: an older
 * one left standing alone would seem to be what a late U makes final.
 */
export const decidingWords = ({ code, hasValue }: Statement): string[] => {
  const rule = ruleOf(code)
  return rule.not.length > 0 && !rule.aboutBefore
    ? []
    : [code ?? '', ...(hasValue ? [`${code ?? ''} with a value`] : [])]
}

/**
 * What stands before a statement, and from which: the last that did not speak of another, the one
 * that gave or took away the value, the one that gave the status.
 */
type Under = {
  standing: Settled | null
  base: number | null
  value: number | null
  status: number | null
}

const underEach = (statements: readonly Statement[], until: number): Under[] => {
  let under: Under = { standing: null, base: null, value: null, status: null }
  const all = [under]
  for (const [index, statement] of statements.slice(0, until).entries()) {
    const { standing } = under
    const now = next(standing, statement, index)
    const { aboutBefore } = ruleOf(statement.code)
    if (now !== standing)
      under = {
        standing: now,
        base: aboutBefore ? under.base : index,
        value: now.valueFrom === standing?.valueFrom ? under.value : index,
        status: aboutBefore && now.status === standing?.status ? under.status : index,
      }
    all.push(under)
  }
  return all
}

/** Whether what it makes of an observation depends on what stood before. */
const speaksOfBefore = ({ code, hasValue }: Statement): boolean => {
  const { aboutBefore, shows } = ruleOf(code)
  return aboutBefore && (!hasValue || shows === 'before-or-own')
}

/**
 * Older statements on which others rest: U, V, A and B may speak of a value that nothing else would
 * keep, and what is not final yet does not undo it.
 *
 * What such a word speaks of must still be held when it comes: one that comes after so many newer
 * statements that its value was let go makes nothing final.
 *
 * @param statements  in version order
 * @param kept  places of those kept for themselves, all from `from` on among them
 * @returns places before `from`
 */
export const restsOn = (
  statements: readonly Statement[],
  kept: readonly number[],
  from: number,
): Set<number> => {
  const unders = underEach(statements, from)
  const found = new Set<number>()
  const add = (place: number | null): void => {
    if (place === null || found.has(place)) return
    found.add(place)
    addUnder(place)
  }
  const addUnder = (place: number): void => {
    if (!speaksOfBefore(statements[place] as Statement)) return
    add((unders[place] as Under).base)
    add((unders[place] as Under).value)
  }
  for (const place of kept) if (place <= from) addUnder(place)
  const { standing, base, value, status } = unders[from] as Under
  const first = statements[from] as Statement
  if (
    speaksOfBefore(first) ||
    (standing !== null && ruleOf(first.code).not.includes(standing.status))
  )
    for (const place of [base, value, status]) add(place)
  return found
}
