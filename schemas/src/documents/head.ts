import type { Identifier, Location, PatientDetailsReported } from '../events.generated.ts'
import type { Version } from '../version.ts'
import type { Contribution } from './entry.ts'

/** Demographic fields of a `PatientDetailsReported`. */
export type Details = Omit<PatientDetailsReported, 'type' | 'identifiers' | 'deleted'>

/**
 * What a clinician needs first about one source patient; small for ever (under 16 KB). Collection `patients`.
 * Indexes: `{id}` unique, `{nhsNumber, birthDate}`.
 */
export type PatientHead = {
  /** Patient key: `<ods>|<identifier>`. */
  _id: string
  /** Public id: hash of the key, for addresses. */
  id: string
  organisation: string
  identifier: string
  /** Saves guard on it; 1 when first written. */
  version: number
  /** Effective NHS number and birth date, by which source patients are combined: the owner's own word first, else the newest. */
  nhsNumber: string | null
  birthDate: string | null
  /** Per sender, what it said, less what its newer messages said over it. A laboratory never overwrites the hospital. */
  details: Record<string, Contribution<Partial<Details>>[]>
  /** Every identifier ever reported, each with its newest report. */
  identifiers: { identifier: Identifier; version: Version; source: string; message: string; place: string }[]
  /** Encounters that are open or planned, newest first: where the patient is now. */
  encounters: { entry: string; encounterId: string; status: 'open' | 'planned'; patientClass: string | null; location: Location | null; since: string | null }[]
  /** Newest twenty reports by clinical time, with what was abnormal in a line each. */
  latestReports: {
    entry: string
    name: string | null
    at: string | null
    sortAt: Date
    status: string
    abnormal: { name: string | null; value: string | null; unit: string | null; flag: string }[]
  }[]
  /** Merges that name this patient as survivor. */
  merges: { priorKeys: string[]; at: string | null; message: string; version: Version }[]
  /** By sender: when its newest message about this patient was sent and received. */
  freshness: Record<string, { sentAt: Date | null; receivedAt: Date }>
  /** Set while events of this patient are held: the record is incomplete from then. */
  incomplete: { since: Date; code: string } | null
}
