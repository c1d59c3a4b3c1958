import { type JSONPath, visit } from 'jsonc-parser'
import type { FhirObject } from './fhir-object.ts'

const quote = 0x22
const space = 0x20

/** Colons after a quotation mark: every name has one, and a string may contain them too. */
const namesIn = (text: string): number => {
  let count = 0
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', colon + 1)) {
    let before = colon - 1
    while (text.charCodeAt(before) <= space) before--
    if (text.charCodeAt(before) === quote) count++
  }
  return count
}

const deepest = 64

/** Members of all objects in a value; NaN if it is nested deeper than is accepted. */
export const membersIn = (value: object, left = deepest): number => {
  if (left < 0) return Number.NaN
  const names = Object.keys(value)
  let count = Array.isArray(value) ? 0 : names.length
  for (const name of names) {
    const inner = (value as FhirObject)[name]
    if (typeof inner === 'object' && inner !== null) count += membersIn(inner, left - 1)
  }
  return count
}

const expressionOf = (root: string, path: JSONPath): string =>
  path.reduce<string>(
    (at, step) => (typeof step === 'number' ? `${at}[${step}]` : `${at}.${step}`),
    root,
  )

/**
 * The place of the first member of a JSON text that its object has already; null if there is none.
 * JSON.parse takes the last of them, other parsers the first: what the sender meant is unknown.
 *
 * The text is searched only if it may have more members than were parsed.
 *
 * @param parsed   the text as parsed
 * @param members  as `membersIn` counts them in that
 * @returns a FHIRPath expression, e.g. `Bundle.entry[0].resource.status`
 * @see RFC 8259 section 4
 */
export const duplicateMemberIn = (
  text: string,
  parsed: FhirObject,
  members: number,
): string | null => {
  if (namesIn(text) === members) return null
  const open: Set<string>[] = []
  let found: string | null = null
  const root = typeof parsed['resourceType'] === 'string' ? parsed['resourceType'] : 'body'
  try {
    visit(text, {
      onObjectBegin: () => void open.push(new Set()),
      onObjectProperty: (name, _offset, _length, _line, _character, pathTo) => {
        const names = open.at(-1)
        if (names?.has(name) === true) found ??= expressionOf(root, [...pathTo(), name])
        names?.add(name)
      },
      onObjectEnd: () => void open.pop(),
    })
  } catch (error) {
    // A value too deep to visit that was parsed away: a later member has its name.
    if (!(error instanceof RangeError)) throw error
    found ??= root
  }
  return found
}
