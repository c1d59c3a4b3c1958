import type { ObservationReported } from '@tideway/schemas/documents/entry'
import { instantOf } from '@tideway/time/iso-time'
import { byVersion } from './facts.ts'
import { isOfSegment } from './full-state.ts'

/** A statement of a report about one of its observations, and the key that its message gave it. */
export type KeyedStatement = { sentKey: string; told: ObservationReported }

/** Statements about one observation, under the key it has in the report. */
export type SameObservation = { key: string; statements: KeyedStatement[] }

/**
 * A monitor may report a series for a year under one order: of one code and sub-identifier this
 * many observations are kept, the newest.
 */
const seriesKept = 100

/** What the key of an observation says besides its number in the message: code and sub-identifier. */
export const identityOf = (key: string): string => key.replace(/\|\d+(@.*)?$/, '')

const minuteMs = 60_000

/**
 * Whether two times can be the same: the same instant to the coarser of the two precisions. A day
 * is compared as it was sent.
 *
 * @param a  ISO 8601 at the precision sent
 */
export const timesAgree = (a: string, b: string): boolean => {
  if (a === b) return true
  const day = Math.min(a.length, b.length, 10)
  if (!a.includes('T') || !b.includes('T')) return a.slice(0, day) === b.slice(0, day)
  const [one, other] = [instantOf(a), instantOf(b)]
  if (one === null || other === null) return false
  const unit = hasSeconds(a) && hasSeconds(b) ? 1000 : minuteMs
  return Math.floor(one / unit) === Math.floor(other / unit)
}

const hasSeconds = (time: string): boolean => /T\d\d:\d\d:\d\d/.test(time)

const timeOf = ({ told }: KeyedStatement): string | null => told.observedAt
const sentPart = (version: string): string => version.slice(version.indexOf('.') + 1)

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

const matchMessage = (
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

const newKey = ({ sentKey, told }: KeyedStatement, taken: ReadonlySet<string>): string => {
  if (!taken.has(sentKey)) return sentKey
  const named = told.observedAt === null ? null : `${sentKey}@${told.observedAt}`
  if (named !== null && !taken.has(named)) return named
  const identity = identityOf(sentKey)
  for (let number = 2; ; number++)
    if (!taken.has(`${identity}|${number}`)) return `${identity}|${number}`
}

const newestTime = ({ statements }: SameObservation): number =>
  Math.max(...statements.map((one) => instantOf(timeOf(one)) ?? Number.NEGATIVE_INFINITY))

/** The newest of a series; what has no time is kept before what has one. */
const newestOfSeries = (groups: readonly SameObservation[]): SameObservation[] => {
  if (groups.length <= seriesKept) return [...groups]
  const timed = groups
    .filter((group) => Number.isFinite(newestTime(group)))
    .toSorted((a, b) => newestTime(a) - newestTime(b))
  const dropped = new Set(timed.slice(0, Math.max(0, groups.length - seriesKept)))
  return groups.filter((group) => !dropped.has(group))
}

/**
 * The observations of one code and sub-identifier in a report, of everything the report's messages
 * stated. A message states each of its observations once, so what it repeats are several.
 *
 * A statement is about an observation known already only if its time (OBX-14) agrees and no other
 * fits; else it stands beside it. A correction with the time of its result, or none, meets it;
 * another value of a series never replaces the one before.
 *
 * The messages are taken in the order they were sent, whatever order they arrived in.
 */
export const sameObservations = (all: readonly KeyedStatement[]): SameObservation[] => {
  if (
    all.every(
      ({ sentKey, told }) =>
        sentKey === all[0]?.sentKey && (told.observedAt === null || !isOfSegment(told)),
    )
  )
    return all.length === 0 ? [] : [{ key: all[0]?.sentKey as string, statements: [...all] }]
  const messages = [...Map.groupBy(all, ({ told }) => told.message).values()].toSorted((a, b) => {
    const [one, other] = [a, b].map((statements) => (statements[0] as KeyedStatement).told)
    const [x, y] = [one, other].map((told) => sentPart(told?.version ?? ''))
    if (x !== y) return (x ?? '') < (y ?? '') ? -1 : 1
    return (one?.message ?? '') < (other?.message ?? '') ? -1 : 1
  })
  const groups: SameObservation[] = []
  for (const unsorted of messages) {
    const statements = unsorted.toSorted(
      (a, b) => a.sentKey.length - b.sentKey.length || (a.sentKey < b.sentKey ? -1 : 1),
    )
    const assigned = matchMessage(statements, groups)
    const taken = new Set(groups.map(({ key }) => key))
    for (const statement of statements) {
      const group = assigned.get(statement)
      if (group === undefined) {
        const key = newKey(statement, taken)
        taken.add(key)
        groups.push({ key, statements: [statement] })
      } else group.statements.push(statement)
    }
  }
  for (const { statements } of groups) statements.sort((a, b) => byVersion(a.told, b.told))
  return newestOfSeries(groups)
}
