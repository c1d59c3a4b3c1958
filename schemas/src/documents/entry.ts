// Over 250 lines: one type for each kind of entry, which are read together.
import type {
  Attachment,
  Coded,
  DocumentReported,
  Identifier,
  Location,
  Observation,
  Practitioner,
  ResultReported,
  Visit,
} from '../events.generated.ts'
import type { Version } from './version.ts'
import {
  type StatementEvent,
  type StatementKind,
  statementKinds,
  type StatementStatus,
} from './statement.ts'

export const entryKinds = ['encounter', 'report', 'document', ...statementKinds] as const
export type EntryKind = (typeof entryKinds)[number]

/** Where a statement came from: the message, and the segment in it. */
export type Origin = { message: string; place: string; version: Version; source: string }

/**
 * What one message says of an entry, or of a patient, and no event says: how many values, and where
 * the first of them stand in the message. `nth`: number of the event in the message. Of an entry a
 * message that is not the newest of its sender is left without `places`.
 */
export type NotShownFact = Origin & { nth: number; count: number; places: string[] }

/**
 * One clinical fact with a life of its own. Collection `entries`.
 * Index `{patient, kind, sortAt desc, _id}` serves every section.
 */
export type Entry = {
  /** `<patientKey>|<kind>|<business key>`. */
  _id: string
  /** Public id: hash of `_id`, for addresses. */
  id: string
  patient: string
  kind: EntryKind
  /** Saves guard on it; 1 when first written. */
  version: number
  /** Clinical time for sorting; when received if none was said. */
  sortAt: Date
  /**
   * Every message whose word is kept, oldest first; what newer ones said over is gone from here,
   * and stays in the archive.
   */
  origins: Origin[]
  /**
   * Of a report, `_id` of the entry that each of its observations is where it is told of by itself,
   * whether there is one or not; absent if none has a name of its own. Sparse index.
   */
  holds?: string[]
  /**
   * Of the first entry of a number that was used again: all its generations, oldest first; see
   * `generations` in packages/record. Absent if the number was used once.
   */
  family?: Generation[]
  /** Ids of generations that turned out to be part of others; absent if there are none. */
  dissolved?: string[]
  /**
   * Of the first report of a number and service: the specimens and isolates that reports with it
   * named, see `siblings` in packages/record; absent if none was.
   */
  parts?: NamedPart[]
  /**
   * Of a report that is too large for one document: where its observations are, see `chunks` in
   * packages/record. Absent of all others.
   */
  chunks?: ReportChunk[]
  /** `_id` of the report that this holds observations of; stored as kind `report-chunk`. */
  chunkOf?: string
  /** Of a report that may be about several others: `_id` of each; absent if it is about none. */
  aboutOneOf?: string[]
  /** A later message may be about this report or another; absent if there is none. */
  inDoubt?: Doubt
  /**
   * What its messages say and it does not; absent if every message was used whole. `of` is the
   * patient, for the sparse index that finds these entries.
   */
  notShown?: { of: string; told: NotShownFact[] }
  data: Encounter | Report | Document | Statement
}

/**
 * A range of the observations of a report: the first bits of a hash of their code and
 * sub-identifier, how many there are, and how many of these are as said (absent if none).
 */
export type ReportChunk = {
  at: string
  observations: number
  critical?: number
  abnormal?: number
  notCurrent?: number
  retracted?: number
}

/** A specimen or isolate that reports of one number and service named. */
export type NamedPart = {
  /** What was named of it, see `partTagOf` in packages/record. */
  tag: string
  /** Version of the first statement that named it. */
  since: Version
  /** `_id` of the entry of its reports, the first generation. */
  id: string
  /** Days of collection stated with it; null: too many to list. */
  days: string[] | null
}

/**
 * The newest statement that may be about an entry: whether it withdraws something, and `_id` of the
 * entry it is in.
 */
export type Doubt = Origin & { by: string; withdraws: boolean }

/** One use of a number: `_id` of its entry, and when it began, as sent or ISO 8601. */
export type Generation = { id: string; from: string }

/**
 * What a fact of a visit says of which stay it is about: when the patient was admitted, else when
 * it happened. Absent in what was stored before numbers could be used again.
 */
export type ToldOfStay = { admitted?: string; happened?: string }

/** A movement or change of state as one message told it. */
export type Movement = Origin &
  ToldOfStay & {
    event: string
    at: string | null
    location: Location | null
    patientClass: string | null
    /** The code of that class as sent; absent if not known. */
    patientClassAsSent?: string
    /** The code of the visit's status as sent, which only FHIR has; absent if none was. */
    statusAsSent?: string
    /** When it is planned, of what is still to come (EVN-3). */
    plannedAt?: string
  }

export type Stay = {
  location: Location
  from: string | null
  event: string
  cancelled: boolean
  message: string
  place: string
}

