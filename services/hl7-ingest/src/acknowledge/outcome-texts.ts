import type { IngestErrorCode } from '../errors.ts'

/** Meaning of a failure and action for the operator or the sender, for docs/errors.md. */
type OutcomeText = { meaning: string; action: string }

/** A code without a row does not compile. */
export const outcomeTexts: Record<IngestErrorCode, OutcomeText> = {
  NOT_HL7: {
    meaning: 'The frame does not start with MSH, or its delimiters cannot be read',
    action: 'The sender checks its output; resending does not help.',
  },
  XML_BATCH: {
    meaning: 'One XML document contains several messages',
    action: 'Send each message as a separate document.',
  },
  UNKNOWN_SOURCE: {
    meaning: 'No source file matches port, address, certificate, MSH-3 and MSH-4',
    action: 'Write or correct the source file, then `npm run sources -- apply`.',
  },
  SENDER_MISMATCH: {
    meaning:
      'MSH-3 or MSH-4 say another source than the client certificate, or the port and address',
    action:
      'Find out who sent it: the log names the connection. If it may send for that source, add the certificate, address or names to one source file, and apply it.',
  },
  MISSING_CONTROL_ID: {
    meaning: 'MSH-10 is empty, so the answer could not be matched to the message',
    action: 'The sender fills MSH-10.',
  },
  TEST_MESSAGE: {
    meaning: 'The source does not accept the processing id (MSH-11)',
    action: 'Send test messages to the sandbox port, or change `processingIds`.',
  },
  TOO_LARGE: {
    meaning: 'The message is over the limit of the source',
    action: 'Raise `limits.maxMessageBytes`, or send documents by reference.',
  },
  FRAME_TIMEOUT: {
    meaning: 'A frame was idle for too long, took too long, or came too slowly',
    action:
      'Check the network and the engine; the limits are `limits.idleFrameMs`, `FRAME_DEADLINE_MS` and `MIN_FRAME_BYTES_PER_SECOND`.',
  },
  SAME_PATIENT_MERGED: {
    meaning: 'MRG identifies the same patient as PID',
    action: 'The sender corrects the merge.',
  },
  UNSUPPORTED_TYPE: {
    meaning: 'No mapping handles the message type and trigger event',
    action: 'Add a mapping or a type to one, then release.',
  },
  MISSING_FIELD: {
    meaning: 'A field that identifies the patient or the subject of the message is empty',
    action: 'Ask the sender, or enable a fix in the source file, then release.',
  },
  INVALID_FIELD: {
    meaning: 'Such a field is not valid for its data type',
    action: 'Ask the sender, or enable a fix in the source file, then release.',
  },
  SEVERAL_PATIENTS: {
    meaning: 'The identifiers, or the message, refer to two patients',
    action: 'Clarify the patient with the sender; release after a correction, or drop.',
  },
  PATIENT_NOT_NAMED: {
    meaning: 'An order response without PID; it is not known whose the orders are',
    action: 'The sender adds PID to its responses. Check the orders with the sender, then drop.',
  },
  VISIT_NOT_IDENTIFIED: {
    meaning: 'Nothing identifies the visit; only the demographics are used',
    action: 'Ask the sender for PV1-19, or enable a visit number fix, then replay.',
  },
  USED_IN_PART: {
    meaning:
      'One part is missing or cannot be read, or its PID identifies nobody; it is listed as unused, and the rest is used',
    action:
      'Ask the sender, or enable a fix in the source file (at PID-3: or add the authority of the number), then replay.',
  },
  UNEXPECTED: {
    meaning: 'A defect of hl7-ingest',
    action: 'Report it with the message id; release after the fix.',
  },
  LOG_UNAVAILABLE: {
    meaning: 'Kafka did not acknowledge in time',
    action: 'Nothing is lost: the sender resends. Check Kafka.',
  },
  STORE_UNAVAILABLE: {
    meaning: 'The object store did not store a large payload in time',
    action: 'Nothing is lost: the sender resends. Check the object store.',
  },
}
