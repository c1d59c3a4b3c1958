import type { Segment } from '@tideway/hl7v2/lexer/message'

/**
 * An order whose fields are read when an event asks for them, so that one that no event has a place
 * for stays unread.
 */
export const onDemand = <T extends object>(readers: { [Name in keyof T]: () => T[Name] }): T => {
  const read = {} as T
  for (const name of Object.keys(readers) as (keyof T)[])
    Object.defineProperty(read, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = readers[name]()
        Object.defineProperty(read, name, { value, enumerable: true })
        return value
      },
    })
  return read
}

/** Reads a field of ORC that tells orders apart; it stays unread, because no event may say it. */
export const glance = <T>(
  orc: Segment | undefined,
  field: number,
  read: (orc: Segment) => T,
): T | null => {
  if (orc === undefined) return null
  const { message, base } = orc
  const mark = message.marks[base + field] as number
  const value = read(orc)
  message.marks[base + field] = mark
  return value
}