export type Encounter = {
  kind: 'encounter'
  /** As in the events: a visit number, or the field that stands in for it and its value. */
  encounterId: string
  status: 'planned' | 'open' | 'closed' | 'cancelled' | 'unknown'
  /** By the newest word of the visit: the code as sent; absent if it has none. */
  statusAsSent?: string
  patientClass: string | null
  /** The code as sent; absent if not known. */
  patientClassAsSent?: string
  admittedAt: string | null
  dischargedAt: string | null
  /** The newest true location; null if none is known or the encounter is over. */
  location: Location | null
  locationSince: string | null
  /** Leave of absence that goes on; null if none. The place is kept meanwhile. */
  leave: { since: string | null; message: string; place: string } | null
  /**
   * Admission, transfer and discharge that are expected and have neither happened nor been taken
   * back. They never change the place.
   */
  expected: {
    event: string
    at: string | null
    plannedAt: string | null
    location: Location | null
    message: string
    place: string
  }[]
  /** Location history, oldest first, cancelled moves marked. */
  stays: Stay[]
  /**
   * What each message said happened, in version order; the rest of this document follows from it.
   * Of updates only the newest that names a location is kept (of those without an admission time,
   * of each day; of those by a resource, of each source), of tracking moves the newest 200 and the
   * newest of each kind, so that a long stay stays small.
   */
  movements: Movement[]
  /**
   * The visit's other fields: the patient's own organisation first, then other senders, each newest
   * first. The first that has a field counts.
   */
  details: (Contribution<Partial<Visit>> & ToldOfStay)[]
  /**
   * Who was in charge by the newest changes and by the newest message of each doctor that is no
   * change, of the patient's own organisation, in version order.
   */
  doctors: (Origin & ToldOfStay & { event: string; attending: Practitioner[] })[]
  /**
   * Who is in charge since a change of doctor was taken back; null if none was, and `details` say
   * it.
   */
  attending: Practitioner[] | null
}

/**
 * What one message said, less what newer ones of the same sender said over it; newest first. `null`
 * or an empty list: emptied on purpose.
 */
export type Contribution<Fields> = Origin & {
  fields: Fields
  /** All that the resource says: what it said before does not stand. Absent otherwise. */
  isWhole?: true
}

/** An observation as one message reported it. */
export type ObservationReported = Omit<Observation, 'key' | 'code' | 'subId' | 'place'> &
  Origin & {
    /**
     * Not said here but of the same observation where it is told of by itself, in another report,
     * or at another place of this one; absent if said here.
     */
    elsewhere?: true
    /** Key that its message gave it, where the observation has another in the report. */
    sentKey?: string
    /** What its message said of the code, where the code of the observation is from another. */
    sentCode?: Pick<Coded, 'system' | 'alternateCode' | 'alternateSystem'>
    /** Its report did not say when the specimen was taken. */
    undated?: true
    /** Specimen or isolate that its report named, see `NamedPart`; absent if none. */
    part?: string
    /** Sent without a status in a report that was not final; absent otherwise. */
    pending?: true
    /** Parent result (OBR-26) of the report in which it was said; absent if none. */
    parent?: string
    /**
     * Not said of the observation: a report that holds it was retracted as a whole. `_id` of its
     * entry; absent otherwise.
     */
    retractedWith?: string
  }

export type ObservationStatus =
  | 'registered'
  | 'preliminary'
  | 'final'
  | 'verified'
  | 'amended'
  | 'corrected'
  | 'cancelled'
  | 'not-asked'
  | 'entered-in-error'
  | 'wrong-patient'
  | 'unknown'

/**
 * Why a value that nothing took back is not current: a final report omits a result that is not
 * final, a later version of the report does not list it, or its parent result (OBR-26) is not
 * current, which is said when it is read.
 */
export type NotCurrent = 'not-confirmed' | 'not-in-latest-version' | 'parent-not-current'

export type ReportObservation = {
  key: string
  code: Coded
  subId: string | null
  status: ObservationStatus
  /** Which of `reported` holds the value to show; null if there is none. */
  valueFrom: number | null
  /** Absent if it is current, or has no value because it was retracted. */
  notCurrent?: NotCurrent
  /** In version order: the newest 100, and of each status the newest. */
  reported: ObservationReported[]
}

export type ReportStatus =
  | 'registered'
  | 'partial'
  | 'preliminary'
  | 'final'
  | 'amended'
  | 'appended'
  | 'corrected'
  | 'corrected-preliminary'
  | 'cancelled'
  | 'entered-in-error'
  | 'unknown'

