import type { DraftEvent } from '@tideway/ingest/draft-event'
import { movedPlace } from '@tideway/record/withdrawal/other-subject'
import type { ResourceKnown } from '@tideway/schemas/events.generated'
import { idsOf } from '../normalise/answered-id.ts'
import type { MappedEntries } from '../normalise/map-entries.ts'
import type { FhirMessage, Resource } from '../normalise/message.ts'
import type { Submission, SubmissionEntry } from '../normalise/open-submission.ts'
import type { Submitter } from './known-resource.ts'
import { isMoved, isTheSame, type StatedResource } from './compare-stated.ts'
import { baseOf, isSupporting, ownNames, statedBy, supporting } from './stated.ts'
import { withLeftOutContacts } from './left-out-contacts.ts'
import { withdrawalOf } from './withdrawal.ts'

/** @property isTimed  the message has a time of its own */
type Said = { messageId: string; saidAt: number; isTimed: boolean; submitter: Submitter }
/** What the resources of a message are known by from now on. */
export type StatedResources = {
  stated: ResourceKnown[]
  /** Whether all of a message without events is understood: for others to refer to, or outdated. */
  isKept: boolean
  /** Places of updates older than the statement that named their patient. */
  outdated: string[]
}

/** Types that others refer to by ids their clients give. The rest is known by the answered id. */
const referredTo: ReadonlySet<string> = new Set([
  'Patient',
  'Encounter',
  'EpisodeOfCare',
  'ServiceRequest',
  'MedicationRequest',
  ...supporting,
])

/**
 * An update, which may name another patient than before: see `stateResources`.
 *
 * @returns null if it is outdated
 */
const stateUpdate = (
  entry: SubmissionEntry,
  resource: Resource,
  stated: StatedResource,
  mapped: MappedEntries,
  message: FhirMessage,
  { submitter, isTimed }: Said,
): ResourceKnown[] | null => {
  const names = ownNames(resource, submitter.base)
  const before = message.outside.statedBefore(names)
  const now = { ...stated, names, isUpdate: true, from: null }
  const isOlder = isTimed && before !== null && before.saidAt > stated.saidAt
  const contacts = resource.type === 'Patient' ? [...stated.parts, ...(before?.parts ?? [])] : []
  if (before !== null && contacts.length > 0) {
    message.outside.use(before)
    const update = { place: resource.place, now: stated, before, isOlder }
    mapped.set(entry, withLeftOutContacts(mapped.get(entry) ?? [], update))
  }
  if (!isMoved(before, stated)) return isTheSame(before, now) ? [] : [now]
  message.outside.use(before)
  // Without a time it is said now, whatever the clock of the process that received the other.
  if (isOlder) {
    if (mapped.has(entry)) mapped.set(entry, [])
    return null
  }
  const place = movedPlace(resource.place, resource.sent)
  const withdrawal = withdrawalOf(before, place)
  if (withdrawal !== null) mapped.set(entry, [...(mapped.get(entry) ?? []), withdrawal])
  const saidAt = Math.max(before.saidAt, stated.saidAt)
  return [{ ...now, from: before.patientKey, saidAt }]
}

/**
 * A create: known by the id it is answered; if others may refer to it by them, also by the id and
 * the address its client gave it. An id that the client gave to two patients names neither; one
 * that it gave to resources of two patients names the first.
 */
const stateCreate = (
  entry: SubmissionEntry,
  resource: Resource,
  stated: StatedResource,
  message: FhirMessage,
  { submitter }: Said,
  isAnswered: boolean,
): ResourceKnown[] => {
  const { type } = resource
  const { publicIds, source, messageId } = message
  const answered =
    isAnswered && publicIds !== null
      ? idsOf(entry, source, messageId, publicIds).map((id) => `${type}/${id}`)
      : []
  if (isAnswered && !referredTo.has(type))
    return [{ ...stated, names: answered, isUpdate: false, from: null }]
  const own = ownNames(resource, submitter.base).filter((name) => !answered.includes(name))
  const isOthers = (name: string): boolean => {
    const before = message.outside.statedBefore([name])
    return before !== null && before.patientKey !== stated.patientKey
  }
  const now = { ...stated, isUpdate: false, from: null }
  return [
    { ...now, names: answered },
    { ...now, names: own.filter((name) => !isOthers(name)) },
    { ...now, names: type === 'Patient' ? own.filter(isOthers) : [], patientKey: null },
  ].filter(({ names }) => names.length > 0)
}

/** A patient that is created again may be sent without the contacts it has. */
const withContactsBefore = (now: ResourceKnown, { outside }: FhirMessage): ResourceKnown => {
  const before = outside.statedBefore(now.names.slice(0, 1))
  const known = new Set(now.parts.map(({ key }) => key))
  const more = (before?.parts ?? []).filter(({ key }) => !known.has(key))
  return more.length === 0 ? now : { ...now, parts: [...now.parts, ...more] }
}

/** Supporting resources and patients are sent again with each message about them. */
const stateNew = (
  ...[entry, resource, stated, message, ...how]: Parameters<typeof stateCreate>
) => {
  const all = stateCreate(entry, resource, stated, message, ...how)
  const created =
    resource.type === 'Patient' ? all.map((now) => withContactsBefore(now, message)) : all
  return resource.type === 'Patient' || isSupporting(resource)
    ? created.filter((now) => !isTheSame(message.outside.statedBefore(now.names.slice(0, 1)), now))
    : created
}

/**
 * What the resources of a message are known by from now on. `mapped` gets the events that withdraw
 * what an update moves to another patient; an update older than the statement that named its
 * patient is left out.
 *
 * @param isAnswered  each resource is answered an id: it is not part of a message or a document
 */
export const stateResources = (
  { entries }: Submission,
  mapped: MappedEntries,
  message: FhirMessage,
  said: Said,
  isAnswered: boolean,
): StatedResources => {
  const drafts = new Map<Resource, readonly DraftEvent[]>()
  for (const [{ resource }, events] of mapped) if (resource !== null) drafts.set(resource, events)
  const { messageId, saidAt, submitter } = said
  let isKept = true
  const outdated: string[] = []
  const stated = entries.flatMap((entry) => {
    const { resource, faults } = entry
    if (resource === null || faults.length > 0) return []
    const by = statedBy(resource, drafts, message)
    if (by === null) isKept = false
    if (by === null) return []
    const base = baseOf(resource, submitter.base)
    const stated = { ...by, base, messageId, saidAt }
    if (message.updates.has(resource)) {
      const updated = stateUpdate(entry, resource, stated, mapped, message, said)
      if (updated === null) outdated.push(resource.place)
      return updated ?? []
    }
    return stateNew(entry, resource, stated, message, said, isAnswered)
  })
  return { stated, isKept, outdated }
}
