import type { Coded } from '@tideway/schemas/events.generated'
import { wordOf } from '../amount-words.ts'

/** Fields of a blood product dispensed or given; absent of any other medicine. */
export type BloodFacts = {
  unitNumber?: string | null
  bloodGroup?: Coded | null
  units?: string | null
  reactions?: readonly Coded[]
  interruptionReason?: Coded | null
}

const named = (name: string, words: readonly (string | null)[]): string[] => {
  const said = words.filter((word) => word !== null)
  return said.length === 0 ? [] : [`${name} ${said.join(', ')}`]
}

/** Which unit of blood it is and how it was tolerated, for the line of a medicine. */
export const bloodWordsOf = (facts: BloodFacts): string[] => [
  ...named('UNIT', [facts.unitNumber ?? null]),
  ...named('GROUP', [wordOf(facts.bloodGroup)]),
  ...(facts.units == null || facts.units === '1' ? [] : [`${facts.units} units`]),
  ...named('REACTION', (facts.reactions ?? []).map(wordOf)),
  ...named('INTERRUPTED', [wordOf(facts.interruptionReason)]),
]
