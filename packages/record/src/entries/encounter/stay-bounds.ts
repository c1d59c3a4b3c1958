import type { Movement } from '@tideway/schemas/documents/entry'
import { instantOf, isLater } from '@tideway/time/iso-time'
import { byVersion } from '../facts.ts'
import { isOfResource } from '../full-state.ts'
import { sentAtOf } from '../version.ts'
import type { VisitFacts } from './encounter.ts'
import { believedAt } from './told-times.ts'
import { admittedIn, type FactOfStay, isPlan } from './told-of-stay.ts'

/** A time at which a stay is known to have begun: an admission time, or when one was planned. */
export type Mark = { at: string; time: number; kind: 'stated' | 'admission' | 'plan' | 'end' }

/** A discharge that was not taken back. */
export type End = { at: string; time: number; sent: number; admitted: number | null }

const atInstant = (milliseconds: number): string => new Date(milliseconds).toISOString()

/**
 * Admission times are those that the patient's own organisation states, and those of admissions and
 * discharges. A stay that is planned is known from when that was told.
 */
const markOf = (fact: FactOfStay, owner: string): Mark | null => {
  if (isPlan(fact)) {
    const time = sentAtOf(fact.version)
    return { at: atInstant(time), time, kind: 'plan' }
  }
  const at = admittedIn(fact)
  const time = instantOf(at)
  const isAdmission = fact.event === 'PatientAdmitted'
  const isTold = isAdmission || fact.event === 'PatientDischarged' || fact.source === owner
  if (at === null || time === null || !isTold) return null
  return { at, time, kind: isAdmission ? 'admission' : 'stated' }
}

const ranks = ['end', 'plan', 'stated', 'admission'] as const

const isStronger = (a: Mark, b: Mark): boolean => ranks.indexOf(a.kind) > ranks.indexOf(b.kind)
const byPrecision = (a: string, b: string): number => b.length - a.length || (a < b ? -1 : 1)

/** Of two that are one instant the stronger kind, and the more precise time. */
const both = (a: Mark, b: Mark): Mark => ({
  ...(isStronger(a, b) ? a : b),
  at: [a.at, b.at].toSorted(byPrecision)[0] as string,
})

/** Each time once, oldest first. */
export const marksIn = ({ movements, details }: VisitFacts, owner: string): Mark[] => {
  const marks = new Map<number, Mark>()
  for (const fact of [...movements, ...details] as FactOfStay[]) {
    const mark = markOf(fact, owner)
    if (mark === null) continue
    const known = marks.get(mark.time)
    marks.set(mark.time, known === undefined ? mark : both(known, mark))
  }
  return [...marks.values()].toSorted((a, b) => a.time - b.time)
}

/** Whether a newer version of a resource says otherwise of the same stay. */
const isReplaced = (movement: Movement, movements: readonly Movement[]): boolean =>
  isOfResource(movement) &&
  movements.some(
    (other) =>
      isOfResource(other) &&
      other.source === movement.source &&
      other.message !== movement.message &&
      admittedIn(other) === admittedIn(movement) &&
      byVersion(other, movement) > 0,
  )

/** A mistyped year never hides what happens later. */
const endOf = (movement: Movement): End | null => {
  const at = believedAt(movement)
  const time = instantOf(at)
  const admitted = admittedIn(movement)
  if (at === null || time === null || isLater(admitted, at)) return null
  return {
    at,
    time,
    sent: sentAtOf(movement.version),
    admitted: instantOf(admitted),
  }
}

/**
 * Discharges that end a stay. One that was taken back (A13) does not, unless the patient had been
 * admitted again by then: it then reopens the earlier stay, which stays another one.
 *
 * @param movements  of every stay with the number, in version order
 */
export const endsIn = (movements: readonly Movement[]): End[] => {
  let standing: { end: End; isFollowed: boolean }[] = []
  for (const movement of movements) {
    if (movement.event === 'PatientDischarged' && !isReplaced(movement, movements)) {
      const end = endOf(movement)
      if (end !== null) standing.push({ end, isFollowed: false })
    } else if (movement.event === 'PatientAdmitted') {
      for (const one of standing) one.isFollowed ||= isLater(admittedIn(movement), one.end.at)
    } else if (movement.event === 'DischargeCancelled')
      standing = standing.filter(
        ({ end, isFollowed }) => isFollowed || isLater(admittedIn(movement), end.at),
      )
  }
  return standing.map(({ end }) => end)
}
