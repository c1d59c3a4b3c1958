import { type JSONPath, visit } from 'jsonc-parser'
import type { FhirObject } from './fhir-object.ts'

/** The end of a member's name; a string may contain the same, escaped or at its start. */
const nameEnd = /"\s*:/g

const namesIn = (text: string): number => {
  let count = 0
  for (nameEnd.lastIndex = 0; nameEnd.test(text); count++);
  return count
}

const membersOf = (value: unknown): number => {
  let count = 0
  const left = [value]
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next !== 'object' || next === null) continue
    const values = Object.values(next)
    if (!Array.isArray(next)) count += values.length
    for (const one of values) left.push(one)
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
 * @param parsed  the text as parsed
 * @returns a FHIRPath expression, e.g. `Bundle.entry[0].resource.status`
 * @see RFC 8259 section 4
 */
export const duplicateMemberIn = (text: string, parsed: FhirObject): string | null => {
  if (namesIn(text) === membersOf(parsed)) return null
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
