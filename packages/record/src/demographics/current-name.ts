import type { PersonName } from '@tideway/schemas/events.generated'

/** Ranks of a name by its type, in any case. @see HL7 v2.9 table 0200; FHIR R4 NameUse */
const table: Readonly<Record<string, number>> = {
  L: 0,
  official: 0,
  C: 1,
  usual: 1,
  D: 1,
  M: 5,
  maiden: 5,
  B: 5,
  BAD: 8,
  A: 4,
  N: 4,
  nickname: 4,
  P: 4,
  T: 4,
  temp: 4,
  TEMP: 4,
  I: 4,
  S: 6,
  anonymous: 6,
  NOUSE: 8,
  old: 8,
  R: 4,
  K: 4,
}

const ranks = new Map(Object.entries(table).map(([use, rank]) => [use.toUpperCase(), rank]))

/** Rank of a name without a type, or with one in no table. */
const untyped = 2

const rankOf = ({ use }: PersonName): number =>
  ranks.get(use?.trim().toUpperCase() ?? '') ?? untyped

/** A day as sent against now, at the precision sent: a name that ends today still holds. */
const isPast = (time: string | null | undefined, now: string): boolean =>
  time != null && time.slice(0, 10) < now.slice(0, Math.min(10, time.length))

const isFuture = (time: string | null | undefined, now: string): boolean =>
  time != null && time.slice(0, 10) > now.slice(0, Math.min(10, time.length))

const isInForce = ({ detail }: PersonName, now: string): boolean =>
  !isPast(detail?.validUntil, now) && !isFuture(detail?.validFrom, now)

/**
 * The names with the current one first: those in force before those that are over or not yet, then
 * by type (legal and official; usual; untyped; alias; maiden and birth; old), then as sent.
 *
 * @param now  ISO 8601
 */
export const currentFirst = (names: readonly PersonName[], now: string): PersonName[] =>
  names.toSorted(
    (a, b) => Number(isInForce(b, now)) - Number(isInForce(a, now)) || rankOf(a) - rankOf(b),
  )

/** The name by which a person is known now; null if there is none. */
export const currentName = (
  names: readonly PersonName[] | null | undefined,
  now = new Date().toISOString(),
): PersonName | null => currentFirst(names ?? [], now)[0] ?? null
