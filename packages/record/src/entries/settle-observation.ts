import type { ObservationStatus } from '@tideway/schemas/documents/entry'
import {
  isRetraction,
  isWithdrawnStatus,
  type NeutralObservationStatus,
} from '../status/observation-status.ts'

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

/** What each status makes of an observation. A new status without a row does not compile. */
const rules: Record<NeutralObservationStatus, Rule> = {
  registered: says('registered', 'none', false, settled),
  'results-pending': says('registered', 'none', false, settled),
  preliminary: says('preliminary', 'own', false, settled),
  unverified: says('preliminary', 'own', false, settled),
  partial: says('preliminary', 'own', false, settled),
  final: says('final', 'own'),
  'made-final': says('final', 'before-or-own', true, settled),
  verified: says('verified', 'own-or-before', true),
  amended: says('amended', 'own-or-before', true),
  appended: says('amended', 'before-or-own', true),
  corrected: says('corrected', 'own'), // the old value stays in `reported`
  cancelled: says('cancelled', 'none'),
  'not-asked': says('not-asked', 'none'),
  'entered-in-error': says('entered-in-error', 'none'),
  'wrong-patient': says('wrong-patient', 'none'),
  unknown: says('unknown', 'own'),
}
/** The same where the whole observation was stated: what it does not say does not stand. */
const wholeRules = Object.fromEntries(
  Object.entries(rules).map(([status, rule]) => [
    status,
    rule.aboutBefore ? says(rule.status, 'own', false, []) : rule,
  ]),
) as typeof rules

const ruleOf = ({ status, isWhole }: StatusStatement): Rule => {
  const table: Readonly<Record<string, Rule>> = isWhole === true ? wholeRules : rules
  return (status !== null && Object.hasOwn(table, status) && table[status]) || rules.unknown
}

export type Settled = { status: ObservationStatus; valueFrom: number | null }

const after = (before: Settled | null, statement: StatusStatement, own: number | null): Settled => {
  const rule = ruleOf(statement)
  if (before !== null && before.valueFrom !== null && rule.not.includes(before.status))
    return before
  // That its report was cancelled says less of a value than that it is another patient's.
  if (before !== null && statement.ofReport === true && isRetraction(before.status)) return before
  const standing = before?.valueFrom ?? null
  if (before !== null && rule.aboutBefore && own === null && isWithdrawnStatus(before.status))
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

/** What one message reported of an observation. */
export type StatusStatement = {
  /** Neutral, see ObservationV2; null if none was sent. */
  status: string | null
  hasValue: boolean
  /** It states the whole observation, as a FHIR resource does. */
  isWhole?: boolean
  /** The report as a whole was retracted; it does not name the observation. */
  ofReport?: true
  /** It only refers to the observation: status and value stay. */
  isReference?: true
}

const next = (before: Settled | null, statement: StatusStatement, index: number): Settled | null =>
  statement.isReference === true
    ? before
    : after(before, statement, statement.hasValue ? index : null)

/**
 * Status and value of an observation from everything reported about it.
 *
 * @param statements  in version order
 * @returns `valueFrom` is the place in `statements` of the value to show
 * @see HL7 v2.9 table 0085
 */
export const settleObservation = (statements: readonly StatusStatement[]): Settled =>
  statements.reduce<Settled | null>(next, null) ?? { status: 'unknown', valueFrom: null }

/**
 * What a statement decides, of all that say the same the newest. One that is not final yet decides
 * only where it is the newest of all, or where another speaks of its value, see `restsOn`: an older
 * one left standing alone would seem to be what a late U makes final.
 */
export const decidingWords = (statement: StatusStatement): string[] => {
  const rule = ruleOf(statement)
  const word = statement.status ?? ''
  return rule.not.length > 0 && !rule.aboutBefore
    ? []
    : [word, ...(statement.hasValue ? [`${word} with a value`] : [])]
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

const underEach = (statements: readonly StatusStatement[], until: number): Under[] => {
  let under: Under = { standing: null, base: null, value: null, status: null }
  const all = [under]
  for (const [index, statement] of statements.slice(0, until).entries()) {
    const { standing } = under
    const now = next(standing, statement, index)
    const { aboutBefore } = ruleOf(statement)
    if (now !== null && now !== standing)
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
const speaksOfBefore = (statement: StatusStatement): boolean => {
  const { aboutBefore, shows } = ruleOf(statement)
  return aboutBefore && (!statement.hasValue || shows === 'before-or-own')
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
  statements: readonly StatusStatement[],
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
    if (!speaksOfBefore(statements[place] as StatusStatement)) return
    add((unders[place] as Under).base)
    add((unders[place] as Under).value)
  }
  for (const place of kept) if (place <= from) addUnder(place)
  const { standing, base, value, status } = unders[from] as Under
  const first = statements[from] as StatusStatement
  if (speaksOfBefore(first) || (standing !== null && ruleOf(first).not.includes(standing.status)))
    for (const place of [base, value, status]) add(place)
  return found
}
