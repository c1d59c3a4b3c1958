import type { EntryMethod } from '../normalise/open-submission.ts'
import type { Prefer } from './answer.ts'

/** A request without its body and client. */
export type FhirRequest = {
  method: EntryMethod
  /** Resource type of the address; null at `/fhir` itself. */
  type: string | null
  id: string | null
  /** `$process-message`: only a Bundle of type message is accepted. */
  onlyMessages: boolean
  ifNoneExist: string | null
  ifMatch: string | null
  prefer: Prefer
  /** For the archive: `fhir/8085 192.0.2.7:50123 client`. */
  connection: string
  traceparent: string | null
}
