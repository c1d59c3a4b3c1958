import { elementOf, isPrimitive, jsTypeOf, type KnownElement } from '../definitions.ts'
import { type Decimals, type FhirObject, isObject } from '../parse-json.ts'
import { type PlacedElement, valueAt } from './element-at.ts'

const numeric = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/

const isAddress = /^(#|urn:|https?:|[A-Z][A-Za-z]+\/)/

const hasText = (code: string): boolean =>
  !isPrimitive(code) && code !== '' && elementOf(code, 'text')?.code === 'string'

const isCoding = (value: unknown): boolean =>
  isObject(value) &&
  typeof value['code'] === 'string' &&
  Object.keys(value).every((name) => ['system', 'version', 'code', 'display'].includes(name))

/** A primitive that is written as another type, e.g. `"5.10"` for a number. */
const primitiveFrom = (value: unknown, code: string): unknown => {
  const wanted = jsTypeOf(code)
  const text = typeof value === 'string' ? value.trim() : null
  if (wanted === 'number' && text !== null && numeric.test(text)) return Number(text)
  if (wanted === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  if (wanted === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return String(value)
  return undefined
}

/** A value in the form that R4 has for its type, where nothing is lost by it; else undefined. */
const inForm = (value: unknown, code: string): unknown => {
  if (isPrimitive(code)) return primitiveFrom(value, code)
  if (code === 'CodeableConcept' && isCoding(value)) return { coding: [value] }
  const words = typeof value === 'string' && value.trim() !== '' ? value : null
  if (words === null) return undefined
  if (hasText(code)) return { text: words }
  if (code !== 'Reference') return undefined
  return isAddress.test(words) ? { reference: words } : { display: words }
}

const isOfForm = (value: unknown, code: string): boolean =>
  isPrimitive(code) ? typeof value === jsTypeOf(code) : isObject(value)

/** One value, or a list of values, as R4 has it; undefined if it cannot be. */
const asDefined = (value: unknown, { element, code }: KnownElement): unknown => {
  if (element.isArray === true) {
    const all = Array.isArray(value) ? value : [value]
    const formed = all.map((one) => (isOfForm(one, code) ? one : inForm(one, code)))
    return formed.includes(undefined) ? undefined : formed
  }
  const one = Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value
  return isOfForm(one, code) ? one : inForm(one, code)
}

const noteText = (decimals: Decimals, { holder, name }: PlacedElement, text: unknown): void => {
  if (typeof text !== 'string' || typeof holder[name] !== 'number') return
  const of = decimals.get(holder) ?? new Map<string, string>()
  decimals.set(holder, of.set(name, text.trim()))
}

/**
 * Puts an element into the form that R4 has, where that loses nothing and can mean nothing else: a
 * number in a string, a string in place of a concept, one value in place of a list.
 *
 * @returns whether it could be
 */
export const putInForm = (at: PlacedElement, decimals: Decimals): boolean => {
  const { holder, name, index, known } = at
  if (known === null) return false
  const value = valueAt(at)
  const formed =
    index === null
      ? asDefined(value, known)
      : isOfForm(value, known.code)
        ? undefined
        : inForm(value, known.code)
  if (formed === undefined || formed === value) return false
  if (index === null) {
    holder[name] = formed
    noteText(decimals, at, value)
  } else (holder[name] as unknown[])[index] = formed
  return true
}

/** What a value says in words: the primitive, or a quantity with its unit. */
const wordsOf = (value: unknown): string | null => {
  if (Array.isArray(value)) return value.length === 1 ? wordsOf(value[0]) : null
  if (!isObject(value)) return value === null || value === '' ? null : String(value)
  const { comparator, value: amount, unit, code, text, display } = value as FhirObject
  const parts =
    amount === undefined ? [text ?? display ?? code] : [comparator, amount, unit ?? code]
  const said = parts.filter((one) => typeof one === 'string' || typeof one === 'number')
  return said.length === 0 ? null : said.join(' ')
}

/** Holders whose `value[x]` may be any text. */
const observed: ReadonlySet<string> = new Set(['Observation', 'ObservationComponent'])

/**
 * Shows the value of an observation in words where it is not of the type that its name says, or
 * where there are two.
 *
 * @returns the element whose value it now is; null if it is none, or says nothing in words
 */
export const putInWords = (at: PlacedElement): PlacedElement | null => {
  let one: PlacedElement | null = at
  while (one !== null && !(observed.has(one.of) && one.name.startsWith('value'))) one = one.above
  if (one === null) return null
  const names = Object.keys(one.holder).filter((name) => name.startsWith('value'))
  const words = names.map((name) => wordsOf(one.holder[name]))
  if (words.includes(null)) return null
  for (const name of names) delete one.holder[name]
  one.holder['valueString'] = words.join('; ')
  return one
}
