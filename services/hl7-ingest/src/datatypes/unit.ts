import { canonicalSystem } from '@tideway/schemas/code-systems'
import type { Coded } from '@tideway/schemas/events.generated'
import spellings from '@tideway/schemas/units.json' with { type: 'json' }
import { UcumLhcUtils } from '@lhncbc/ucum-lhc'

const bySpelling = new Map(
  Object.entries(spellings).flatMap(([ucum, texts]) => texts.map((text) => [text, ucum] as const)),
)

/**
 * Units that a text without a code system rarely means: `C` is coulomb, `F` farad, `G` gauss, `K`
 * kelvin, `M` nothing, `S` siemens, `T` tesla.
 */
const ambiguous = /(^|[./])[ABCFGHJKNPRSTVW]($|[./\d])/

/**
 * Likewise `PT` is rarely petatesla, `U17` rarely a power of the enzyme unit, and the 10 of a score
 * out of ten not a unit. Square and cubic metres are meant.
 */
const localCode = /^[A-Z]{2,}$|(?<!(?:^|[./])[cdkmun]?m)(?<=[A-Za-z])\d|^[^A-Za-z%]*$/
/** In UCUM a number is a factor; as a sent unit it means nothing, even if declared as UCUM. */
const isNumber = /^[\d.]+$/
const bracketed = /\[[^\]]*\]|\{[^}]*\}/g

/** Maximum number of cached texts: senders use a few dozen, but may send any number. */
const most = 5_000
const known = new Map<string, string | null>()

/**
 * A unit in UCUM: by the table of usual spellings, else as sent if that is UCUM; else null, never a
 * guess.
 *
 * @see UCUM 2.1; schemas/units.json
 */
export const ucumOf = (unit: Coded | null): string | null => {
  if (unit === null) return null
  const { code, text, system, alternateCode, alternateSystem } = unit
  return (
    unitIn(code, isUcum(system)) ??
    unitIn(alternateCode, isUcum(alternateSystem)) ??
    (code !== null && unfinished.test(code) ? null : unitIn(text, false))
  )
}

/** A power of nothing, or a unit that ends in a figure: the text beside it is a part of it. */
const unfinished = /^[x*×]?\s*10\s*[*^e]\s*[-+]?\d+$|[./]\s*[\d.]+$/i

const isUcum = (system: string | null) => canonicalSystem(system) === 'http://unitsofmeasure.org'

const unitIn = (asSent: string | null, declared: boolean): string | null => {
  if (asSent === null) return null
  const key = declared ? `=${asSent}` : asSent
  const before = known.get(key)
  if (before !== undefined) return before
  const text = asSent.trim()
  const powers = withUcumPowers(text)
  const found =
    bySpelling.get(text.toLowerCase()) ??
    bySpelling.get(powers.toLowerCase()) ??
    validated(powers, declared)
  if (known.size >= most) known.clear()
  known.set(key, found)
  return found
}

/** Powers as UCUM writes them: `x10^9/kg` is `10*9/kg`, and `m^2` is `m2`. */
const withUcumPowers = (text: string): string =>
  text
    .replace(/^[x*×]?\s*10\s*[*^e]\s*(?=-?\d)/i, '10*')
    .replace(/(?<=[a-z])\^(?=[23](?!\d))/gi, '')
    .replaceAll(/\s*\/\s*/g, '/')

const validated = (text: string, declared: boolean): string | null => {
  if (isNumber.test(text) || (!declared && isDoubtful(text))) return null
  const { status, ucumCode } = quietly(() => UcumLhcUtils.getInstance().validateUnitString(text))
  return status === 'valid' ? litresInCapitals(ucumCode) : null
}

/** The library writes unreadable text to the console; message content must not be logged. */
const quietly = <T>(work: () => T): T => {
  const { log } = console
  console.log = () => undefined
  try {
    return work()
  } finally {
    console.log = log
  }
}

const isDoubtful = (text: string): boolean =>
  unfinished.test(text) || ambiguous.test(text) || localCode.test(text.replaceAll(bracketed, 'x'))

/** UCUM has two symbols for the litre; values in either can be compared. */
const litresInCapitals = (ucum: string) =>
  ucum.replaceAll(/(?<=^|[./])([munpfdc]?)l(?=$|[./])/g, '$1L')
