/** A code of a standard that a local code stands for. */
export type StandardCode = { system: string; code: string; display: string | null }

/**
 * A source organisation and how its messages are to be understood; one file each under
 * `schemas/sources/`.
 * `source.schema.json` beside them is the same shape as JSON Schema.
 */
export type SourceFile = {
  /** ODS code of the organisation. NHS Organisation Data Service. */
  ods: string
  name: string
  kind: 'trust' | 'laboratory' | 'pharmacy' | 'practice' | 'sandbox'
  /** Times in which it sends nothing, as announced: its silence is then no alarm. */
  plannedSilence?: PlannedSilence[]
  /**
   * What it sends in place of a patient number it does not have, besides what any sender may; see
   * `isPlaceholderNumber`.
   */
  placeholders?: string[]
  /** One that sends HL7 v2. */
  hl7?: Hl7Sender
  /** One that sends FHIR. */
  fhir?: FhirSender
}

/**
 * The file of the sources in force, beside the source files: `npm run sources -- apply` replaces it
 * whole. Without it, the source files themselves are in force.
 */
export const appliedFile = 'sources.applied'

export type AppliedSources = {
  /** 1 for the first set that was applied. */
  version: number
  /** ISO 8601, UTC. */
  appliedAt: string
  /** User name of the operator. */
  by: string
  sources: SourceFile[]
}

/** Both ISO 8601 with offset; `until` is exclusive. */
export type PlannedSilence = { from: string; until: string }
/** An organisation that sends HL7 v2. */
export type Source = SourceFile & { hl7: Hl7Sender }

/** An organisation that sends FHIR. */
export type FhirSource = SourceFile & { fhir: FhirSender }

export type FhirSender = {
  /**
   * Ids of the OAuth 2 clients that send for it, as their tokens say (`client_id`, `azp` or `sub`).
   */
  clients: string[]
  /**
   * Systems of identifiers (Identifier.system) it may speak for, each with the ODS code it stands
   * for.
   */
  systems: Record<string, string>
  /** Which of them name a patient, in order of preference. */
  patientSystems: string[]
  /**
   * It knows its patients by NHS number alone: a surrogate made of sender, number and birth date
   * then stands for its own identifier.
   */
  patientsByNhsNumber: boolean
  /**
   * Hours a message waits for a resource that it refers to and the client has not sent yet; 72 if
   * absent.
   */
  waitForReferencesHours?: number
  /** Local code to ours, by element, e.g. `Encounter.class`; laid over the standard tables. */
  codes: Record<string, Record<string, string>>
  /**
   * Whether a DiagnosticReport lists all its results, or those left out stay as they were; absent:
   * `snapshot`.
   */
  reports?: ReportMode
}

/**
 * `snapshot`: the later version of a report replaces the one before; `incremental`: it adds to it.
 */
export type ReportMode = 'snapshot' | 'incremental'

type Hl7Sender = {
  /** How a message is known to be theirs: every condition given must hold. */
  match: {
    /** Listening ports of this service, which are opened for it; empty: any. */
    ports: number[]
    /** Addresses of the sender, or networks in CIDR notation; empty or absent: any. */
    addresses?: string[]
    /**
     * SHA-256 fingerprints, subject common names or alternative names of client certificates;
     * empty: any.
     */
    certificates: string[]
    /** MSH-3.1 as sent; empty: any. */
    sendingApplications: string[]
    /** MSH-4.1 as sent; empty: any. */
    sendingFacilities: string[]
  }
  /** Used where MSH-18 is empty or unknown and the bytes are not UTF-8. */
  characterSet: 'utf-8' | 'windows-1252' | 'iso-8859-1' | 'iso-8859-15' | 'us-ascii'
  /** IANA name for times without an offset. */
  timeZone: string
  /**
   * Whether an offset in MSH-7 that is not the one of `timeZone` at that time applies to every time
   * of the message without one; true if absent.
   */
  offsetOfMsh7IsDefault?: boolean
  /**
   * Assigning authorities (CX-4) it may speak for, each with the ODS code it stands for; `*` means
   * any other.
   */
  authorities: Record<string, string>
  /** CX-4 or CX-5 as sent that mark an NHS number. */
  nhsNumber: { authorities: string[]; types: string[] }
  /**
   * Whether a patient without a usable number of an organisation is known by NHS number, as in
   * FHIR; if absent, one with nothing but an NHS number.
   */
  patientsByNhsNumber?: boolean
  /**
   * CX-5 of identifiers that name a patient, in order of preference; an identifier without a type
   * also does.
   */
  patientIdentifierTypes: string[]
  /**
   * Local code to ours, by field, e.g. `PV1-2`: `{ "I": "INPATIENT" }`; laid over the standard
   * tables.
   */
  codes: Record<string, Record<string, string>>
  /**
   * What local codes stand for in a standard, by field and code, e.g. `OBX-3`: `{ "K": { system,
   * code, display } }`.
   */
  translations?: Record<string, Record<string, StandardCode>>
  /**
   * Whether an ORU or OUL lists all results of its reports, or those left out stay as they were;
   * absent: `incremental`.
   */
  reports?: ReportMode
  /** Named repairs of known faults of this sender, in order. */
  fixes: string[]
  /** Content errors are answered AE instead of AA. The message is kept and parked either way. */
  strict: boolean
  /** Processing ids taken (MSH-11.1), e.g. P; T and D only where tests are welcome. */
  processingIds: string[]
  /** Answer a batch (FHS, BHS) once a message, or as one batch. */
  batchAcknowledgement: 'message' | 'batch'
  limits: { maxMessageBytes: number; idleFrameMs: number }
}
