import type { ItemPlace } from './identity-store.ts'

const shape = /^([0-9a-z]{1,11})\.([\w-]{22})$/

/** Opaque to the caller. @param id  public id of the work item */
export const writeItemCursor = ({ since, _id }: ItemPlace): string =>
  Buffer.from(`${since.getTime().toString(36)}.${_id}`).toString('base64url')

/** @returns null if `writeItemCursor` did not make it */
export const readItemCursor = (text: unknown): ItemPlace | null => {
  const parts =
    typeof text === 'string' ? shape.exec(Buffer.from(text, 'base64url').toString()) : null
  return parts === null
    ? null
    : { since: new Date(Number.parseInt(parts[1] as string, 36)), _id: parts[2] as string }
}
