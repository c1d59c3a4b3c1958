import type { Version } from './version.ts'

/** An identity that a steward decided to be one of this patient. */
export type KnownIdentity = {
  nhsNumber: string | null
  names: readonly { family: string | null; given: readonly string[] }[]
  birthDate: string | null
  sex: 'male' | 'female' | 'other' | 'unknown' | null
}

/** A later person with a number that was given to one before. */
export type LaterGeneration = {
  /** 2 for the second; see `generationKeyOf`. */
  generation: number
  /**
   * What says nothing of who it is about is about this person if it was made from then on;
   * milliseconds since 1970 UTC.
   */
  from: number
  people: KnownIdentity[]
}

/** So many messages in conflict are named in a head. */
export const conflictsKept = 20

/**
 * Messages under this number that contradict who the patient is, and wait for a steward. What they
 * say of the other person is in `IdentityConflict` documents alone.
 */
export type HeadConflict = {
  /** When the first of them was received. */
  since: Date
  /** By sender: what its newest such message contradicts, and its version. */
  senders: Record<string, { fields: readonly string[]; version: Version }>
  /** Ids of the messages, the first `conflictsKept`. */
  messages: string[]
  /** Set once there were more. */
  more?: true
  /** Digests that tell different people apart, at most three. */
  people: string[]
}

/** What a head says about whose number it is. */
export type HeadIdentity = {
  /**
   * The sender gave no number of the patient but a placeholder: this is what one message says, and
   * corrections of it stand alone too.
   */
  placeholder?: true
  /** Absent if no message is in conflict. */
  conflict?: HeadConflict
  /**
   * Set once messages of three different people contradicted this one: the number may be one that
   * a sender gives to whoever has none.
   */
  placeholderSuspected?: true
  /** As which person this one has the number; absent of the first. */
  generation?: number
  /** In the head of the first person with a number, by decisions of stewards: those after him. */
  generations?: LaterGeneration[]
  /** Identities by decisions of stewards, besides what is in force, the newest eight. */
  knownAs?: KnownIdentity[]
}
