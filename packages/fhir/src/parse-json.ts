import { fhirError } from './errors.ts'
import { sentOf } from './element-usage.ts'
import type { FhirObject } from './fhir-object.ts'

/** A resource as parsed, and how its decimals were written. */
export type Parsed = { resource: FhirObject; decimals: Decimals }
export type { FhirObject }

export const isObject = (value: unknown): value is FhirObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Numbers whose text says more than their value, by the object they stand in and their name: 5.10
 * is not 5.1.
 */
export type Decimals = WeakMap<object, Map<string, string>>

/** Every number of a text in JSON, and what looks like one in its strings. */
const numbers = /[:[,]\s*(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s*[,}\]])/g

/**
 * Whether a number ends in a zero, has an exponent or more digits than a double keeps: rare, and
 * only then each is asked how it was written.
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

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** @throws FhirError NOT_JSON */
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
    return value
  }
  try {
    const text = utf8.decode(bytes)
    const resource: unknown = saysMore(text) ? JSON.parse(text, note) : JSON.parse(text)
    if (typeof resource === 'object' && resource !== null && !Array.isArray(resource))
      return { resource: resource as FhirObject, decimals }
  } catch (cause) {
    throw fhirError('NOT_JSON', 'body', { cause })
  }
  throw fhirError('NOT_JSON', 'body')
}

/** A number of XML may be written as JSON does not. @see RFC 8259 section 6 */
const isJsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** JSON text of what was sent, its numbers as they were written. */
export const jsonText = (sent: object, decimals: Decimals): string =>
  JSON.stringify(sent, function (this: object, name: string, value: unknown) {
    const written = typeof value === 'number' ? decimals.get(this)?.get(name) : undefined
    return written !== undefined && isJsonNumber.test(written) ? JSON.rawJSON(written) : value
  })

/** A number as it was written. */
export const decimalText = (
  decimals: Decimals,
  holder: object,
  name: string,
  value: number,
): string => decimals.get(sentOf(holder))?.get(name) ?? String(value)
