import type {
  DocumentReported,
  ResourceReported,
  ResultReported,
} from '@tideway/schemas/events.generated'
import { isRetracted } from '../status/report-status.ts'

/** Whether an event retracts a whole report. @see FHIR R4, DiagnosticReport.status */
export const retractsReport = ({ status }: ResultReported): boolean => isRetracted(status)

/**
 * Whether an event retracts a document. One that is not available yet (TXA-19 UN) is not retracted.
 *
 * @see HL7 v2.5.1 chapter 9.5, MDM T11; FHIR R4, DocumentReference.status and docStatus
 */
export const retractsDocument = ({
  trigger,
  completion,
  availability,
}: DocumentReported): boolean =>
  trigger === 'CANCELLED' || [completion, availability].includes('entered-in-error')

/** Whether an event retracts a letter of a FHIR document. @see FHIR R4, Composition.status */
export const retractsLetter = ({ resourceType, status }: ResourceReported): boolean =>
  resourceType === 'Composition' && status === 'entered-in-error'
