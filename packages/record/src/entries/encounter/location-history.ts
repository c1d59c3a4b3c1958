import type { Movement, Stay } from '@tideway/schemas/documents/entry'
import type { Location } from '@tideway/schemas/events.generated'
import { sentAtOf } from '../version.ts'
import { dayOf, hasTime, instantOf, isLater } from '@tideway/time/iso-time'
import { isAfterMessage } from '../believed-time.ts'
import { byVersion } from '../facts.ts'
import { eitherHourOf } from '../repeated-hour.ts'
import { same } from '../is-same.ts'
import { isOfResource } from '../full-state.ts'

/**
 * Events that say where the patient is from then on. A09 and A10 are tracking moves; the location
 * of A13 is the one after it.
 */
const moves = new Set([
  'PatientAdmitted',
  'PatientTransferred',
  'PatientClassChanged',
  'PatientDeparted',
  'PatientArrived',
  'DischargeCancelled',
])
/** Events that say where the patient is in passing; believed only when no move does. */
const mentions = new Set([
  'VisitUpdated',
  'TransferCancelled',
  'ArrivalCancelled',
  'DepartureCancelled',
  'PatientDischarged',
])

type Placed = Movement & { time: number }

/**
 * A move of which only the day is known comes right after what was said before it about that day,
 * else at its midnight. One in the hour that comes twice never comes before what was said before it
 * about that hour, and none comes after the message that tells it.
 *
 * @param latest  the latest time said so far of each day and repeated hour; this one is added
 */
const timeOf = (movement: Movement, latest: Map<string, number>): number => {
  const { at, version } = movement
  const said = instantOf(at)
  const madeAt = sentAtOf(version)
  if (at === null || said === null || isAfterMessage(at, madeAt, said)) return madeAt
  const day = dayOf(at)
  if (!hasTime(at)) return Math.max(said, latest.get(day) ?? said)
  const hour = isOfResource(movement) ? null : eitherHourOf(at)
  const time = hour === null ? said : Math.max(said, latest.get(hour) ?? said)
  if (hour !== null) latest.set(hour, time)
  latest.set(day, Math.max(time, latest.get(day) ?? time))
  return time
}

/** By clinical time, then version. @param movements  in version order */
const inClinicalOrder = (movements: readonly Movement[]): Placed[] => {
  const latest = new Map<string, number>()
  return movements
    .map((movement) => ({ ...movement, time: timeOf(movement, latest) }))
    .toSorted((a, b) => a.time - b.time || byVersion(a, b))
}

const isRepeatOf = (a: Placed, b: Placed): boolean =>
  a.time === b.time && same(a.location, b.location)

/**
 * What takes back which move: A12 a transfer, A32 an arrival and A33 a departure by tracking. HL7
 * v2.5.1 chapter 3.3.
 */
const takesBack: Readonly<Record<string, string>> = {
  TransferCancelled: 'PatientTransferred',
  ArrivalCancelled: 'PatientArrived',
  DepartureCancelled: 'PatientDeparted',
}

/**
 * Each cancellation takes back the newest move of its kind that was told before it, is not after
 * it, and still stands; with it its repetitions.
 */
const cancelledMoves = (placed: readonly Placed[]): ReadonlySet<Placed> => {
  const cancelled = new Set<Placed>()
  for (const cancel of placed
    .filter(({ event }) => takesBack[event] !== undefined)
    .toSorted(byVersion)) {
    const moved = placed.filter(({ event }) => event === takesBack[cancel.event])
    const standing = moved.filter(
      (move) =>
        !cancelled.has(move) &&
        byVersion(move, cancel) < 0 &&
        !(isLater(move.at, cancel.at) && move.time > cancel.time),
    )
    const last = standing.at(-1)
    if (last !== undefined)
      for (const move of standing) if (isRepeatOf(move, last)) cancelled.add(move)
  }
  return cancelled
}

const stayOf = (
  { at, event, message, place }: Movement,
  location: Stay['location'],
  cancelled: boolean,
): Stay => ({ location, from: at, event, cancelled, message, place })

/**
 * Where a version of unknown status says that the patient is, told after every move and by whoever
 * told them.
 */
const isNewestWord = (mention: Movement, moved: readonly Movement[]): boolean =>
  isOfResource(mention) &&
  moved.every((move) => move.source === mention.source && byVersion(move, mention) < 0)

/** A repetition, or another event in the same place, is no new stay. */
const isNews = (stays: readonly Stay[], stay: Stay): boolean => {
  const before = stays.findLast(({ cancelled }) => cancelled === stay.cancelled)
  return (
    before === undefined ||
    !same(before.location, stay.location) ||
    (stay.cancelled && before.from !== stay.from)
  )
}

/**
 * Where the patient was, oldest first; what was taken back is marked.
 *
 * @param movements  everything told about one encounter, in version order
 * @param isCancelled  whether it was taken back with the admission
 */
export const locationHistory = (
  movements: readonly Movement[],
  isCancelled: (movement: Movement) => boolean,
): Stay[] => {
  const placed = inClinicalOrder(movements)
  const takenBack = cancelledMoves(placed)
  const stays: Stay[] = []
  const moved = placed.filter(({ event, location }) => moves.has(event) && location !== null)
  for (const movement of moved) {
    const stay = stayOf(
      movement,
      movement.location as Location,
      takenBack.has(movement) || isCancelled(movement),
    )
    if (isNews(stays, stay)) stays.push(stay)
  }
  const mention = movements.findLast(
    ({ event, location }) => mentions.has(event) && location !== null,
  )
  if (mention?.location == null) return stays
  const standing = stays.filter(({ cancelled }) => !cancelled)
  const counts =
    standing.length === 0 ||
    (mention.event === 'VisitUpdated' &&
      isNewestWord(mention, moved) &&
      !same(standing.at(-1)?.location, mention.location))
  return counts ? [...stays, { ...stayOf(mention, mention.location, false), from: null }] : stays
}
