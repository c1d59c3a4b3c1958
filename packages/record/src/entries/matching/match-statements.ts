import type { ObservationReported } from '@tideway/schemas/documents/entry'
import { isOfSegment } from '../full-state.ts'
import { timesAgree } from '../times-agree.ts'

/** A statement of a report about one of its observations, and the key that its message gave it. */
export type KeyedStatement = { sentKey: string; told: ObservationReported }

/** Statements about one observation, under the key it has in the report. */
export type SameObservation = { key: string; statements: KeyedStatement[] }

export const timeOf = ({ told }: KeyedStatement): string | null => told.observedAt

const fits = (statement: KeyedStatement, { statements }: SameObservation): boolean => {
  const time = timeOf(statement)
  return (
    time === null ||
    statements.every((one) => {
      const other = timeOf(one)
      return other === null || timesAgree(time, other)
    })
  )
}

const states = (group: SameObservation, time: string | null): boolean =>
  time !== null && group.statements.some((one) => timeOf(one) !== null)

const sameNumber = ({ told }: KeyedStatement, { statements }: SameObservation): boolean =>
  told.observationId !== null &&
  statements.some((one) => one.told.observationId === told.observationId)

const sameValue = ({ told }: KeyedStatement, { statements }: SameObservation): boolean =>
  told.value !== null && statements.some((one) => one.told.value === told.value)

/** A correction has another value than what it corrects: its value says nothing of which it is. */
const changesValue: ReadonlySet<string | null> = new Set(['corrected', 'amended', 'appended'])

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
 * one fits, by number (OBX-21) or value; where as many are stated as there are, in their order. The
 * rest stand beside them.
 */
const assignEqual = (
  statements: readonly KeyedStatement[],
  groups: readonly SameObservation[],
  assigned: Map<KeyedStatement, SameObservation>,
): void => {
  const isWhole = statements.length === groups.length
  const byValue: Match = (statement, group) =>
    (isWhole || !changesValue.has(statement.told.status)) && sameValue(statement, group)
  const [unnumbered, free] = assignUnique(statements, groups, sameNumber, assigned)
  const [left, open] = assignUnique(unnumbered, free, byValue, assigned)
  if (left.length !== open.length) return
  for (const [index, statement] of left.entries())
    assigned.set(statement, open[index] as SameObservation)
}

/** Which of the observations known already each statement of one message is about. */
export const matchStatements = (
  statements: readonly KeyedStatement[],
  groups: readonly SameObservation[],
): Map<KeyedStatement, SameObservation> => {
  const assigned = new Map<KeyedStatement, SameObservation>()
  // A resource of FHIR is matched by its own id, see `match-observation.ts`.
  for (const statement of statements.filter(({ told }) => !isOfSegment(told))) {
    const group = groups.find(({ key }) => key === statement.sentKey)
    if (group !== undefined) assigned.set(statement, group)
  }
  const open = statements.filter(({ told }) => isOfSegment(told))
  // Those with a time choose first: what is left is what those without one can be about.
  const byTime = [...Map.groupBy(open, timeOf)].toSorted(
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
  return assigned
}
