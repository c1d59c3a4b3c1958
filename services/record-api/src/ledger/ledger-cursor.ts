/** The last message of a page of the ledger, newest first; the next page begins after it. */
export type LedgerCursor = { received: number; id: string }

const shape = /^([0-9a-z]{1,11})\.([\w-]{1,64})$/

/** Opaque to the caller: receive order and message id, so it can be part of an address. */
export const writeLedgerCursor = ({ received, id }: LedgerCursor): string =>
  Buffer.from(`${received.toString(36)}.${id}`).toString('base64url')

/** @returns null if `writeLedgerCursor` did not make it */
export const readLedgerCursor = (text: unknown): LedgerCursor | null => {
  const parts =
    typeof text === 'string' ? shape.exec(Buffer.from(text, 'base64url').toString()) : null
  return parts === null
    ? null
    : { received: Number.parseInt(parts[1] as string, 36), id: parts[2] as string }
}