export type ReportHeader = Pick<
  ResultReported,
  | 'placerNumber'
  | 'fillerNumber'
  | 'service'
  | 'section'
  | 'requestedAt'
  | 'collectedAt'
  | 'receivedAt'
  | 'issuedAt'
  | 'specimen'
  | 'requesters'
  | 'interpreters'
  | 'encounterId'
  | 'notes'
  | 'copyTo'
  | 'category'
  | 'specimens'
  | 'groupNumber'
  | 'parentPlacerNumber'
  | 'parentFillerNumber'
  | 'parentResult'
  | 'reasons'
  | 'clinicalInformation'
  | 'priority'
  | 'bodySites'
  | 'modality'
  | 'accessionNumber'
  | 'studyUid'
  | 'technicians'
  | 'transcriptionists'
  | 'assistants'
  | 'organisation'
  | 'collectedUntil'
  | 'conclusion'
  | 'conclusionCodes'
  | 'control'
  | 'status'
  | 'statusAsSent'
  | 'statusSystem'
>

/** What one message said of a report as a whole. */
export type ReportVersion = Origin & {
  /** Neutral, see ResultReported; null if none was sent. */
  status: string | null
  /** It lists every result of the report; absent if what it omits stays. */
  snapshot?: true
  /** Parent result (OBR-26): it is about the results of that alone; absent if none. */
  parent?: string
  /** It did not say when the specimen was taken: it may be about another use of the number. */
  undated?: true
  /** Specimen or isolate that it named, see `NamedPart`; absent if none. */
  part?: string
}

export type Report = {
  kind: 'report'
  reportId: string
  status: ReportStatus
  /** The code as sent: OBR-25, or DiagnosticReport.status. */
  statusAsSent: string | null
  header: (Contribution<Partial<ReportHeader>> & {
    /** Its message did not say when the specimen was taken: it may be about another use of it. */
    undated?: true
    /** Specimen or isolate that it named, see `NamedPart`; absent if none. */
    part?: string
  })[]
  /**
   * Of each parent result the newest version that cancelled it, that entered it in error and that
   * is final, and the newest snapshot of each source, in version order; absent if stored by an
   * earlier release. Of those that may be about another use of the number as many of each day.
   */
  versions?: ReportVersion[]
  observations: ReportObservation[]
}

/** A document as one message reported it. */
export type DocumentVersion = Omit<DocumentReported, 'type' | 'documentId'> &
  Origin & {
    /** Characters of its text, where that is left out because newer versions are long. */
    textLeftOut?: number
  }

/** `superseded`: another document took its place; it can still be opened. */
export type DocumentStatus = ObservationStatus | 'superseded'

export type Document = {
  kind: 'document'
  documentId: string
  title: string | null
  documentKind: Coded | null
  at: string | null
  status: DocumentStatus
  reportId: string | null
  /** Null once it was retracted: what was there is in `reported`, for audit only. */
  attachment: Attachment | null
  /** Every attachment where there are several, `attachment` first; none once it was retracted. */
  attachments: Attachment[]
  /** Values that came with it; none once it was retracted. */
  observations: Observation[]
  /** Its text; null if it has none, or once it was retracted. */
  text: string | null
  /** Its text is long, and in its message alone. Absent otherwise. */
  textLeftOut?: true
  /** Business key of the document it is an addendum to. */
  addsTo: string | null
  /** Business key of the document it took the place of. */
  replaces: string | null
  /**
   * As sent, HL7 table 0272 (TXA-18); the newest that was said of it, else that of the document it
   * takes the place of or adds to.
   */
  confidentiality: string | null
  /** Business key of the document it is that of; absent if its own. */
  confidentialityFrom?: string
  encounterId: string | null
  authors: Practitioner[]
  /** By the report that it is embedded in; set when read, never stored. Absent if current. */
  notCurrent?: NotCurrent
  /** Version that set what is shown. */
  shown: Version
  /** In version order: the newest 20, and older ones that decide about what is shown. */
  reported: DocumentVersion[]
}

/** What one message said of an entry, whole. */
export type Stated<K extends StatementKind = StatementKind> = Omit<StatementEvent<K>, 'type'> &
  Origin & {
    /** Of an allergy with a number: a deletion by its allergen, told without the number. */
    byAllergen?: true
  }

/** A clinical fact that each message states anew: an allergy, a prescription, an appointment. */
export type Statement<K extends StatementKind = StatementKind> = {
  kind: K
  key: string
  status: StatementStatus<K>
  /** Which of `reported` set the status; absent if the newest did, or none. */
  statusFrom?: number
  /**
   * Of an allergy without a number: business key of the one with a number that is the same, and
   * stands; absent if there is none, or several.
   */
  sameAs?: string
  /**
   * Which of `reported` a reader is shown, most telling first: the first that says anything about a
   * field counts.
   */
  shown: number[]
  /**
   * In version order, the newest hundred; what decides about status and content is kept however old
   * it is.
   */
  reported: Stated<K>[]
}

export type { Attachment, Coded, Identifier, Location, Practitioner }
