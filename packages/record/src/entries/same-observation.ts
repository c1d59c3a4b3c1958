import { instantOf } from '@tideway/time/iso-time'
import { byVersion } from './facts.ts'
import { isOfSegment } from './full-state.ts'
import { type KeyedStatement, type SameObservation, timeOf } from './matching/keyed-statement.ts'
import { matchStatements } from './matching/match-statements.ts'
import { identityOf } from './matching/recoded.ts'
import { sameName } from './matching/same-resource.ts'

/**
 * A monitor may report a series for a year under one order: of one code and sub-identifier this
 * many observations are kept, the newest.
 */
const seriesKept = 100

/** When a message was sent and received, of a statement's version. */
export const sentPart = (version: string): string => version.slice(version.indexOf('.') + 1)

const byToldVersion = (a: KeyedStatement, b: KeyedStatement): number => byVersion(a.told, b.told)

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

/** Whether nothing that either states can tell them apart. */
const isPlainlySame = (one: KeyedStatement, first: KeyedStatement): boolean => {
  if (one.sentKey !== first.sentKey || isOfSegment(one.told) !== isOfSegment(first.told))
    return false
  return isOfSegment(one.told)
    ? one.told.observedAt === null
    : one === first || sameName(one.told, first.told)
}

/**
 * The observations of one code and sub-identifier in a report, and of codes that stand for it, of
 * everything the report's messages stated. A message states each of its observations once, so what
 * it repeats are several.
 *
 * A statement is about an observation known already only if its time (OBX-14, FHIR effective)
 * agrees and no other fits; a resource of FHIR by its identifier or id first, never by its place in
 * the report. Else it stands beside it. A correction with the time of its result, or none, meets
 * it; another value of a series never replaces the one before.
 *
 * The messages are taken in the order they were sent, whatever order they arrived in.
 */
export const sameObservations = (all: readonly KeyedStatement[]): SameObservation[] => {
  const [first] = all
  if (first === undefined) return []
  if (all.every((one) => isPlainlySame(one, first)))
    return [{ key: first.sentKey, statements: all.toSorted(byToldVersion) }]
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
    const assigned = matchStatements(statements, groups)
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
  for (const { statements } of groups) statements.sort(byToldVersion)
  return newestOfSeries(groups)
}
