import type { PatientEvent } from '@tideway/schemas/events.generated'
import { same } from '../entries/is-same.ts'
import { saysNothing } from '../entries/facts.ts'

/** Whether everything that one value says is said by the other too, at the same place. */
const holdsAll = (now: unknown, before: unknown): boolean => {
  if (saysNothing(before)) return true
  if (Array.isArray(before))
    return Array.isArray(now) && before.every((one, index) => holdsAll(now[index], one))
  if (typeof before !== 'object' || before instanceof Date || Buffer.isBuffer(before))
    return Buffer.isBuffer(before) && Buffer.isBuffer(now) ? before.equals(now) : same(now, before)
  if (typeof now !== 'object' || now === null) return false
  return Object.entries(before as object).every(([name, value]) =>
    holdsAll((now as Record<string, unknown>)[name], value),
  )
}

/** Whether two events are the same but for when they were received. */
export const isSameEvent = (a: PatientEvent, b: PatientEvent): boolean =>
  same({ ...a, receivedAt: 0 }, { ...b, receivedAt: 0 })

/**
 * Whether an event that takes the place of another says all that the other said, of the same thing,
 * at the same place and time. What the other said over is then said over still, and the new one can
 * be folded on top; otherwise what was said over must come back.
 */
export const saysNoLess = (now: PatientEvent, before: PatientEvent): boolean =>
  now.place === before.place &&
  now.sentAt === before.sentAt &&
  now.body.type === before.body.type &&
  holdsAll(now.body, before.body)
