import type { Movement, Stay } from '@tideway/schemas/documents/entry'
import { statedAtOf } from '@tideway/schemas/version'
import { dayOf, hasTime, instantOf, isLater } from '../clinical-time.ts'
import { byVersion } from '../facts.ts'
import { same } from '../same.ts'

/** Events that say where the patient is from then on. A09 and A10 are tracking moves; the location of A13 is the one after it. */
const moves = new Set(['PatientAdmitted', 'PatientTransferred', 'PatientClassChanged', 'PatientDeparted', 'PatientArrived', 'DischargeCancelled'])
/** Events that say where the patient is in passing; believed only when no move does. */
const mentions = new Set(['VisitUpdated', 'TransferCancelled', 'ArrivalCancelled', 'DepartureCancelled', 'PatientDischarged'])

type Placed = Movement & { time: number }

/** A move of which only the day is known comes right after what was said before it about that day, else at its midnight. */
const timeOf = (movement: Movement, all: readonly Movement[]): number => {
  const { at, version } = movement
  const time = instantOf(at)
  if (at === null || time === null) return statedAtOf(version)
  if (hasTime(at)) return time
  const sameDay = all.filter((other) => other.at !== null && hasTime(other.at) && dayOf(other.at) === at && byVersion(other, movement) < 0)
  return Math.max(time, ...sameDay.map((other) => instantOf(other.at) ?? time))
}

/** By clinical time, then version. */
const inClinicalOrder = (movements: readonly Movement[]): Placed[] =>
  movements.map((movement) => ({ ...movement, time: timeOf(movement, movements) })).toSorted((a, b) => a.time - b.time || byVersion(a, b))

const isRepeatOf = (a: Placed, b: Placed): boolean => a.time === b.time && same(a.location, b.location)

/** What takes back which move: A12 a transfer, A32 an arrival and A33 a departure by tracking. HL7 v2.5.1 chapter 3.3. */
const takesBack: Readonly<Record<string, string>> = { TransferCancelled: 'PatientTransferred', ArrivalCancelled: 'PatientArrived', DepartureCancelled: 'PatientDeparted' }

/** Each cancellation takes back the newest move of its kind that was told before it, is not after it, and still stands; with it its repetitions. */
const cancelledMoves = (placed: readonly Placed[]): ReadonlySet<Placed> => {
  const cancelled = new Set<Placed>()
  for (const cancel of placed.filter(({ event }) => takesBack[event] !== undefined).toSorted(byVersion)) {
    const moved = placed.filter(({ event }) => event === takesBack[cancel.event])
    const standing = moved.filter((move) => !cancelled.has(move) && byVersion(move, cancel) < 0 && !isLater(move.at, cancel.at))
    const last = standing.at(-1)
    if (last !== undefined) for (const move of standing) if (isRepeatOf(move, last)) cancelled.add(move)
  }
  return cancelled
}

const stayOf = ({ at, event, message, place }: Movement, location: Stay['location'], cancelled: boolean): Stay => ({ location, from: at, event, cancelled, message, place })

/** A repetition, or another event in the same place, is no new stay. */
const isNews = (stays: readonly Stay[], stay: Stay): boolean => {
  const before = stays.findLast(({ cancelled }) => cancelled === stay.cancelled)
  return before === undefined || !same(before.location, stay.location) || (stay.cancelled && before.from !== stay.from)
}

/**
 * Where the patient was, oldest first; what was taken back is marked.
 *
 * @param movements  everything told about one encounter, in version order
 * @param isCancelled  whether it was taken back with the admission
 */
export const locationHistory = (movements: readonly Movement[], isCancelled: (movement: Movement) => boolean): Stay[] => {
  const placed = inClinicalOrder(movements)
  const takenBack = cancelledMoves(placed)
  const stays: Stay[] = []
  for (const movement of placed) {
    if (!moves.has(movement.event) || movement.location === null) continue
    const stay = stayOf(movement, movement.location, takenBack.has(movement) || isCancelled(movement))
    if (isNews(stays, stay)) stays.push(stay)
  }
  if (stays.some(({ cancelled }) => !cancelled)) return stays
  const mention = movements.findLast(({ event, location }) => mentions.has(event) && location !== null)
  return mention?.location == null ? stays : [...stays, { ...stayOf(mention, mention.location, false), from: null }]
}
