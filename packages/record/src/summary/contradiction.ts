import type { NoKnownAllergies, StatementLine } from '@tideway/schemas/documents/head'

/** Categories of allergies that a statement about drugs, foods or surroundings is not about. */
const elsewhere: Partial<Record<NoKnownAllergies, readonly string[]>> = {
  drug: ['FOOD', 'ENVIRONMENT', 'ANIMAL', 'PLANT', 'POLLEN'],
  food: ['DRUG', 'ENVIRONMENT', 'ANIMAL', 'PLANT', 'POLLEN'],
  environment: ['DRUG', 'FOOD'],
}
/** Names of what a narrow statement is about; categories do not tell. */
const named: Partial<Record<NoKnownAllergies, RegExp>> = {
  animal: /animal|\b(?:cat|dog|horse)s?\b|dander/i,
  insect: /insect|\b(?:bee|wasp|hornet)s?\b|venom|sting/i,
  latex: /latex/i,
}

type Known = Pick<StatementLine, 'text' | 'category'>

/** Whether an allergy is one of those that are said not to be known; in doubt it is. */
export const contradicts = ({ text, category }: Known, noKnown: NoKnownAllergies): boolean => {
  if (noKnown === 'no-information') return false
  const names = named[noKnown]
  if (names !== undefined)
    return names.test(text) || (noKnown === 'animal' && category === 'ANIMAL')
  return category === undefined || elsewhere[noKnown]?.includes(category) !== true
}
