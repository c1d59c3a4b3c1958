import type { Movement, Origin, Stay } from './entry.ts'

/** Stored in place of message, version and source: which of the entry's origins has them. */
type Stored = { toldBy?: number; place: string }

/**
 * A fact as it is stored: its origin by number where the entry has that one, else as it is. An
 * entry has few.
 */
export const withoutOrigin = <T extends Origin>(fact: T, origins: readonly Origin[]): T => {
  const { message, version, source, ...rest } = fact
  const toldBy = origins.findLastIndex(
    (origin) =>
      origin.message === message && origin.version === version && origin.source === source,
  )
  return toldBy < 0 ? fact : ({ ...rest, toldBy } as unknown as T)
}

/** The fact again, as it was. */
export const withOrigin = <T extends Origin>(fact: T, origins: readonly Origin[]): T => {
  const { toldBy, ...rest } = fact as Stored
  const origin = toldBy === undefined ? undefined : origins[toldBy]
  return origin === undefined
    ? fact
    : ({
        ...rest,
        message: origin.message,
        version: origin.version,
        source: origin.source,
      } as unknown as T)
}

/** A stay as it is stored: the movement that began it says the rest. */
type StoredStay = { movement?: number; cancelled: boolean }

/** A stay by the movement that it is; as it is where it says something else. */
export const withoutMovement = (stay: Stay, movements: readonly Movement[]): Stay => {
  const movement = movements.findIndex(
    ({ message, place }) => message === stay.message && place === stay.place,
  )
  const told = movements[movement]
  const isThat =
    told !== undefined &&
    told.location === stay.location &&
    told.at === stay.from &&
    told.event === stay.event
  return isThat ? ({ movement, cancelled: stay.cancelled } as unknown as Stay) : stay
}

/** The stay again, as it was. @param movements  whole */
export const withMovement = (stay: Stay, movements: readonly Movement[]): Stay => {
  const { movement, cancelled } = stay as StoredStay
  const told = movement === undefined ? undefined : movements[movement]
  if (told === undefined || told.location === null) return stay
  const { location, at, event, message, place } = told
  return { location, from: at, event, cancelled, message, place }
}
