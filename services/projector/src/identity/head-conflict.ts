import { hash } from 'node:crypto'
import { same } from '@tideway/record/entries/is-same'
import { statedBy } from '@tideway/record/entries/statement-version'
import type { StatedIdentity } from '@tideway/identity/conflict/stated-identity'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { conflictsKept, type HeadConflict } from '@tideway/schemas/documents/head-identity'
import type { PatientEvent } from '@tideway/schemas/events.generated'

/** Why a message is held: what it states, or null if it follows one that stated it. */
export type Contest = { fields: readonly string[]; stated: StatedIdentity | null }

const suspectedFrom = 3
const knownAsKept = 8

/** Tells people apart by their day of birth, else by their family name. */
const digestOf = (patient: string, { birthDate, names }: StatedIdentity): string =>
  hash('sha256', `${patient}|${birthDate?.slice(0, 10) ?? names[0]?.family ?? ''}`, 'hex').slice(
    0,
    8,
  )

/** The head with one more message in conflict; the same message twice changes nothing. */
export const withConflict = (
  head: PatientHead,
  event: PatientEvent,
  { fields, stated }: Contest,
): PatientHead => {
  const { version } = statedBy(event)
  const { source, messageId } = event
  const receivedAt = new Date(Math.floor(event.receivedAt / 1000))
  const before: HeadConflict = head.conflict ?? {
    since: receivedAt,
    senders: {},
    messages: [],
    people: [],
  }
  const newest = before.senders[source]
  const isNewer = stated !== null && (newest === undefined || newest.version < version)
  const isKnown = before.messages.includes(messageId)
  const isFull = before.messages.length >= conflictsKept
  const digest = stated === null ? null : digestOf(head._id, stated)
  const people =
    digest === null || before.people.includes(digest) || before.people.length >= suspectedFrom
      ? before.people
      : [...before.people, digest]
  return {
    ...head,
    conflict: {
      ...before,
      since: receivedAt < before.since ? receivedAt : before.since,
      senders: isNewer ? { ...before.senders, [source]: { fields, version } } : before.senders,
      messages: isKnown || isFull ? before.messages : [...before.messages, messageId],
      ...(isFull && !isKnown ? { more: true } : {}),
      people,
    },
    ...(people.length >= suspectedFrom ? { placeholderSuspected: true } : {}),
  }
}

/** The head with identities that a steward decided to be the patient's. */
export const withKnownAs = (
  head: PatientHead,
  identities: readonly StatedIdentity[],
): PatientHead => {
  const before = head.knownAs ?? []
  const added = identities.filter((one) => !before.some((other) => same(one, other)))
  return added.length === 0 ? head : { ...head, knownAs: [...before, ...added].slice(-knownAsKept) }
}
