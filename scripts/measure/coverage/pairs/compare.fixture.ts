import { readMessage } from '@tideway/hl7v2/lexer/header'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import { openNormaliser, sandboxOf } from '../hl7-reader.ts'
import { compare } from './compare.ts'

export const text =
  'MSH|^~\\&|LIMS|X99|||202607010915||ORU^R01|1|P|2.4\rPID|1||1002003^^^X99^MR||DOE^JANE||19800101|F\r' +
  'OBR|1||L1|U&E^Urea^L\rOBX|1|NM|K^Potassium^L||4.10|mmol/L|||||F|||20260701|||||||||LAB 1^L|1 Long Lane\rOBX|2|NM|NA^Sodium^L||140|mmol/L|||||P\r'
const toEvents = await openNormaliser()
/** A message, and the events that we make of it. */
export const readingOf = (sent: string) => {
  const bytes = Buffer.from(sent)
  return {
    message: readMessage(bytes, 'utf-8') as Hl7Message,
    bodies: toEvents(bytes, sandboxOf(null)).events.map(({ body }) => body),
  }
}
export const { message, bodies } = readingOf(text)
/** What the other converter makes of it. */
export const bundleOf = (...resources: object[]) =>
  ({ entry: resources.map((resource) => ({ resource })) }) as Parameters<typeof compare>[2]
export const observation = (code: string, more: object) => ({
  resourceType: 'Observation',
  id: code,
  code: { coding: [{ code }] },
  ...more,
})
/** Paths of the facts that our events hold, and of those they miss. */
export const paths = (bundle: Parameters<typeof compare>[2]) => {
  const { held, missed } = compare(message, bodies, bundle)
  return { held: held.map(({ path }) => path), missed: missed.map(({ path }) => path) }
}
