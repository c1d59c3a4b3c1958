import type { Source } from '@tideway/schemas/source'
import type { ApplicationCode } from '@tideway/hl7v2/acknowledgement/answer-code'
import type { AckFault } from '@tideway/hl7v2/acknowledgement/err-segment'
import type { IngestErrorCode } from '../errors.ts'
import type { Header } from '@tideway/hl7v2/lexer/header'

/**
 * What one failure means.
 *
 * - `custody`: MSA-1. AA: durable here, even if it waits. AE: not durable, send it again. AR: we
 *   will never take it.
 * - `strict`: MSA-1 for a source that asked to hear about content. The message is kept either way.
 * - `condition`: ERR-3, HL7 table 0357.
 * - `place`: what ERR points to where the header alone decides; else the message's own problem
 *   says it.
 * - `keep`: whether it goes to the log (and so to the archive), `park` whether it waits there for
 *   someone.
 */
export type FailureOutcome = {
  custody: ApplicationCode
  strict: ApplicationCode
  condition: string
  place: string | null
  keep: boolean
  park: boolean
}

/** A new code without a row does not compile. */
export const outcomes: Record<IngestErrorCode, FailureOutcome> = {
  NOT_HL7: {
    custody: 'AR',
    strict: 'AR',
    condition: '100',
    place: 'MSH',
    keep: false,
    park: false,
  }, // resending cannot help
  XML_BATCH: {
    custody: 'AR',
    strict: 'AR',
    condition: '200',
    place: null,
    keep: false,
    park: false,
  }, // several messages in one XML document: each is to be sent alone
  UNKNOWN_SOURCE: {
    custody: 'AR',
    strict: 'AR',
    condition: '204',
    place: 'MSH-4',
    keep: false,
    park: false,
  }, // nobody we agreed to listen to
  MISSING_CONTROL_ID: {
    custody: 'AR',
    strict: 'AR',
    condition: '101',
    place: 'MSH-10',
    keep: false,
    park: false,
  }, // its answer could not be told from another's
  TEST_MESSAGE: {
    custody: 'AR',
    strict: 'AR',
    condition: '202',
    place: 'MSH-11',
    keep: false,
    park: false,
  }, // MSH-11 not taken from this source
  TOO_LARGE: {
    custody: 'AR',
    strict: 'AR',
    condition: '207',
    place: null,
    keep: false,
    park: false,
  },
  FRAME_TIMEOUT: {
    custody: 'AR',
    strict: 'AR',
    condition: '207',
    place: null,
    keep: false,
    park: false,
  }, // half a frame for too long
  SAME_PATIENT_MERGED: {
    custody: 'AR',
    strict: 'AR',
    condition: '205',
    place: null,
    keep: true,
    park: false,
  }, // MRG equals PID: refused, and evidence
  UNSUPPORTED_TYPE: {
    custody: 'AA',
    strict: 'AE',
    condition: '201',
    place: null,
    keep: true,
    park: true,
  }, // durable, unmapped, visible
  MISSING_FIELD: {
    custody: 'AA',
    strict: 'AE',
    condition: '101',
    place: null,
    keep: true,
    park: true,
  },
  INVALID_FIELD: {
    custody: 'AA',
    strict: 'AE',
    condition: '102',
    place: null,
    keep: true,
    park: true,
  },
  SEVERAL_PATIENTS: {
    custody: 'AA',
    strict: 'AE',
    condition: '204',
    place: null,
    keep: true,
    park: true,
  }, // two people in one message: never guessed
  VISIT_NOT_IDENTIFIED: {
    custody: 'AA',
    strict: 'AE',
    condition: '101',
    place: null,
    keep: true,
    park: false,
  }, // who the patient is was taken, the visit could not be told from his others
  UNEXPECTED: {
    custody: 'AA',
    strict: 'AA',
    condition: '207',
    place: null,
    keep: true,
    park: true,
  }, // our defect: we keep the message
  LOG_UNAVAILABLE: {
    custody: 'AE',
    strict: 'AE',
    condition: '207',
    place: null,
    keep: false,
    park: false,
  }, // not durable: the sender keeps it and sends again
  STORE_UNAVAILABLE: {
    custody: 'AE',
    strict: 'AE',
    condition: '207',
    place: null,
    keep: false,
    park: false,
  },
}

/** Whether a message with this code waits for someone. */
export const waits = (code: string): boolean => outcomes[code as IngestErrorCode].park

/** A failure as the answer states it. */
export const faultOf = (code: IngestErrorCode, place: string | null): AckFault => ({
  code,
  condition: outcomes[code].condition,
  place,
})

/** MSA-1 of original mode for this failure, or for none. */
export const custodyOf = (code: IngestErrorCode | null, source: Source | null): ApplicationCode =>
  code === null ? 'AA' : outcomes[code][source?.hl7.strict === true ? 'strict' : 'custody']

/** What the header alone decides, before the message is read. Null: nothing against it. */
export const refusalOf = (header: Header | null, source: Source | null): IngestErrorCode | null => {
  if (header === null) return 'NOT_HL7'
  if (source === null) return 'UNKNOWN_SOURCE'
  if (header.controlId === null) return 'MISSING_CONTROL_ID'
  return isTaken(header.processingId, source) ? null : 'TEST_MESSAGE'
}

/** HL7 table 0103: production, training, debugging. Anything else says nothing of a test. */
const isTaken = (processingId: string | null, { hl7 }: Source): boolean =>
  !['P', 'T', 'D'].includes(processingId ?? '') || hl7.processingIds.includes(processingId ?? '')
