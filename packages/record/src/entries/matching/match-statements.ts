import type { ObservationReported } from '@tideway/schemas/documents/entry'
import { codeName } from '../../keys/business-key.ts'
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

/** The same resource, and the same part of it: by its identifier, else its id. */
export const sameName = (a: ObservationReported, b: ObservationReported): boolean =>
  a.ownReportId !== null && a.ownReportId === b.ownReportId && a.ownKey === b.ownKey

/** A UUID may be made for one message (`Bundle.entry.fullUrl`): another is no other resource. */
const isOfMessage = (name: string): boolean =>
  /\/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(name)

/** What tells observations of one code apart, and is rarely corrected. */
const traitsOf = ({ bodySite, method, device }: ObservationReported): (string | null)[] => [
  codeName(bodySite),
  codeName(method),
  device,
]

/** Whether two statements can be about one resource: all that both state of it agrees. */
const agree = (a: ObservationReported, b: ObservationReported): boolean => {
  const names = [a.ownReportId, b.ownReportId].filter((name) => name !== null)
  if (names.length === 2 && names[0] !== names[1] && !names.every(isOfMessage)) return false
  const other = traitsOf(b)
  return traitsOf(a).every((trait, index) => {
    const same = other[index]
    return trait === null || same == null || trait === same
  })
}

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

/** Which of the observations known already each statement of one message is about. */
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
