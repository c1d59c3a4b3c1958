import type { KnownIdentity } from './head-identity.ts'

/**
 * What a message in conflict says of who the patient is, for a steward to compare; never shown to a
 * clinician. Collection `identity-conflicts`, written by the projector; one document for each
 * identity that a sender states under a number. Index `{patient}`.
 */
export type IdentityConflict = {
  /** `<patient key>|<sender>|<digest of what is stated>`. */
  _id: string
  patient: string
  source: string
  stated: KnownIdentity
  /** What of it contradicts what is known: nhsNumber, birthDate, names, sex. */
  fields: readonly string[]
  /** Id of the message that stated it first. */
  message: string
  since: Date
}
