/** The last entry a page gave, newest first: the next page begins below it. */
export type Cursor = { sortAt: Date; entry: string }

const shape = /^(-?[0-9a-z]{1,11})\.([\w-]{22})$/

/**
 * Opaque to the caller. It is made of a time and the entry's public id, so it names nobody and may
 * stand in an address.
 */
export const writeCursor = ({ sortAt, entry }: Cursor): string =>
  Buffer.from(`${sortAt.getTime().toString(36)}.${entry}`).toString('base64url')

/** @returns null if it was not made by `writeCursor` */
export const readCursor = (text: unknown): Cursor | null => {
  const parts =
    typeof text === 'string' ? shape.exec(Buffer.from(text, 'base64url').toString()) : null
  if (parts === null) return null
  const sortAt = new Date(Number.parseInt(parts[1] as string, 36))
  return Number.isNaN(sortAt.getTime()) ? null : { sortAt, entry: parts[2] as string }
}
