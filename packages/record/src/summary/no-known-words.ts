import type { NoKnownAllergies } from '@tideway/schemas/documents/head'
import { plain } from './no-known-allergies.ts'

const words: Readonly<Record<NoKnownAllergies, string>> = {
  any: 'No known allergies',
  drug: 'No known drug allergies',
  food: 'No known food allergies',
  environment: 'No known environmental allergies',
  animal: 'No known animal allergies',
  insect: 'No known insect allergies',
  latex: 'No known latex allergy',
  'no-information': 'No information about allergies',
}

/** In our words, and in those of the sender where they are others: `... ("NKDA")`. */
export const noKnownWords = (noKnown: NoKnownAllergies, sent: string | null): string => {
  const own = words[noKnown]
  return sent === null || plain(sent) === plain(own) ? own : `${own} ("${sent}")`
}

/** Of an allergy that is coded as none: `coded as "no known allergies"`. */
export const codedAsWords = (noKnown: NoKnownAllergies): string =>
  `coded as "${words[noKnown].toLowerCase()}"`
