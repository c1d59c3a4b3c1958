import type { Entry, Origin } from '@tideway/schemas/documents/entry'
import { hasTime, instantOf } from '@tideway/time/iso-time'
import { sentAtOf } from './version.ts'

/** Clocks differ by minutes. */
const clockToleranceMs = 5 * 60_000
/** A mere day begins at its midnight UTC, which is after that of zones ahead of it. */
const dayToleranceMs = 3 * 60 * 60_000

/**
 * Whether a clinical time lies after the message that states it, which then cannot know it: a
 * mistyped year, a wrong clock.
 *
 * @param at      as sent; null: no
 * @param madeAt  when the message was made, milliseconds since 1970 UTC
 * @param said    the same time, if already read
 */
export const isAfterMessage = (
  at: string | null,
  madeAt: number,
  said: number | null = instantOf(at),
): boolean => {
  if (at === null || said === null) return false
  return said > madeAt + (hasTime(at) ? clockToleranceMs : dayToleranceMs)
}

/** Kinds of entry about what is to come: a time after the message is what they are for. */
const planned: ReadonlySet<Entry['kind']> = new Set(['appointment'])

/**
 * When the newest message about an entry was made, if the clinical time lies after it; null if it
 * does not.
 *
 * @param origins  oldest first
 */
export const madeBefore = (
  kind: Entry['kind'],
  at: string | null,
  origins: readonly Pick<Origin, 'version'>[],
): number | null => {
  const newest = origins.at(-1)
  if (newest === undefined || at === null || planned.has(kind)) return null
  const madeAt = sentAtOf(newest.version)
  return isAfterMessage(at, madeAt) ? madeAt : null
}
