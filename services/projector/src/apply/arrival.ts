import type { PatientEvent } from '@tideway/schemas/events.generated'
import type { HeldEvent } from '@tideway/schemas/documents/ledger'
import { numberKeyOf } from '@tideway/schemas/public-id'
import type { Registry } from '@tideway/kafka/registry'

/** A record of `patient-events.v1` for one patient, readable or not. */
export type Arrival = {
  /** Patient key; empty if the record has none. */
  patient: string
  offset: number
  /** Null if the bytes are not an event. */
  event: PatientEvent | null
  record: Buffer
  /** Message id, if the headers have it. */
  messageId: string
  eventId: string | null
  source: string
  traceparent: string | null
}

export const projectionIdOf = (messageId: string, patient: string): string =>
  `${messageId}|${numberKeyOf(patient)}`

/** The event as one of this source patient, which may be a later person with its number. */
export const eventOf = (event: PatientEvent, patient: string): PatientEvent =>
  event.patientKey === patient ? event : { ...event, patientKey: patient }

/** A held event as it was consumed, its bytes decoded again. */
export const arrivalOfHeld = (
  { patient, offset, record, message, source }: HeldEvent,
  event: PatientEvent | null,
): Arrival => ({
  patient,
  offset,
  event: event === null ? null : eventOf(event, patient),
  record,
  messageId: message,
  eventId: event?.id ?? null,
  source: event?.source ?? source,
  traceparent: null,
})

/**
 * Decodes the bytes of a held event again: a newer release may understand them, or the registry may
 * know their schema by now.
 *
 * @returns null if they are still not an event
 */
export const heldEventDecoder =
  (registry: Registry) =>
  (record: Buffer): Promise<PatientEvent | null> =>
    registry.decode('patientEvents', record).catch((cause: unknown) => {
      if (cause instanceof RangeError) return null
      throw cause
    })
