import { duplicateMemberIn, membersIn } from './duplicate-member.ts'
import { r4Error } from './fault.ts'
import { withoutControls } from '@tideway/xml/control-characters'
import { untracked } from './element-usage.ts'
import type { FhirObject } from './fhir-object.ts'

/** A parsed resource, and its decimals as written. */
export type Parsed = { resource: FhirObject; decimals: Decimals }
export type { FhirObject }

export const isObject = (value: unknown): value is FhirObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Decimals whose text carries more than their value (5.10 is not 5.1), by holder and name. */
export type Decimals = WeakMap<object, Map<string, string>>

/** Every number of a JSON text, and anything in its strings that looks like one. */
const numbers = /[:[,]\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s*[,}\]])/g

/**
 * Whether a number has a trailing zero, an exponent or more digits than a double keeps. This is
 * rare; only then is each number's text kept.
 */
const saysMore = (text: string): boolean => {
  for (const [, written] of text.matchAll(numbers))
    if (String(Number(written)) !== written) return true
  return false
}

declare global {
  interface JSON {
    /** @see ECMAScript proposal JSON.parse source text access, in Node from 21 */
    rawJSON(text: string): unknown
  }
}

/** Control characters in the strings of a JSON text, which has them escaped only; or `\\b`. */
const escapedControl = /\\(?:[bf]|u00(?:0[0-8bcef]|1[0-9a-f]|7f|[89][0-9a-f]))/i

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Control characters in strings, which FHIR does not allow and no reader can see, are left out.
 *
 * @throws FhirError NOT_JSON, TOO_DEEP or DUPLICATE_MEMBER
 */
export const parseJson = (bytes: Buffer): Parsed => {
  const decimals: Decimals = new WeakMap()
  const note = function (
    this: object,
    name: string,
    value: unknown,
    context?: { source?: string },
  ): unknown {
    if (
      typeof value === 'number' &&
      context?.source !== undefined &&
      context.source !== String(value)
    ) {
      const of = decimals.get(this) ?? new Map<string, string>()
      decimals.set(this, of.set(name, context.source))
    }
    return typeof value === 'string' ? withoutControls(value) : value
  }
  const { text, resource } = parsedFrom(bytes, note)
  if (!isObject(resource)) throw r4Error('NOT_JSON', 'body')
  const members = membersIn(resource)
  if (Number.isNaN(members)) throw r4Error('TOO_DEEP', 'body')
  const twice = duplicateMemberIn(text, resource, members)
  if (twice !== null) throw r4Error('DUPLICATE_MEMBER', twice)
  return { resource, decimals }
}

/** @throws FhirError NOT_JSON */
const parsedFrom = (
  bytes: Buffer,
  note: Parameters<typeof JSON.parse>[1],
): { text: string; resource: unknown } => {
  try {
    const text = utf8.decode(bytes)
    const needsNote = escapedControl.test(text) || saysMore(text)
    return { text, resource: needsNote ? JSON.parse(text, note) : JSON.parse(text) }
  } catch (cause) {
    throw r4Error('NOT_JSON', 'body', { cause })
  }
}

/** FHIR XML allows number formats that JSON does not. @see RFC 8259 section 6 */
const isJsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** JSON text of a resource, with its decimals as written. */
export const jsonText = (sent: object, decimals: Decimals): string =>
  JSON.stringify(sent, function (this: object, name: string, value: unknown) {
    const written = typeof value === 'number' ? decimals.get(this)?.get(name) : undefined
    return written !== undefined && isJsonNumber.test(written) ? JSON.rawJSON(written) : value
  })

/** A decimal as written. */
export const decimalText = (
  decimals: Decimals,
  holder: object,
  name: string,
  value: number,
): string => decimals.get(untracked(holder))?.get(name) ?? String(value)
