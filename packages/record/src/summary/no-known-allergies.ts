import type { NoKnownAllergies } from '@tideway/schemas/documents/head'
import type { Coded } from '@tideway/schemas/events.generated'

/**
 * Codes that say that no allergies of a kind are known. SNOMED CT, and the code system
 * absent-unknown of the International Patient Summary.
 *
 * @see HL7 FHIR IPS 2.0.0, absent-unknown-uv-ips; FHIR R4, value set allergyintolerance-code
 */
const known: Readonly<Record<string, NoKnownAllergies>> = {
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
const isKnown = '(?:known|recorded|reported|documented)'

/** The whole of a text that names no allergy: one that goes on (`except penicillin`) names one. */
const nothingKnown = new RegExp(
  `^(?:patient )?(?:has |there are |there is )?(?:no|nil|none|denies(?: any)?)(?: ${isKnown})*(?: history of)?` +
    `(?: (${oneKind}(?: (?:and|or) ${oneKind})*))? ${reaction}(?: (?:and|or) ${reaction})*(?: ${isKnown})?$`,
)
const nothingNamed = new RegExp(
  `^(?:allerg(?:y|ies) )?(?:none|nil|no ${isKnown}|not allergic)(?: ${isKnown})?$`,
)
const nothingAsked = new RegExp(
  `^(?:no|unknown) (?:allergy )?info(?:rmation)?(?: about allergies)?(?: available)?$|` +
    `^allerg(?:y|ies)(?: status)? (?:unknown|not (?:known|recorded|assessed))$|^not (?:recorded|assessed)$`,
)

/** A text in plain letters, for comparing. */
export const plain = (text: string): string =>
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
const exception =
  /\b(?:except|excluding|other than|apart from|but|außer|ausser|sauf|hormis|salvo|excepto|tranne|eccetto|behalve|utom|undtagen|oprócz|exceto)\b/i

/** Words of other languages that no allergy is known; those of English are read above. */
const nothingKnownElsewhere =
  /^(?:keine?[nr]?|nicht|pas d|aucune?|sans|absence d|sin|ning[uú]n[ao]?|niega|nessuna?|nega|geen|inga|ingen|inget|brak|nenhuma?|sem|nie|ei|není|żadn)\W?.*all?[eé]r[gh]/iu

const textsOf = ({ text, alternateText, detail }: Coded): string[] =>
  [text, alternateText, detail?.originalText ?? null].filter((one) => one !== null)

const codesOf = ({ code, alternateCode, translation }: Coded): string[] =>
  [translation?.code ?? null, code, alternateCode].filter((one) => one !== null)

/** Whether a text beside a code that none are known says something else, maybe an allergen. */
const namesAllergen = (text: string): boolean =>
  exception.test(text) || (noKnownInText(text) === null && !nothingKnownElsewhere.test(text.trim()))

const codedAs = (codes: readonly string[]): NoKnownAllergies | null => {
  const coded = codes.find((one) => Object.hasOwn(known, one))
  return coded === undefined ? null : (known[coded] as NoKnownAllergies)
}

/**
 * What an allergy entry says that no allergies of are known: a statement, and no allergy. A code of
 * a standard decides, else the text, else a local code (`NKDA`); in doubt it is an allergy. With a
 * text that says anything else it is one, see `contradictoryAllergy`.
 *
 * @returns null if it is an allergy
 */
export const noKnownAllergiesIn = (code: Coded): NoKnownAllergies | null => {
  const [texts, codes] = [textsOf(code), codesOf(code)]
  if (texts.some((text) => exception.test(text))) return null
  const coded = codedAs(codes)
  if (coded !== null) return texts.some(namesAllergen) ? null : coded
  const [first = null, ...others] = (texts.length === 0 ? codes : texts).map(noKnownInText)
  return others.includes(null) ? null : first
}

/**
 * An entry that contradicts itself: a code, of a standard or local (`NKA`), that none are known,
 * and a text that names something. What it names is an allergy until a person decides.
 *
 * @returns null for any other entry
 */
export const contradictoryAllergy = (
  code: Coded,
): { noKnown: NoKnownAllergies; named: string } | null => {
  if (noKnownAllergiesIn(code) !== null) return null
  const [texts, codes] = [textsOf(code), codesOf(code)]
  const noKnown =
    codedAs(codes) ?? [...codes, ...texts].map(noKnownInText).find((one) => one !== null) ?? null
  const named = texts.filter(namesAllergen)
  return noKnown === null || named.length === 0 ? null : { noKnown, named: named.join(', ') }
}
