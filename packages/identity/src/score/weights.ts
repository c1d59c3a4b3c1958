import trained from './weights.json' with { type: 'json' }

/**
 * The trained file: for each field and level of agreement the share of pairs of one person (m) and
 * of
 * two people (u) that have it, and how frequent the names are.
 */
export type Weights = {
  /** What the numbers were counted on, in words. */
  trainedOn: string
  levels: Readonly<Record<string, Readonly<Record<string, { m: number; u: number }>>>>
  /**
   * The share of records with a given or a family name; names rarer than `rarest` are not listed.
   */
  frequencies: {
    rarest: number
    given: Readonly<Record<string, number>>
    family: Readonly<Record<string, number>>
  }
  /** Scores in bits from which a pair without a common number is linked, or is a work item. */
  thresholds: {
    automatic: number
    workItem: number
    /** As `workItem`, of dependants without a common number: homes and telephones say less. */
    dependantWorkItem: number
    /** A given name that this share of records has does not tell brothers and sisters apart. */
    popularName: number
    /** Who was born from this day on may live with parents and be reached through them. */
    dependantsFrom: string
  }
}

export const weights: Weights = trained

const given = new Map(Object.entries(weights.frequencies.given))
const family = new Map(Object.entries(weights.frequencies.family))

/** The share of records that have a name; a name that is not listed is as rare as the rarest. */
export const frequencyOf = (part: 'given' | 'family', name: string): number =>
  (part === 'given' ? given : family).get(name) ?? weights.frequencies.rarest

/** Whether a given name is one that many have, so that it is no slip of the fingers. */
export const isKnownGivenName = (name: string): boolean => given.has(name)
