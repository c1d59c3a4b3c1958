/**
 * What two records of different organisations, or two numbers of one, are to each other. The same
 * whichever is given first.
 */
export type Decision = {
  how: 'auto' | 'work-item' | 'none'
  /** The name of the rule that decided; docs/identity.md lists them. */
  rule: string
  /** The sum of the field weights, in bits. */
  score: number
  /** The weight of each compared field; a field that neither record has is left out. */
  fields: Readonly<Record<string, number>>
  /**
   * Why the two can never be joined automatically, directly or through others; null if they can.
   */
  contradiction: string | null
}
