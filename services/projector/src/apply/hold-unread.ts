import type { Store } from '../store/store.ts'
import { type Announcement, announcementOf } from './announce.ts'
import type { Arrival } from './arrival.ts'
import { heldEventOf, type Projected } from './project.ts'
import { unchanged } from './unchanged.ts'

const code = 'UNEXPECTED'

type HoldPorts = {
  store: Pick<Store, 'hold' | 'markIncomplete'>
  publish: (announcements: readonly Announcement[]) => Promise<void>
  now: () => number
}

/** What is saved of events that are held: no document of the patient is read or changed. */
const heldAlone = (
  partition: number,
  arrivals: readonly Arrival[],
  cause: unknown,
  now: Date,
): Projected[] => {
  const held = arrivals
    .filter(({ event }) => event?.body.type !== 'HeldEventsReleased')
    .map((arrival) => ({ arrival, code, cause }) as const)
  const [first] = held
  if (first === undefined) return []
  const { patient, offset } = first.arrival
  const none = unchanged(patient)
  return [
    {
      ...none,
      hold: held.map((each) => heldEventOf(patient, partition, now, each)),
      result: { ...none.result, held, holding: { since: now, code, offset } },
    },
  ]
}

/**
 * Holds events of a patient whose documents cannot be read, and marks the patient as incomplete. A
 * release of held events is left out: every start of the projector asks for it again.
 */
export const holdUnread = async (
  partition: number,
  arrivals: readonly Arrival[],
  cause: unknown,
  { store, publish, now }: HoldPorts,
): Promise<readonly Projected[]> => {
  const held = heldAlone(partition, arrivals, cause, new Date(now()))
  for (const { patient, hold, result } of held) {
    await store.hold(hold)
    if (result.holding !== null) await store.markIncomplete(patient, result.holding)
  }
  await publish(held.map((each) => announcementOf(each, false, now() * 1000)))
  return held
}
