import type { ContactPerson, NoteDetail, Performer } from '@tideway/schemas/events.generated'
import type { Context } from '../../normalise/mapping.ts'
import { readContactPerson } from '../../segments/ctd.ts'
import { readNotesWithDetails } from '../../segments/nte.ts'
import type { OrderPart } from '../../groups/order-groups.ts'
import { readParticipants } from '../../segments/prt.ts'

/** Notes of the segments of an order, with their authors and answers, and participants. */
export const readOrderNotes = (
  parts: readonly (OrderPart | null)[],
  context: Context,
): { notes: string[]; noteDetails: NoteDetail[]; participants: Performer[] } => {
  const sent = parts.filter((part) => part !== null)
  return {
    ...readNotesWithDetails(
      sent.map(({ notes }) => notes),
      context,
      true,
    ),
    participants: sent
      .flatMap(({ participants }) => participants)
      .flatMap((prt) => readParticipants(prt, context)),
  }
}

/** Contacts for an order (CTD). */
export const readContacts = (parts: readonly (OrderPart | null)[]): ContactPerson[] =>
  parts.flatMap((part) => part?.contacts ?? []).map(readContactPerson)
