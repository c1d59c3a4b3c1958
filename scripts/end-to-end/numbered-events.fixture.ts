import { read as readFhir, sender } from '@tideway/fhir-ingest/sender.fixture'
import { normalise } from '@tideway/hl7-ingest/normalise/normalise'
import { entryIdIn } from '@tideway/record/entries/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import { type NumberedKind, subject } from './numbered-kinds.fixture.ts'
import { mappings, trust } from './trust.fixture.ts'

/** X99 is a trust; XL1 is a laboratory that may also use the trust's identifiers. */
const hl7Senders: Record<string, Source> = {
  X99: trust,
  XL1: { ...trust, ods: 'XL1', hl7: { ...trust.hl7, authorities: { X99: 'X99', XL1: 'XL1' } } },
}
const fhirSenders = { X99: sender('X99'), XL1: sender('XL1', {}, ['X99']) }
export type Sender = keyof typeof fhirSenders

/** Events of an HL7 v2 message about patient 1 of X99. */
export const ofHl7 = (type: string, from: Sender, segments: readonly string[]): PatientEvent[] => {
  const bytes = Buffer.from(
    [
      `MSH|^~\\&|A|${from}|T|S|20260701091500||${type}|1|P|2.5.1`,
      'PID|1||1^^^X99^MR',
      ...segments,
    ].join('\r'),
  )
  return normalise(
    { source: hl7Senders[from] as Source, bytes, receivedAt: 1_782_900_000_000_000 },
    mappings,
    { production: false },
  ).events
}

/** Events of a FHIR resource about the same patient. */
export const ofFhir = (from: Sender, resource: object): PatientEvent[] =>
  readFhir({ subject, ...resource }, fhirSenders[from]).events

export const idsOf = (events: readonly PatientEvent[]): (string | null)[] =>
  events.map(entryIdIn).filter((id) => id !== null)

/** Entry ids of one kind by its number and who assigned it, in both standards. */
export const numbersOf = ({ segments, resource, type, isCx }: NumberedKind) => {
  const numbered = (number: string, authority: string | null) =>
    authority === null ? number : `${number}${isCx === true ? '^^^' : '^'}${authority}`
  return {
    hl7: (from: Sender, number: string, authority: string | null = null) =>
      idsOf(ofHl7(type, from, segments(numbered(number, authority)))),
    fhir: (from: Sender, value: string, of: string | null = null) =>
      idsOf(ofFhir(from, resource(of === null ? { value } : { system: of, value }))),
  }
}
