import { isOfSegment } from '../full-state.ts'
import {
  fits,
  identityIn,
  type KeyedStatement,
  named,
  type SameObservation,
  states,
  timeOf,
} from './keyed-statement.ts'
import { isRecoded } from './recoded.ts'
import { agree, sameName } from './same-resource.ts'

const sameNumber = ({ told }: KeyedStatement, { statements }: SameObservation): boolean =>
  told.observationId !== null &&
  statements.some((one) => one.told.observationId === told.observationId)

const sameValue = ({ told }: KeyedStatement, { statements }: SameObservation): boolean =>
  told.value !== null && statements.some((one) => one.told.value === told.value)

/** A correction has another value than what it corrects: its value says nothing of which it is. */
const changesValue: ReadonlySet<string | null> = new Set(['corrected', 'amended', 'appended'])

const agrees = ({ told }: KeyedStatement, { statements }: SameObservation): boolean =>
  isOfSegment(told) || statements.every((one) => isOfSegment(one.told) || agree(told, one.told))

type Match = (statement: KeyedStatement, group: SameObservation) => boolean

/**
 * Assigns each statement that one group alone matches, if no other statement does.
 *
 * @returns the statements and groups left
 */
const assignUnique = (
  statements: readonly KeyedStatement[],
  groups: readonly SameObservation[],
  match: Match,
  assigned: Map<KeyedStatement, SameObservation>,
): [KeyedStatement[], SameObservation[]] => {
  const taken = new Set<SameObservation>()
  for (const statement of statements) {
    const [group, ...others] = groups.filter((one) => match(statement, one))
    if (group === undefined || others.length > 0) continue
    if (statements.filter((one) => match(one, group)).length > 1) continue
    assigned.set(statement, group)
    taken.add(group)
  }
  return [statements.filter((one) => !assigned.has(one)), groups.filter((one) => !taken.has(one))]
}

/**
 * Which of the groups the statements of one message with the same time are about: those that only
 * one fits, by number (OBX-21) or value; of HL7 v2, where as many are stated as there are, in their
 * order; of FHIR, where the order says nothing, the only one left. The rest stand beside them.
 */
const assignEqual = (
  statements: readonly KeyedStatement[],
  groups: readonly SameObservation[],
  assigned: Map<KeyedStatement, SameObservation>,
): void => {
  const isWhole = statements.length === groups.length
  const byValue: Match = (statement, group) =>
    (isWhole || !changesValue.has(statement.told.status)) && sameValue(statement, group)
  let [left, open]: [readonly KeyedStatement[], readonly SameObservation[]] = [statements, groups]
  for (const match of [sameNumber, byValue])
    [left, open] = assignUnique(
      left,
      open,
      (statement, group) => match(statement, group) && agrees(statement, group),
      assigned,
    )
  if (!left.every(({ told }) => isOfSegment(told))) void assignUnique(left, open, agrees, assigned)
  else if (left.length === open.length)
    for (const [index, statement] of left.entries())
      assigned.set(statement, open[index] as SameObservation)
}

const isNamed = ({ told }: KeyedStatement, { statements }: SameObservation): boolean =>
  statements.some((one) => sameName(told, one.told))

/** Of statements with one code: those with a time choose first, the rest is what is left. */
const assignByTime = (
  statements: readonly KeyedStatement[],
  groups: readonly SameObservation[],
  assigned: Map<KeyedStatement, SameObservation>,
): void => {
  const byTime = [...Map.groupBy(statements, timeOf)].toSorted(
    ([a], [b]) => Number(a === null) - Number(b === null),
  )
  for (const [time, equal] of byTime) {
    const taken = new Set(assigned.values())
    const fitting = groups.filter(
      (group) => !taken.has(group) && fits(equal[0] as KeyedStatement, group),
    )
    const timed = fitting.filter((group) => states(group, time))
    assignEqual(equal, timed.length > 0 ? timed : fitting, assigned)
  }
}

/** Those with another code than before: the one observation that names it, or that it names. */
const assignRecoded = (
  statements: readonly KeyedStatement[],
  groups: readonly SameObservation[],
  assigned: Map<KeyedStatement, SameObservation>,
): void => {
  const taken = new Set(assigned.values())
  void assignUnique(
    statements.filter((statement) => !assigned.has(statement)),
    groups.filter((group) => !taken.has(group)),
    (statement, group) =>
      fits(statement, group) &&
      agrees(statement, group) &&
      group.statements.some((one) => isRecoded(named(statement), named(one))),
    assigned,
  )
}

/**
 * Which of the observations known already each statement of one message is about: one of its code,
 * else the only one whose code its own replaces.
 */
export const matchStatements = (
  statements: readonly KeyedStatement[],
  groups: readonly SameObservation[],
): Map<KeyedStatement, SameObservation> => {
  const assigned = new Map<KeyedStatement, SameObservation>()
  for (const statement of statements) {
    const group = groups.find((one) => isNamed(statement, one))
    if (group !== undefined) assigned.set(statement, group)
  }
  const open = statements.filter((statement) => !assigned.has(statement))
  for (const [identity, some] of Map.groupBy(open, identityIn)) {
    const ofCode = groups.filter((group) =>
      group.statements.some((one) => identityIn(one) === identity),
    )
    assignByTime(some, ofCode, assigned)
  }
  assignRecoded(open, groups, assigned)
  return assigned
}
