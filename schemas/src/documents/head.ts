import type {
  EventBody,
  Identifier,
  Location,
  PatientDetailsReported,
} from '../events.generated.ts'
import type { HeadIdentity } from './head-identity.ts'
import type { Version } from './version.ts'
import type { Contribution, Encounter, NotShownFact, Origin } from './entry.ts'

/** Demographic fields of a `PatientDetailsReported`. */
export type Details = Omit<
  PatientDetailsReported,
  'type' | 'identifiers' | 'deleted' | 'registers' | 'zSegments' | 'resource' | 'isWhole'
>

/** FHIR Patient of one client that said it: client and address; absent if it has no address. */
export type OfResource = { resource?: string }

/** Lines of one kind that a head holds, so that it stays under 16 KB. */
export const linesKept = 12

/** Lines that a head holds of allergies, problems, medicines and alerts each. */
export const statementsKept = 8

export type EncounterLine = {
  /** `_id` of the entry. */
  entry: string
  sortAt: Date
  encounterId: string
  /** Of a later stay with its number, when it began or was first told of; absent of the first. */
  began?: Date
  status: 'open' | 'planned'
  patientClass: string | null
  /** The code as sent; absent if not known. */
  patientClassAsSent?: string
  /** The code of the status as sent, which only FHIR has; absent if none was. */
  statusAsSent?: string
  location: Location | null
  since: string | null
  /** `since` lies after the message that says it. */
  inFuture?: true
  /** Leave of absence that goes on; absent if none. */
  leave?: NonNullable<Encounter['leave']>
}

/** Lines of what is shown beside the allergies, problems and medicines. */
export const furtherKept = 4

/**
 * What a statement says that no allergies of are known; `no-information`: that nobody knows whether
 * there are any.
 */
export type NoKnownAllergies =
  | 'any'
  | 'drug'
  | 'food'
  | 'environment'
  | 'animal'
  | 'insect'
  | 'latex'
  | 'no-information'

/**
 * One line of what a clinician needs first: what stands, the newest of a kind (`statementsKept`).
 */
export type StatementLine = {
  /** `_id` of the entry. */
  entry: string
  sortAt: Date
  text: string
  at: string | null
  status: string
  /** The code of the status as sent; absent if none was. */
  statusAsSent?: string
  /** `at` lies after every message about it; `sortAt` is then that of the newest of them. */
  inFuture?: true
  /** Category of an allergy as in its event; absent if none was sent. */
  category?: string
  /** Of what no allergies are known; absent of an allergy. */
  noKnown?: NoKnownAllergies
  /** Of an allergy whose code says that none are known: the entry contradicts itself. */
  codedAsNone?: NoKnownAllergies
  /** Of a visit diagnosis: business key of the visit. */
  encounterId?: string
  /** Of a visit diagnosis: when it was told last, which tells stays with one number apart. */
  toldAt?: Date
  /** Of a prescription: it is NOT to be given. */
  doNotPerform?: true
  /** Of a prescription: its number was used again, by a later one. */
  usedAgain?: true
  /** Of a dispense: `_id` of the entry of its prescription; absent if it names none. */
  order?: string
  /** Of a prescription or dispense: its product if that has a comma in it, or its digest. */
  product?: string
}

/** What was told about whose record is whose. */
export type IdentityFact = Extract<
  EventBody,
  {
    type:
      | 'PatientsMerged'
      | 'PatientsLinked'
      | 'PatientsUnlinked'
      | 'EncountersMerged'
      | 'EncounterMoved'
      | 'AccountMoved'
      | 'IdentifiersMoved'
      | 'IdentifiersChanged'
      | 'PatientRemoved'
  }
>

