import type { ResourceKnown } from '@tideway/schemas/events.generated'
import { isOfNumber } from '../keys/holders.ts'
import type { StatedNumber } from '../normalise/message.ts'
import { idOfName } from './stored-value.ts'

/** What a message that is not durable yet makes of a number. */
type Claim = { messageId: string; now: ResourceKnown }

const sameParts = (a: ResourceKnown | null, b: ResourceKnown | null): boolean =>
  JSON.stringify(a?.parts ?? []) === JSON.stringify(b?.parts ?? [])

/**
 * Numbers that messages in progress claim, so that two resources sent at once with one number do
 * not both take its key.
 *
 * @param durable  what is known of a name, without claims
 */
export const openClaims = (durable: (client: string, name: string) => ResourceKnown | null) => {
  const claims = new Map<string, Claim>()
  const idOf = (client: string, { now }: StatedNumber): string =>
    idOfName(client, now.names[0] as string)

  /** Whether a number has changed since the message read it. */
  const isOutdated = (client: string, messageId: string, number: StatedNumber): boolean => {
    const claim = claims.get(idOf(client, number))
    if (claim?.messageId === messageId) return false
    const current = claim?.now ?? durable(client, number.now.names[0] as string)
    return !sameParts(current, number.before)
  }

  return {
    find: (client: string, name: string): ResourceKnown | null =>
      claims.size > 0 && isOfNumber(name)
        ? (claims.get(idOfName(client, name))?.now ?? null)
        : null,
    /**
     * Claims the numbers of a message.
     *
     * @returns false if one of them has changed since the message was read: it is to be read again
     */
    take(client: string, messageId: string, numbers: readonly StatedNumber[]): boolean {
      if (numbers.some((number) => isOutdated(client, messageId, number))) return false
      for (const number of numbers) claims.set(idOf(client, number), { messageId, now: number.now })
      return true
    },
    /** The message is durable, or has failed. */
    release(client: string, messageId: string, numbers: readonly StatedNumber[]): void {
      for (const number of numbers) {
        const id = idOf(client, number)
        if (claims.get(id)?.messageId === messageId) claims.delete(id)
      }
    },
  }
}

/**
 * A message, read anew until no other in progress has changed what it was read with.
 *
 * @param take  claims what it makes of that
 */
export const claimed = async <Read>(
  read: () => Promise<Read>,
  take: (outcome: Read) => boolean,
): Promise<Read> => {
  for (;;) {
    const outcome = await read()
    if (take(outcome)) return outcome
  }
}
