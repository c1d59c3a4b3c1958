import type { Source } from '@tideway/schemas/source'
import type { ApplicationCode } from '@tideway/hl7v2/acknowledgement/answer-code'
import type { AckFault } from '@tideway/hl7v2/acknowledgement/err-segment'
import type { IngestErrorCode } from '../errors.ts'
import type { Header } from '@tideway/hl7v2/lexer/header'

/**
 * Consequences of one failure.
 *
 * - `custody`: MSA-1. AA: durable here, even if parked. AE: not durable, send it again. AR: never
 *   accepted.
 * - `strict`: MSA-1 for a source that wants content errors reported. The message is kept either
 *   way.
 * - `condition`: ERR-3, HL7 table 0357.
 * - `place`: what ERR points to if the header alone decides; else the place of the problem itself.
 * - `keep`: whether it goes to the log (and so to the archive), `park` whether it is parked for
 *   someone to resolve.
 */
export type FailureOutcome = {
  custody: ApplicationCode
  strict: ApplicationCode
  condition: string
  place: string | null
  keep: boolean
  park: boolean
}

/** A code without a row does not compile. */
export const outcomes: Record<IngestErrorCode, FailureOutcome> = {
  NOT_HL7: {
    custody: 'AR',
    strict: 'AR',
    condition: '100',
    place: 'MSH',
    keep: false,
    park: false,
  }, // resending does not help
  XML_BATCH: {
    custody: 'AR',
    strict: 'AR',
    condition: '200',
    place: null,
    keep: false,
    park: false,
  }, // several messages in one XML document: send each separately
  UNKNOWN_SOURCE: {
    custody: 'AR',
    strict: 'AR',
    condition: '204',
    place: 'MSH-4',
    keep: false,
    park: false,
  }, // no configured source matches
  SENDER_MISMATCH: {
    custody: 'AR',
    strict: 'AR',
    condition: '204',
    place: 'MSH-4',
    keep: false,
    park: false,
  }, // MSH-3 and MSH-4 say another source than certificate or port
  MISSING_CONTROL_ID: {
    custody: 'AR',
    strict: 'AR',
    condition: '101',
    place: 'MSH-10',
    keep: false,
    park: false,
  }, // its answer could not be matched to it
  TEST_MESSAGE: {
    custody: 'AR',
    strict: 'AR',
    condition: '202',
    place: 'MSH-11',
    keep: false,
    park: false,
  }, // MSH-11 not accepted from this source
  TOO_LARGE: {
    custody: 'AR',
    strict: 'AR',
    condition: '207',
    place: null,
    keep: false,
    park: false,
  },
  FRAME_TIMEOUT: {
    custody: 'AE',
    strict: 'AE',
    condition: '207',
    place: null,
    keep: false,
    park: false,
  }, // frame incomplete for too long: the sender has it still and resends
  SAME_PATIENT_MERGED: {
    custody: 'AR',
    strict: 'AR',
    condition: '205',
    place: null,
    keep: true,
    park: false,
  }, // MRG equals PID: rejected, and archived as evidence
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
  }, // two patients in one message: not resolved by guessing
  PATIENT_NOT_NAMED: {
    custody: 'AA',
    strict: 'AE',
    condition: '101',
    place: null,
    keep: true,
    park: true,
  }, // a response names orders and no patient: not resolved by guessing
  VISIT_NOT_IDENTIFIED: {
    custody: 'AA',
    strict: 'AE',
    condition: '101',
    place: null,
    keep: true,
    park: false,
  }, // demographics were used; the visit could not be identified
  USED_IN_PART: {
    custody: 'AA',
    strict: 'AE',
    condition: '101',
    place: null,
    keep: true,
    park: false,
  }, // a part could not be used: it is listed, and the rest was used
  UNEXPECTED: {
    custody: 'AA',
    strict: 'AA',
    condition: '207',
    place: null,
    keep: true,
    park: true,
  }, // a defect of this service: the message is kept
  LOG_UNAVAILABLE: {
    custody: 'AE',
    strict: 'AE',
    condition: '207',
    place: null,
    keep: false,
    park: false,
  }, // not durable: the sender keeps it and resends
  STORE_UNAVAILABLE: {
    custody: 'AE',
    strict: 'AE',
    condition: '207',
    place: null,
    keep: false,
    park: false,
  },
}

/** Whether a message with this code is parked. */
export const isParked = (code: string): boolean => outcomes[code as IngestErrorCode].park

/** A failure as the answer states it. */
export const faultOf = (code: IngestErrorCode, place: string | null): AckFault => ({
  code,
  condition: outcomes[code].condition,
  place,
})

/** MSA-1 in original mode for a failure, or for success. */
export const custodyOf = (code: IngestErrorCode | null, source: Source | null): ApplicationCode =>
  code === null ? 'AA' : outcomes[code][source?.hl7.strict === true ? 'strict' : 'custody']

/** Reason to reject a message by its header alone; null if there is none. */
export const refusalOf = (header: Header | null, source: Source | null): IngestErrorCode | null => {
  if (header === null) return 'NOT_HL7'
  if (source === null) return 'UNKNOWN_SOURCE'
  if (header.controlId === null) return 'MISSING_CONTROL_ID'
  return isTaken(header.processingId, source) ? null : 'TEST_MESSAGE'
}

/** Words that some senders write for T and D. */
const words: ReadonlyMap<string, string> = new Map([
  ['TEST', 'T'],
  ['TESTING', 'T'],
  ['TRAINING', 'T'],
  ['TRAIN', 'T'],
  ['DEBUG', 'D'],
  ['DEBUGGING', 'D'],
])

/**
 * Whether the processing id is accepted, in any case. HL7 table 0103; an unknown one is accepted,
 * because a patient's data must not be refused for it.
 */
const isTaken = (processingId: string | null, { hl7 }: Source): boolean => {
  const sent = processingId?.trim().toUpperCase() ?? ''
  const code = words.get(sent) ?? sent
  return !['P', 'T', 'D'].includes(code) || hl7.processingIds.includes(code)
}