export type ReportLine = {
  /** `_id` of the entry. */
  entry: string
  sortAt: Date
  name: string | null
  at: string | null
  status: string
  /** The code of the status as sent; absent if none was. */
  statusAsSent?: string
  /** `at` lies after every message about it; `sortAt` is then that of the newest of them. */
  inFuture?: true
  /** Body site, method and device that all its observations have in common; absent if none. */
  measured?: string
  /**
   * At most two, critical ones first; long texts are cut. `computed`: not by a flag of the
   * standard; absent if it is.
   */
  abnormal: {
    name: string | null
    value: string | null
    unit: string | null
    flag: string
    computed?: true
    /** Where it was measured, if the observations of the report differ in it; cut. */
    bodySite?: string
  }[]
  /** Critical and other abnormal values that are not in `abnormal`; absent if none. */
  moreCritical?: number
  moreAbnormal?: number
  /** Results that are not confirmed or not in the latest version; absent if none. */
  notCurrent?: number
  /** Results that were cancelled, entered in error or of another patient; absent if none. */
  retracted?: number
  /** A later message may withdraw or change it, or another of its number; absent if none may. */
  inDoubt?: 'may-be-withdrawn' | 'may-be-changed'
}

/**
 * What a clinician needs first about one source patient; small for ever (under 16 KB). Collection
 * `patients`. Indexes: `{id}` unique, `{nhsNumber, birthDate}`.
 */
export type PatientHead = HeadIdentity & {
  /** Patient key: `<ods>|<identifier>`. */
  _id: string
  /** Public id: hash of the key, for addresses. */
  id: string
  organisation: string
  identifier: string
  /** Saves guard on it; 1 when first written. It never goes back. */
  version: number
  /**
   * Nothing is told of the patient any more, because what was is withdrawn: no reader is shown that
   * there was one.
   */
  gone?: true
  /**
   * Effective NHS number and birth date, by which source patients are combined: the owner's own
   * word first, else the newest.
   */
  nhsNumber: string | null
  birthDate: string | null
  /**
   * Per sender, what it said, less what newer messages of the same sender and resource said over
   * it. A laboratory never overwrites the hospital.
   */
  details: Record<string, (Contribution<Partial<Details>> & OfResource)[]>
  /**
   * Every identifier ever reported, each with its newest report, and again for each FHIR Patient
   * that has it; without those that a later version of such a resource no longer has.
   */
  identifiers: (Origin & OfResource & { identifier: Identifier })[]
  /**
   * Encounters that are open or planned: where the patient is now. Open ones and stays in a bed
   * first, then the newest; at most twelve.
   */
  encounters: EncounterLine[]
  /** Newest twelve reports by clinical time. */
  latestReports: ReportLine[]
  /** Merges that name this patient as survivor, the newest ten. */
  merges: { priorKeys: string[]; at: string | null; message: string; version: Version }[]
  /**
   * Other things told about whose record this is (links, moves, renamed identifiers, removal, and
   * merges into another patient), the newest twenty. They change nothing here.
   */
  identity: (Origin & { fact: IdentityFact })[]
  /** Set once an older merge or other such statement was dropped. */
  identityCut?: true
  /**
   * The sender removed the patient (A29), and no newer message registered him again: nothing is
   * erased.
   */
  removed: (Origin & { at: string | null }) | null
  /**
   * Newest message that registered the patient (A01, A04, A05, A28): a removal before it does not
   * stand.
   */
  registered: Origin | null
  /**
   * Z segments of the organisation's newest message that has some, each as sent; absent if none was
   * sent, or none short enough to be kept here.
   */
  zSegments?: Origin & { segments: string[] }
  allergies: StatementLine[]
  /** Statements that no allergies of a kind are known. */
  noKnownAllergies: StatementLine[]
  problems: StatementLine[]
  /** Diagnoses of visits, those of open ones first. */
  visitDiagnoses: StatementLine[]
  medicines: StatementLine[]
  /** What was dispensed, of each order the newest; without a current prescription first. */
  dispensed: StatementLine[]
  alerts: StatementLine[]
  /** What was sent about the patient and is in no entry, the newest messages; absent if none. */
  notShownOfPatient?: NotShownFact[]
  /** Set once an older such message was dropped. */
  notShownBefore?: true
  /** By sender: when its newest message about this patient was sent and received. */
  freshness: Record<string, { sentAt: Date | null; receivedAt: Date; version: Version }>
  /**
   * How many items of a list were left out for want of room, besides those beyond its number;
   * `details`: of other senders, or long ones cut. Absent if none were.
   */
  shortened?: Record<string, number>
  /**
   * Set while events of this patient are held, from `offset` of its partition on: the record is
   * incomplete from then.
   */
  incomplete: { since: Date; code: string; offset: number } | null
}
