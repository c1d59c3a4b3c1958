import { agreesOnIdentity, type Conflict, conflictOf } from '@tideway/identity/conflict/conflict'
import {
  identityStatedIn,
  saysWho,
  type StatedIdentity,
} from '@tideway/identity/conflict/stated-identity'
import { firstSaying } from '@tideway/record/entries/facts'
import { same } from '@tideway/record/entries/is-same'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { PatientDetailsReported } from '@tideway/schemas/events.generated'

type Details = PatientHead['details'][string]

const fields = ['nhsNumber', 'names', 'birthDate', 'sex'] as const

const effective = (details: Details, field: (typeof fields)[number]) =>
  firstSaying(details, field)?.fields[field] ?? null

const identityIn = (details: Details | undefined): StatedIdentity | null => {
  if (details === undefined || details.length === 0) return null
  const said = Object.fromEntries(fields.map((field) => [field, effective(details, field)]))
  const identity = identityStatedIn(said as Parameters<typeof identityStatedIn>[0])
  return saysWho(identity) ? identity : null
}

/** Whether a statement says of who the patient is no more than its sender said last. */
export const repeatsIdentity = (
  { details }: PatientHead,
  source: string,
  stated: PatientDetailsReported,
): boolean => {
  const before = details[source]
  return (
    before !== undefined &&
    before.length > 0 &&
    fields.every((field) => {
      const value = stated[field]
      const isSaid = Array.isArray(value) ? value.length > 0 : value !== null
      return !isSaid || same(value, effective(before, field))
    })
  )
}

/** What the organisation whose number it is says of the patient; null if nothing yet. */
export const ownIdentity = ({ details, organisation }: PatientHead): StatedIdentity | null =>
  identityIn(details[organisation])

/** What each other sender says of the patient. */
export const othersIdentities = ({ details, organisation }: PatientHead): StatedIdentity[] =>
  Object.entries(details).flatMap(([source, told]) =>
    source === organisation ? [] : (identityIn(told) ?? []),
  )

/**
 * Whether a statement contradicts what is known of the patient.
 *
 * @param known  what counts as known
 * @param also   identities that stewards decided to be the patient's too
 */
export const contradictionOf = (
  stated: StatedIdentity,
  known: readonly StatedIdentity[],
  also: readonly StatedIdentity[],
  isOwn: boolean,
): Conflict | null => {
  const [found] = known.flatMap((one) => conflictOf(stated, one, isOwn) ?? [])
  return found === undefined ||
    [...known, ...also].some((one) => agreesOnIdentity(stated, one, isOwn))
    ? null
    : found
}
