import type { PatientEvent } from '@tideway/schemas/events.generated'
import type { HeldEvent } from '@tideway/schemas/documents/ledger'
import type { Incoming } from '@tideway/kafka/consumer'

/** A record of `patient-events.v1` as it came to a patient, whether it could be read or not. */
export type Arrival = {
  /** Patient key; empty if the record names none. */
  patient: string
  offset: number
  /** Null if the bytes are no event. */
  event: PatientEvent | null
  record: Buffer
  /** Id of the message, as far as the headers tell. */
  messageId: string
  eventId: string | null
  source: string
  traceparent: string | null
}

const sourceIn = (header: string | null): string =>
  /^\/sources\/(.+)$/.exec(header ?? '')?.[1] ?? 'unknown'

/**
 * What came, by its content, and where that cannot be read by its key and CloudEvents headers
 * (`ce_id` is `<message id>.<n>`).
 */
export const arrivalOf = ({
  offset,
  key,
  value,
  record,
  header,
}: Incoming<'patientEvents'>): Arrival => {
  const eventId = value?.id ?? header('ce_id')
  return {
    patient: value?.patientKey ?? (key.includes('|') ? key : ''),
    offset,
    event: value,
    record,
    messageId: value?.messageId ?? eventId?.replace(/\.\d+$/, '') ?? `offset-${offset}`,
    eventId,
    source: value?.source ?? sourceIn(header('ce_source')),
    traceparent: header('traceparent'),
  }
}

/** A held event as it came, once its bytes were read again. */
export const arrivalOfHeld = (
  { patient, offset, record, message, source }: HeldEvent,
  event: PatientEvent | null,
): Arrival => ({
  patient,
  offset,
  event,
  record,
  messageId: message,
  eventId: event?.id ?? null,
  source: event?.source ?? source,
  traceparent: null,
})
