import type { Encounter, Origin } from '@tideway/schemas/documents/entry'
import { hasTime, instantOf, isLater } from '@tideway/time/iso-time'
import { isAfterMessage } from '../believed-time.ts'
import { byVersion, distinct } from '../facts.ts'
import { sentAtOf } from '../version.ts'
import { encounterOf, type VisitFacts, withTold } from './encounter.ts'
import type { EncounterEvent } from './encounter-event.ts'
import { type End, endsIn, type Mark, marksIn } from './stay-bounds.ts'
import { admittedIn, type FactOfStay, happenedIn, toldOfStay } from './told-of-stay.ts'

const dayMs = 86_400_000
/** An admission this long after the last known is another stay, though no discharge was told. */
const forgottenMs = 92 * dayMs

/** One stay: the times it is known by, oldest first. */
type Bounds = { marks: Mark[] }

const isFrom = (end: End, { marks }: Bounds): boolean =>
  end.admitted === null
    ? marks.some(({ at }) => !isLater(at, end.at))
    : marks.some(({ time }) => time === end.admitted)

/** An admission at the very time of a discharge follows it, if that says whose it is. */
const isAfter = (mark: Mark, end: End): boolean =>
  isLater(mark.at, end.at) ||
  (mark.kind === 'admission' &&
    mark.time === end.time &&
    end.admitted !== null &&
    end.admitted < end.time)

const separates = (current: Bounds, mark: Mark, ends: readonly End[]): boolean => {
  const last = current.marks.at(-1) as Mark
  return (
    ends.some(
      (end) =>
        isAfter(mark, end) &&
        isFrom(end, current) &&
        (mark.kind !== 'plan' || mark.time > end.sent),
    ) ||
    (mark.kind === 'admission' && last.kind !== 'plan' && mark.time - last.time > forgottenMs)
  )
}

/** Discharges of a stay of which nothing else is known: told before the next one began. */
const orphans = (marks: readonly Mark[], ends: readonly End[]): Mark[] =>
  ends.flatMap(({ at, time, sent }) => {
    const next = marks.find((mark) => isLater(mark.at, at))
    const isKnown = marks.some((mark) => !isLater(mark.at, at))
    return isKnown || next === undefined || sent >= next.time
      ? []
      : [{ at, time, kind: 'end' as const }]
  })

/**
 * The stays of one visit number. A new one begins with an admission time after a discharge that
 * stands, however close, or with an admission months after the last.
 */
const boundsOf = (facts: VisitFacts, owner: string): Bounds[] => {
  const ends = endsIn(facts.movements)
  const marks = marksIn(facts, owner)
  const stays: Bounds[] = []
  for (const mark of [...marks, ...orphans(marks, ends)].toSorted((a, b) => a.time - b.time)) {
    const current = stays.at(-1)
    if (current === undefined || separates(current, mark, ends)) stays.push({ marks: [mark] })
    else current.marks.push(mark)
  }
  return stays
}

/**
 * Where a fact stands in time: one of a mere day where it was told, if that was on that day, and
 * one after its own message where that was told.
 */
const timeOf = (happened: string | null, sent: number): number => {
  const time = instantOf(happened)
  if (happened === null || time === null || isAfterMessage(happened, sent)) return sent
  return hasTime(happened) ? time : Math.max(time, Math.min(sent, time + dayMs - 1))
}

/**
 * Which stay a fact is about: the one with its admission time, else the newest that had begun when
 * it happened.
 */
const stayOf = (fact: FactOfStay, stays: readonly Bounds[]): number => {
  const admitted = instantOf(admittedIn(fact))
  if (admitted !== null) {
    const stated = stays.findIndex(({ marks }) => marks.some(({ time }) => time === admitted))
    if (stated >= 0) return stated
  }
  const time = admitted ?? timeOf(happenedIn(fact), sentAtOf(fact.version))
  return Math.max(
    0,
    stays.findLastIndex(({ marks }) => (marks[0] as Mark).time <= time),
  )
}

/** When an event takes its place among the stays of its number, milliseconds. */
export const positionOf = (event: EncounterEvent, stated: Origin): number => {
  const { admitted, happened } = toldOfStay(event)
  return instantOf(admitted ?? null) ?? timeOf(happened ?? null, sentAtOf(stated.version))
}

const together = (encounters: readonly Encounter[]): VisitFacts => ({
  movements: distinct(encounters.flatMap(({ movements }) => movements)).toSorted(byVersion),
  details: distinct(encounters.flatMap(({ details }) => details)),
  doctors: distinct(encounters.flatMap(({ doctors }) => doctors)).toSorted(byVersion),
})

/** What one event makes of the stays of one visit number. */
export type Stays = { generations: { from: string; data: Encounter }[]; of: number }

/**
 * Stays of one visit number after one event. Pure, and independent of the order of events: which
 * stay each fact is about follows from all facts.
 *
 * @param before  stays next to each other in time
 * @returns oldest first, and which of them the event is about; null if the one known is all
 */
export const evolveStays = (
  before: readonly Encounter[],
  event: EncounterEvent,
  stated: Origin,
  owner: string,
): Stays | null => {
  const facts = withTold(together(before), event, stated, owner)
  const stays = boundsOf(facts, owner)
  if (stays.length <= 1) {
    if (before.length === 1) return null
    const from = stays[0]?.marks[0]?.at ?? ''
    return { generations: [{ from, data: encounterOf(event.encounterId, facts, owner) }], of: 0 }
  }
  const placed = <Fact extends FactOfStay>(all: readonly Fact[]) =>
    Map.groupBy(all, (fact) => stayOf(fact, stays))
  const [movements, details, doctors] = [
    placed(facts.movements),
    placed(facts.details),
    placed(facts.doctors),
  ]
  const own = { ...stated, ...toldOfStay(event), event: event.type, at: event.at }
  return {
    generations: stays.map(({ marks }, index) => ({
      from: (marks[0] as Mark).at,
      data: encounterOf(
        event.encounterId,
        {
          movements: movements.get(index) ?? [],
          details: details.get(index) ?? [],
          doctors: doctors.get(index) ?? [],
        },
        owner,
      ),
    })),
    of: stayOf(own, stays),
  }
}

/**
 * Whether an event is surely about the one stay known: no discharge ends it, and no admission time
 * is long before or after another.
 */
export const isOneStay = (before: Encounter, event: EncounterEvent): boolean => {
  if (event.type === 'PatientDischarged') return false
  if (before.movements.some(({ event: known }) => known === 'PatientDischarged')) return false
  const admitted = instantOf(toldOfStay(event).admitted ?? null)
  if (admitted === null) return true
  const isNear = (fact: FactOfStay): boolean =>
    Math.abs((instantOf(admittedIn(fact)) ?? admitted) - admitted) <= forgottenMs
  return before.movements.every(isNear) && before.details.every(isNear)
}
