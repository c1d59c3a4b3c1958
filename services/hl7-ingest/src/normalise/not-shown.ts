import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import { placesOf, type Unread } from '@tideway/hl7v2/lexer/unread-content'
import { type Missed, withMissed } from '@tideway/ingest/not-shown'
import { isClinical } from '../tables/administrative-content.ts'
import { ownersOf, ownersOfPid } from './event-owners.ts'
import type { Hl7DraftEvent } from './mapping.ts'

/**
 * The events, each with what the message says of the same thing and no event says.
 *
 * @param messageCode  MSH-9.1
 */
export const withNotShown = (
  message: Hl7Message,
  unread: readonly Unread[],
  drafts: readonly Hl7DraftEvent[],
  messageCode: string | null,
): readonly Hl7DraftEvent[] => {
  const clinical = unread.filter((one) => isClinical(one, messageCode))
  if (clinical.length === 0 || drafts.length === 0) return drafts
  // What most senders leave unread is in PID, and the walk costs a twentieth of normalising.
  const owners = clinical.every(({ segment }) => segment.name === 'PID')
    ? null
    : ownersOf(message, drafts)
  const missed: Missed<Hl7DraftEvent> = new Map()
  for (const one of clinical) {
    const at = placesOf(one)
    for (const owner of owners?.get(one.segment.base) ?? ownersOfPid(one.segment, drafts)) {
      const places = missed.get(owner)
      if (places === undefined) missed.set(owner, [...at])
      else places.push(...at)
    }
  }
  return withMissed(drafts, missed)
}
