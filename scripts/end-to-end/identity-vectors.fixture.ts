import { readdirSync, readFileSync } from 'node:fs'
import { read as readFhir, sender } from '@tideway/fhir-ingest/sender.fixture'
import { normalise } from '@tideway/hl7-ingest/normalise/normalise'
import { patientKeyOf } from '@tideway/schemas/public-id'
import { type IdentityDecided, type PatientEvent, unsaid } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import { mappings, trust } from './trust.fixture.ts'

export type VectorPatient = { organisation: string; identifier: string }
type Sent = { from: string; receivedAt: string } & ({ hl7: string[] } | { fhir: object })
type Decided = {
  decidedAt: string
  decision: 'LINK' | 'KEEP_APART' | 'UNLINK'
  patients: VectorPatient[]
  by: string
  reason: string
}
/** A test of identity: see schemas/vectors/README.md. */
export type Vector = {
  name: string
  description: string
  eventTypes: string[]
  sources: { organisation: string; speaksFor: string[] }[]
  messages: (Sent | Decided | { withdraw: number })[]
  expect: {
    persons: VectorPatient[][]
    workItems: { kind: string; patients: VectorPatient[] }[]
    moved: {
      kind: string
      from: VectorPatient | null
      to: VectorPatient
      id: string
      toId: string
    }[]
    removed: VectorPatient[]
  }
}

const folder = new URL('../../schemas/vectors/identity/', import.meta.url)
export const vectors = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .toSorted()
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Vector)

const hl7Sender = ({ organisation, speaksFor }: Vector['sources'][number]): Source => ({
  ...trust,
  ods: organisation,
  hl7: {
    ...trust.hl7,
    authorities: Object.fromEntries(speaksFor.map((ods) => [ods, ods])),
    nhsNumber: { authorities: ['NHS'], types: ['NH'] },
  },
})

export const keyOf = ({ organisation, identifier }: VectorPatient): string =>
  patientKeyOf(organisation, identifier)

/**
 * Events of each message, none of a withdrawn one.
 *
 * @param receivedAt  milliseconds, by the time in the vector and the place of the message in it
 */
export const eventsOf = (
  vector: Vector,
  receivedAt = (at: string, _index: number): number => Date.parse(at),
): PatientEvent[][] => {
  const withdrawn = new Set(
    vector.messages.flatMap((message) => ('withdraw' in message ? [message.withdraw] : [])),
  )
  return vector.messages.map((message, index) => {
    if ('withdraw' in message || withdrawn.has(index)) return []
    if ('decision' in message) return decisionEvents(message, `${vector.name}-${index}`)
    const from = vector.sources.find(({ organisation }) => organisation === message.from)
    if (from === undefined) throw new Error(`${vector.name}: no source ${message.from}`)
    const received = receivedAt(message.receivedAt, index) * 1000
    return 'hl7' in message
      ? normalise(
          {
            source: hl7Sender(from),
            bytes: Buffer.from(`${message.hl7.join('\r')}\r`),
            receivedAt: received,
          },
          mappings,
          { production: false },
        ).events
      : readFhir(message.fhir, sender(from.organisation, {}, from.speaksFor)).events.map(
          (event) => ({ ...event, receivedAt: received }),
        )
  })
}

const decisionEvents = (
  { decidedAt, decision, patients, by, reason }: Decided,
  decisionId: string,
): PatientEvent[] => {
  const patientKeys = patients.map(keyOf)
  const body: IdentityDecided & { type: 'IdentityDecided' } = {
    ...unsaid.IdentityDecided(),
    decisionId,
    decision,
    patientKeys,
    by,
    reason,
  }
  return patientKeys.map(
    (patientKey, nth): PatientEvent => ({
      id: `${decisionId}.${nth}`,
      messageId: decisionId,
      source: 'tideway',
      patientKey,
      receivedAt: Date.parse(decidedAt) * 1000,
      sentAt: Date.parse(decidedAt),
      place: '',
      body,
      notShown: null,
    }),
  )
}
