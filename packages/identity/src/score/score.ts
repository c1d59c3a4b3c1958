import { type Agreement, type ScoredField, scoredFields } from './agreement.ts'
import { frequencyOf, weights } from './weights.ts'

/**
 * The weight in bits of each field of a pair, after Fellegi and Sunter: log2(m / u). Names that
 * agree
 * exactly count by how frequent they are; a field that is missing on either side has no weight.
 */
export const fieldWeights = (agreement: Agreement): Partial<Record<ScoredField, number>> => {
  const found: Partial<Record<ScoredField, number>> = {}
  for (const field of scoredFields) {
    const level = agreement[field]
    if (level !== 'missing') found[field] = round(weightOf(field, level, agreement))
  }
  return found
}

const weightOf = (field: ScoredField, level: string, agreement: Agreement): number => {
  const trained = weights.levels[field]?.[level]
  if (trained === undefined) return 0
  if (field === 'given' && agreement.givenName !== null)
    return Math.log2(trained.m / frequencyOf('given', agreement.givenName))
  if (field === 'family' && agreement.familyName !== null)
    return Math.log2(trained.m / frequencyOf('family', agreement.familyName))
  return Math.log2(trained.m / trained.u)
}

export const total = (fields: Partial<Record<ScoredField, number>>): number =>
  round(Object.values(fields).reduce((sum, weight) => sum + weight, 0))

/** To a hundredth of a bit: sums of another order do not differ. */
const round = (bits: number): number => Math.round(bits * 100) / 100
