import {
  identityStatedIn,
  saysWho,
  type StatedIdentity,
} from '@tideway/identity/conflict/stated-identity'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { PatientDetailsReported, PatientEvent } from '@tideway/schemas/events.generated'
import type { Arrival } from '../apply/arrival.ts'
import { type Contest, withKnownAs } from './head-conflict.ts'
import {
  contradictionOf,
  othersIdentities,
  ownIdentity,
  repeatsIdentity,
} from './known-identities.ts'

/** What is known of a patient's messages beyond the head, while his documents are made anew. */
export type IdentityGiven = {
  /** What his own organisation says first, in the whole of his history. */
  ownFirst: StatedIdentity | null
  /** Messages that a steward decided to be about him. */
  accepted: ReadonlySet<string>
  /** Of messages, what was found before. */
  found: ReadonlyMap<string, Contest | null>
}

/** Which messages to hold, and the head with what a steward's decision adds to it. */
type Checked = { contest: Contest | null; head: PatientHead }

const statementsIn = (arrivals: readonly Arrival[]): Map<string, PatientDetailsReported[]> => {
  const found = new Map<string, PatientDetailsReported[]>()
  for (const { event, messageId } of arrivals) {
    if (event?.body.type !== 'PatientDetailsReported') continue
    const before = found.get(messageId)
    if (before === undefined) found.set(messageId, [event.body])
    else before.push(event.body)
  }
  return found
}

const saysAny = ({ nhsNumber, birthDate, names }: PatientDetailsReported): boolean =>
  nhsNumber !== null || birthDate !== null || names.length > 0

/** What the organisation whose number it is says first of the patient in these events. */
export const firstOwn = (
  organisation: string,
  arrivals: readonly Arrival[],
  leftOut: ReadonlySet<string>,
): StatedIdentity | null => {
  for (const { event, messageId } of arrivals) {
    if (event?.body.type !== 'PatientDetailsReported' || event.source !== organisation) continue
    const stated = identityStatedIn(event.body)
    if (!leftOut.has(messageId) && saysWho(stated)) return stated
  }
  return null
}

/** A message that does not say whose it is goes with the last one of its sender that did. */
const followed = ({ conflict, details }: PatientHead, { source }: PatientEvent): Contest | null => {
  const newest = conflict?.senders[source]
  if (newest === undefined) return null
  const isOver = (details[source] ?? []).some(({ version }) => version > newest.version)
  return isOver ? null : { fields: newest.fields, stated: null }
}

/**
 * Finds the messages of a batch that contradict who the patient is. One decision a message: its
 * events for the patient are applied or held together.
 *
 * @param applied  messages that were applied before: they are not held any more
 * @param inConflict  messages of which an event was held before
 */
export const identityCheck = (
  arrivals: readonly Arrival[],
  applied: ReadonlyMap<string, number>,
  inConflict: ReadonlySet<string>,
  withdrawn: ReadonlySet<string>,
  given: IdentityGiven | undefined,
) => {
  const statements = statementsIn(arrivals)
  const found = new Map<string, Contest | null>(given?.found)
  let ownFirst = given?.ownFirst

  const knownFor = (head: PatientHead, source: string): StatedIdentity[] => {
    const own = ownIdentity(head)
    if (own !== null) return [own]
    if (source === head.organisation) return []
    ownFirst ??= firstOwn(head.organisation, arrivals, withdrawn)
    return ownFirst === null ? othersIdentities(head) : [ownFirst]
  }

  const contradiction = (head: PatientHead, body: PatientDetailsReported, source: string) => {
    const stated = identityStatedIn(body)
    const known = knownFor(head, source)
    const conflict = contradictionOf(
      stated,
      known,
      head.knownAs ?? [],
      source === head.organisation,
    )
    return conflict === null ? null : { contest: { fields: conflict.fields, stated }, known }
  }

  const check = (head: PatientHead, event: PatientEvent): Checked => {
    const { messageId, source } = event
    const stating = (statements.get(messageId) ?? []).filter(saysAny)
    const isAccepted = given?.accepted.has(messageId) === true
    if (stating.length === 0) {
      const rest = inConflict.has(messageId) ? { fields: [], stated: null } : followed(head, event)
      return { contest: isAccepted ? null : rest, head }
    }
    const [first] = stating.flatMap((body) =>
      repeatsIdentity(head, source, body) ? [] : (contradiction(head, body, source) ?? []),
    )
    if (first === undefined) return { contest: null, head }
    const { contest, known } = first
    return isAccepted
      ? { contest: null, head: withKnownAs(head, [...known, contest.stated]) }
      : { contest, head }
  }

  /** @param head  as it is before the event is applied */
  return (head: PatientHead, event: PatientEvent): Checked => {
    const { messageId, body } = event
    if (body.type === 'IdentityDecided') return { contest: null, head }
    const before = found.get(messageId)
    if (before !== undefined) return { contest: before, head }
    const checked = applied.has(messageId) ? { contest: null, head } : check(head, event)
    found.set(messageId, checked.contest)
    return checked
  }
}
