import { timesAgree } from '../entries/times-agree.ts'

/** What a statement is about, as far as two with one number are told apart by it. */
export type Thing = {
  /** Its codes, each with its system. */
  codes: [system: string | null, code: string][]
  /** The same in words, in lower case. */
  text: string | null
  /** When it was, at the precision at which two such things differ. */
  at: string | null
  /** Number of the specimen. */
  specimen: string | null
  /** Type of the specimen. */
  material: string | null
  site: string | null
  /** Name of a person, or of a questionnaire. */
  name: string | null
}

/**
 * Whether two are coded as different things. Codes of one system decide; without a common system
 * the words do. What has no code contradicts nothing.
 */
const codesDiffer = (a: Thing, b: Thing): boolean => {
  if (a.codes.length > 0 && b.codes.length > 0) {
    const pairs = a.codes.flatMap((one) => b.codes.map((other) => [one, other] as const))
    const comparable = pairs.filter(([[system], [other]]) => system === other)
    if (comparable.some(([[, code], [, other]]) => code === other)) return false
    if (comparable.length > 0) return true
    return a.text === null || a.text !== b.text
  }
  return differ(a.text, b.text)
}

const differ = (a: string | null, b: string | null): boolean => a !== null && b !== null && a !== b

/**
 * Whether two things with one number cannot be one: by code, time, specimen, body site or name. In
 * doubt they are two: shown twice is a nuisance, overwritten is a harm.
 */
export const contradicts = (a: Thing, b: Thing): boolean =>
  codesDiffer(a, b) ||
  (a.at !== null && b.at !== null && !timesAgree(a.at, b.at)) ||
  differ(a.specimen, b.specimen) ||
  differ(a.material, b.material) ||
  differ(a.site, b.site) ||
  differ(a.name, b.name)
