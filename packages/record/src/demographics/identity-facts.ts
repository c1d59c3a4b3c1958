import type { Origin } from '@tideway/schemas/documents/entry'
import type { IdentityFact, PatientHead } from '@tideway/schemas/documents/head'
import type { EventBody, PatientsMerged } from '@tideway/schemas/events.generated'
import { byVersion, putFact } from '../entries/facts.ts'

const mergesKept = 10

/** Merges that name this patient as survivor, the newest ten. */
export const withMerge = (
  head: PatientHead,
  { priorKeys, mergedAt }: PatientsMerged,
  { message, version }: Origin,
): PatientHead => {
  const others = head.merges.filter((merge) => merge.message !== message)
  const before = head.merges.find((merge) => merge.message === message)?.priorKeys ?? []
  // One message may merge several patients into one, each with an event of its own.
  const all = [...new Set([...before, ...priorKeys])].toSorted()
  const newestFirst = [{ priorKeys: all, at: mergedAt, message, version }, ...others].toSorted(
    (a, b) =>
      a.version < b.version || (a.version === b.version && a.message < b.message) ? 1 : -1,
  )
  return withCut(
    { ...head, merges: newestFirst.slice(0, mergesKept) },
    newestFirst.length > mergesKept,
  )
}

/** Older statements about identity were dropped. */
const withCut = (head: PatientHead, isCut: boolean): PatientHead =>
  isCut ? { ...head, identityCut: true } : head

const identityKept = 20
/** Events that say whose record is whose. */
export const identityFactTypes = [
  'PatientsMerged',
  'PatientsLinked',
  'PatientsUnlinked',
  'EncountersMerged',
  'EncounterMoved',
  'AccountMoved',
  'IdentifiersMoved',
  'IdentifiersChanged',
  'PatientRemoved',
] as const satisfies readonly IdentityFact['type'][]
const identityFacts: ReadonlySet<EventBody['type']> = new Set(identityFactTypes)
/** Whether a statement is kept among the facts about whose record is whose. */
export const isIdentityFact = (body: EventBody): body is IdentityFact =>
  identityFacts.has(body.type)

/** A registration undoes an earlier removal, whichever of the two arrives first. */
export const withRegistration = (head: PatientHead, stated: Origin): PatientHead => {
  const before = head.registered ?? null
  const registered = before !== null && byVersion(before, stated) > 0 ? before : stated
  return {
    ...head,
    registered,
    removed: head.removed !== null && byVersion(head.removed, registered) > 0 ? head.removed : null,
  }
}

/**
 * The fact without names and identifiers: a head stays small and holds no number of another person.
 */
const bareFact = (fact: IdentityFact): IdentityFact => {
  if (fact.type === 'PatientsMerged') return { ...fact, surviving: [], prior: [], priorNames: [] }
  return fact.type === 'PatientsLinked' || fact.type === 'PatientsUnlinked'
    ? { ...fact, identifiers: [], otherIdentifiers: [] }
    : fact
}

/** A removal is kept apart, so that no number of later facts pushes it out. */
export const withIdentity = (
  head: PatientHead,
  fact: IdentityFact,
  stated: Origin,
): PatientHead => {
  const all = putFact(head.identity, { ...stated, fact: bareFact(fact) })
  const identity = all.slice(-identityKept)
  const isOlder = [head.removed, head.registered ?? null].some(
    (other) => other !== null && byVersion(other, stated) > 0,
  )
  const known = withCut({ ...head, identity }, all.length > identityKept)
  if (fact.type !== 'PatientRemoved' || isOlder) return known
  return { ...known, removed: { ...stated, at: fact.at } }
}
