import type { NoKnownAllergies } from '@tideway/schemas/documents/head'
import type { Coded } from '@tideway/schemas/events.generated'

/**
 * Codes that say that no allergies of a kind are known. SNOMED CT, and the code system
 * absent-unknown of the International Patient Summary.
 *
 * @see HL7 FHIR IPS 2.0.0, absent-unknown-uv-ips; FHIR R4, value set allergyintolerance-code
 */
const codes: Readonly<Record<string, NoKnownAllergies>> = {
  '716186003': 'any',
  '160244002': 'any',
  '409137002': 'drug',
  '429625007': 'food',
  '428607008': 'environment',
  '716220001': 'animal',
  '428197003': 'insect',
  '716184000': 'latex',
  '1003774007': 'latex',
  'no-known-allergies': 'any',
  'no-known-medication-allergies': 'drug',
  'no-known-food-allergies': 'food',
  'no-known-environmental-allergies': 'environment',
  'no-allergy-info': 'no-information',
}

const abbreviations: Readonly<Record<string, NoKnownAllergies>> = {
  nka: 'any',
  nkda: 'drug',
  nkma: 'drug',
  nkfa: 'food',
  nkea: 'environment',
  nkla: 'latex',
}

const kinds: Readonly<Record<string, NoKnownAllergies>> = {
  drug: 'drug',
  medication: 'drug',
  medicine: 'drug',
  medicinal: 'drug',
  food: 'food',
  environmental: 'environment',
  environment: 'environment',
  animal: 'animal',
  insect: 'insect',
  latex: 'latex',
}

const oneKind = `(?:hevea brasiliensis )?(?:${Object.keys(kinds).join('|')})`
const reaction =
  '(?:allerg(?:y|ies|en|ens)|allergic reactions?|intolerances?|sensitivit(?:y|ies)|adverse (?:drug )?reactions?)'
const known = '(?:known|recorded|reported|documented)'

/** The whole of a text that names no allergy: one that goes on (`except penicillin`) names one. */
const nothingKnown = new RegExp(
  `^(?:patient )?(?:has |there are |there is )?(?:no|nil|none|denies(?: any)?)(?: ${known})*(?: history of)?` +
    `(?: (${oneKind}(?: (?:and|or) ${oneKind})*))? ${reaction}(?: (?:and|or) ${reaction})*(?: ${known})?$`,
)
const nothingNamed = new RegExp(
  `^(?:allerg(?:y|ies) )?(?:none|nil|no ${known}|not allergic)(?: ${known})?$`,
)
const nothingAsked = new RegExp(
  `^(?:no|unknown) (?:allergy )?info(?:rmation)?(?: about allergies)?(?: available)?$|` +
    `^allerg(?:y|ies)(?: status)? (?:unknown|not (?:known|recorded|assessed))$|^not (?:recorded|assessed)$`,
)

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('(situation)', '')
    .replaceAll('.', '')
    .replaceAll(/[^a-z]+/g, ' ')
    .trim()

/** What a text says to be known of no allergy of; null if it names one. */
const noKnownInText = (text: string): NoKnownAllergies | null => {
  const words = plain(text).split(' ')
  const short = words.find((word) => Object.hasOwn(abbreviations, word))
  const rest = words.filter((word) => !Object.hasOwn(abbreviations, word)).join(' ')
  const ofShort = short === undefined ? null : (abbreviations[short] as NoKnownAllergies)
  if (rest === '') return ofShort
  if (nothingAsked.test(rest)) return 'no-information'
  if (nothingNamed.test(rest)) return ofShort ?? 'any'
  const found = nothingKnown.exec(rest)
  if (found === null) return null
  const named = (found[1] ?? '').split(' ').flatMap((word) => kinds[word] ?? [])
  return new Set(named).size > 1 ? 'any' : (named[0] ?? ofShort ?? 'any')
}

/** A text that takes something out of what its code says: an allergy after all. */
const exception = /\b(?:except|excluding|other than|apart from|but)\b/i

/**
 * What an allergy entry says that no allergies of are known: a statement, and no allergy. A code of
 * a standard decides, else the text, else a local code (`NKDA`); in doubt it is an allergy.
 *
 * @returns null if it is an allergy
 */
export const noKnownAllergiesIn = (code: Coded): NoKnownAllergies | null => {
  const texts = [code.text, code.alternateText].filter((text) => text !== null)
  if (texts.some((text) => exception.test(text))) return null
  const sent = [code.translation?.code ?? null, code.code, code.alternateCode].filter(
    (one) => one !== null,
  )
  const coded = sent.find((one) => Object.hasOwn(codes, one))
  if (coded !== undefined) return codes[coded] as NoKnownAllergies
  const [first = null, ...others] = (texts.length === 0 ? sent : texts).map(noKnownInText)
  return others.includes(null) ? null : first
}

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
