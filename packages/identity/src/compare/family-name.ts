import { isReligiousName, type NameForm } from './name-forms.ts'
import { isOneSlip, similarity } from './similarity.ts'
import { soundAlike } from './sounds.ts'
import { areVariants } from './variants.ts'

/** How far two family names agree, the nearest first. */
export type FamilyLevel =
  | 'exact'
  /** Spellings and transliterations of one name, or the forms of a man and a woman. */
  | 'variant'
  | 'similar'
  /** One is a part of the other, or stands among the other's given names. */
  | 'part'
  | 'missing'
  | 'different'

export const compareFamily = (a: NameForm, b: NameForm): FamilyLevel => {
  if (a.family === '' || b.family === '') return 'missing'
  if (a.family === b.family) return 'exact'
  if (areVariants('family', a.family, b.family) || neuter(a.family) === neuter(b.family))
    return 'variant'
  if (sharesWord(a, b) || isAmongGiven(a, b) || isAmongGiven(b, a)) return 'part'
  return isSimilarFamily(a.family, b.family) ? 'similar' : 'different'
}

/** Polish and Czech adjectives decline; Sikh men are Singh, women Kaur. */
const neuter = (family: string): string =>
  family === 'KAUR' ? 'SINGH' : family.replace(/(SK|CK|DZK)(I|A|Y)$/, '$1').replace(/OVA$/, '')

const sharesWord = (a: NameForm, b: NameForm): boolean =>
  (a.familyWords.length > 1 || b.familyWords.length > 1) &&
  a.familyWords.some(
    (word) => word.length > 2 && !isReligiousName(word) && b.familyWords.includes(word),
  )

/** Kaur of Harpreet Kaur Gill: the family name of one is a given name of the other. */
const isAmongGiven = (a: NameForm, b: NameForm): boolean =>
  a.family.length > 2 && a.family !== b.given && b.givenJoined.endsWith(a.family)

const isSimilarFamily = (a: string, b: string): boolean => {
  if (Math.min(a.length, b.length) >= 4 && isOneSlip(a, b)) return true
  const likeness = similarity(a, b)
  return likeness >= 0.93 || (likeness >= 0.82 && soundAlike(a, b))
}
