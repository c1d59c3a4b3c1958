import type { IdentityDecided } from '../events.generated.ts'
import type { IdentityFact } from './head.ts'
import type { Version } from './version.ts'

/** A statement about whose record is whose, kept whole, from a sender or a steward. */
export type StoredFact = {
  /** Event id: the same statement sent again is the same fact. */
  id: string
  message: string
  version: Version
  receivedAt: Date
  /** ODS code of the sender. */
  source: string
  body: IdentityFact | IdentityDecided
  /** Its message is withdrawn: it does not count. */
  withdrawn?: true
}

/** What the comparison of two source patients found, stored with each of the two. */
export type StoredEdge = {
  /** Key of the other source patient. */
  to: string
  how: 'auto' | 'work-item'
  rule: string
  score: number
  /** Weight of each compared field. */
  fields: Readonly<Record<string, number>>
}

/**
 * What is known of one source patient as far as identity goes. Collection `identities`; indexes
 * `{blockKeys}`, `{mentions}` and `{due}`.
 *
 * @typeParam Traits  those of @tideway/identity, as stored
 */
export type Identity<Traits = unknown> = {
  /** Patient key. */
  _id: string
  /** Null until its record was read, and if nothing is told of it any more. */
  traits: Traits | null
  /** Receive time of the first statement heard; decides who founds a person. */
  firstHeard: Date
  blockKeys: string[]
  edges: StoredEdge[]
  facts: StoredFact[]
  /** Keys of the other source patients that its facts name. */
  mentions: string[]
  /** Messages of this patient that a conflict holds; absent without one. */
  conflict?: { messages: string[]; fields: string[]; since: Date }
  /** Its number may be one that is given to whoever has none. */
  placeholderSuspected?: true
  /** Its person may not follow from what is stored here yet. */
  due?: true
  /** Saves guard on it. */
  version: number
}

/** A source patient in its person, and why. */
export type PersonMember = {
  /** Patient key. */
  patient: string
  organisation: string
  identifier: string
  since: Date
  /** Steward, message id of the sender's statement, or `tideway` for an automatic link. */
  by: string
  rule: string
  score: number | null
}

/** A change of a person that `person-events.v1` may not have yet. */
export type PendingPersonChange = {
  version: number
  at: Date
  linked: PersonMember[]
  unlinked: PersonMember[]
  members: PersonMember[]
  decisions: string[]
  messages: string[]
}

/**
 * One person: source patients held to be one. Collection `persons`; indexes `{members.patient}` and
 * `{pending.at}`.
 */
export type StoredPerson = {
  /** The stored id of its founder, the member heard of first. */
  _id: string
  members: PersonMember[]
  version: number
  at: Date
  /** Decisions that took effect, the newest last; at most `decisionsKept`. */
  decisions: string[]
  /** Published after the person is saved, then removed. Absent if nothing is pending. */
  pending?: PendingPersonChange[]
}

export const decisionsKept = 50

/** One state of a person. Collection `personHistory`; index `{person, at}`. */
export type PersonState = {
  /** `<person>.<version>`. */
  _id: string
  person: string
  members: PersonMember[]
  at: Date
  decisions: string[]
}

/** What a work item can be about; docs/identity.md has a sentence on each. */
export const workItemKinds = [
  'possible-link',
  'bridge',
  'number-shared',
  'merge-across-numbers',
  'merge-cycle',
  'merge-refused',
  'identity-conflict',
  'placeholder-suspected',
] as const
export type WorkItemKind = (typeof workItemKinds)[number]

/**
 * A question for a steward. Collection `workItems`; indexes `{state, since, _id}` and `{patients}`.
 */
export type WorkItem = {
  /** Made of kind and patients: the same finding is one item. */
  _id: string
  kind: WorkItemKind
  /** Keys of the source patients, sorted. */
  patients: string[]
  score: number | null
  fields: Readonly<Record<string, number>>
  rule: string
  /** Messages that it holds; of an identity conflict. */
  messages: string[]
  since: Date
  state: 'open' | 'closed'
  closedAt: Date | null
  /** Decision that closed it; null if what it found no longer holds. */
  decision: string | null
}

/** What the identity service has done once for all patients. Collection `identity-state`. */
export type IdentityState = {
  _id: 'identity'
  /** Generation of the record of which every patient was considered; see `RecordGenerations`. */
  generation: number | null
}
