/** The last entry of a page, newest first; the next page begins after it. */
export type Cursor = { sortAt: Date; entry: string }

/** The entry a page begins after, by the ids that its public id can stand for. */
export type PageStart = { sortAt: Date; entries: readonly string[] }

/** What has one of the ids that a public id can stand for. */
export const oneOf = (ids: readonly string[]) => ({ id: { $in: [...ids] } })

const shape = /^(-?[0-9a-z]{1,11})\.([\w-]{22})$/

/** Opaque to the caller: a time and the entry's public id, so it can be part of an address. */
export const writeCursor = ({ sortAt, entry }: Cursor): string =>
  Buffer.from(`${sortAt.getTime().toString(36)}.${entry}`).toString('base64url')

/** @returns null if `writeCursor` did not make it */
export const readCursor = (text: unknown): Cursor | null => {
  const parts =
    typeof text === 'string' ? shape.exec(Buffer.from(text, 'base64url').toString()) : null
  if (parts === null) return null
  const sortAt = new Date(Number.parseInt(parts[1] as string, 36))
  return Number.isNaN(sortAt.getTime()) ? null : { sortAt, entry: parts[2] as string }
}
