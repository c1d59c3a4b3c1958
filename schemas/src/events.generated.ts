// Made from schemas/events by `npm run generate`; a check keeps it true.

/** Envelope of topic raw-messages.v1: a message as it came, and what was made of it. */
export type MessageReceived = {
  /** SHA-256 over source, a line feed and the bytes; first 32 hex digits. The same bytes from the same sender give the same id. */
  id: string
  /** ODS code of the sender. */
  source: string
  /** The message as received, without its MLLP frame; null if kept as `payload`. */
  bytes: Buffer | null
  /** Where the bytes are if they were too large. */
  payload: Payload | null
  /** Listener and peer: mllp/2575 192.0.2.7:40112, with the certificate's subject if it had one. */
  connection: string
  /** Microseconds since 1970 UTC, strictly increasing within one receiver. */
  receivedAt: number
  /** MSH-7 as an instant. */
  sentAt: number | null
  /** MSH-10. */
  controlId: string | null
  /** MSH-9 as message and trigger, e.g. ADT^A01. */
  type: string | null
  /** What the bytes were decoded as, e.g. utf-8, windows-1252. */
  characterSet: string | null
  /** MSA-1 given, or to be given, once durable: AA, AE, AR, CA, CE or CR. */
  answered: string
  /** Why it was refused or parked; null if all was well. */
  problem: Problem | null
  /** True if it waits in parked-messages.v1. */
  parked: boolean
  /** Source patients it speaks of, as far as could be told. */
  patientKeys: string[]
  /** Events published to patient-events.v1. */
  events: number
  /** Fields that had a value and were not used, e.g. PV1-21, ZU1-3; each once. */
  unused: string[]
}

/** Bytes too large for the topic, kept in the object store under their hash. */
export type Payload = {
  /** SHA-256, lower-case hex. */
  hash: string
  /** Object store key. */
  object: string
  /** Bytes. */
  size: number
}

/** Why a message could not be used, and where. */
export type Problem = {
  /** Error code, from the closed list in the README. */
  code: string
  /** Place in the sender's terms, e.g. PID-3; never a value. */
  place: string
}

/** Envelope of topic patient-events.v1: one thing that happened to one source patient. */
export type PatientEvent = {
  /** Message id, a dot and the place of the event in the message from 0: the same bytes give the same id. */
  id: string
  /** Id of the message it came from; see MessageReceivedV1. */
  messageId: string
  /** ODS code of the organisation that sent it. */
  source: string
  /** Topic key: ODS code of the assigning organisation, a vertical bar and its own identifier. */
  patientKey: string
  /** When the message was received, microseconds since 1970 UTC; strictly increasing within one receiver, so that it also tells receive order. */
  receivedAt: number
  /** MSH-7 as an instant, milliseconds since 1970 UTC; null if not sent or unusable. */
  sentAt: number | null
  /** Segment the event came from, e.g. PV1[1] or OBR[2], counted from 1 in the message. */
  place: string
  /** What happened. */
  body: EventBody
}

/** What a source said about who the patient is. From PID, PD1 of any message. A null or empty field says nothing; `deleted` names what the sender emptied on purpose (HL7 ""). */
export type PatientDetailsReported = {
  type: 'PatientDetailsReported'
  /** Every identifier sent (PID-3, then PID-2, PID-4, PID-18 and PID-19), in that order. */
  identifiers: Identifier[]
  /** Ten digits that pass modulus 11; null if none sent or none valid. NHS Data Dictionary, NHS NUMBER. */
  nhsNumber: string | null
  /** Verification status as sent (PID-32). */
  nhsNumberStatus: string | null
  /** PID-5, then PID-9 aliases. */
  names: PersonName[]
  /** ISO 8601 at the precision sent (PID-7). */
  birthDate: string | null
  /** PID-8 in words: FEMALE, MALE, OTHER, UNKNOWN, AMBIGUOUS, NOT_APPLICABLE (HL7 table 0001 through the source's own table); as sent if not in it. */
  sex: string | null
  /** PID-30: Y or N. */
  deceased: boolean | null
  /** ISO 8601 at the precision sent (PID-29). */
  diedAt: string | null
  /** PID-11. */
  addresses: Address[]
  /** PID-13 then PID-14. */
  telecoms: Telecom[]
  /** PID-15. */
  language: Coded | null
  /** PID-16. */
  maritalStatus: Coded | null
  /** PID-17. */
  religion: Coded | null
  /** PID-22. */
  ethnicity: Coded | null
  /** PD1-3: identifier is XON-3, text is XON-1. */
  gpPractice: Coded | null
  /** PD1-4. */
  gp: Practitioner | null
  /** Names of the fields of this record that the sender emptied with "". */
  deleted: string[]
}

/** One identifier of a person or thing, as sent. HL7 data type CX (2.5.1 chapter 2A.14). */
export type Identifier = {
  /** The identifier, as sent (CX-1). */
  value: string
  /** Assigning authority as sent (CX-4.1, else CX-4.2); null if not sent. */
  authority: string | null
  /** ODS code the authority stands for by the source's own table; null where the source may not speak for it. */
  organisation: string | null
  /** Identifier type as sent (CX-5), e.g. MR, NH, VN. */
  type: string | null
  /** Verification status as sent (PID-32), NHS number only. */
  status: string | null
}

/** A person's name in its parts, as sent. HL7 data type XPN. */
export type PersonName = {
  /** XPN-1.1. */
  family: string | null
  /** XPN-2 and the further names of XPN-3, in order. */
  given: string[]
  /** XPN-5, e.g. Mrs. */
  prefix: string | null
  /** XPN-4. */
  suffix: string | null
  /** XPN-7 as sent, e.g. L legal, A alias. */
  use: string | null
}

/** An address as sent. HL7 data type XAD. */
export type Address = {
  /** XAD-1 and XAD-2, empty ones left out. */
  lines: string[]
  /** XAD-3. */
  city: string | null
  /** XAD-4, county in the UK. */
  district: string | null
  /** XAD-5. */
  postcode: string | null
  /** XAD-6. */
  country: string | null
  /** XAD-7 as sent, e.g. H home. */
  use: string | null
}

/** A telephone number or electronic address as sent. HL7 data type XTN. */
export type Telecom = {
  /** Number or address, XTN-1, else assembled from XTN-4 (address) or XTN-5 to 8 in order. */
  value: string
  /** XTN-2 as sent, e.g. PRN. */
  use: string | null
  /** XTN-3 as sent, e.g. PH, CP, Internet. */
  equipment: string | null
}

/** A code and its text exactly as sent, with the alternate beside it. HL7 data types CE, CWE and CNE. */
export type Coded = {
  /** Component 1. */
  code: string | null
  /** Component 2. */
  text: string | null
  /** Component 3, as sent. */
  system: string | null
  /** Component 4. */
  alternateCode: string | null
  /** Component 5. */
  alternateText: string | null
  /** Component 6. */
  alternateSystem: string | null
}

/** A practitioner as named in a message. HL7 data type XCN. */
export type Practitioner = {
  /** XCN-1. */
  identifier: string | null
  /** XCN-9 as sent, e.g. GMC. */
  authority: string | null
  /** XCN-2. */
  family: string | null
  /** XCN-3 and XCN-4. */
  given: string[]
  /** XCN-6. */
  prefix: string | null
}

/** A patient arrived at a care setting. From HL7 ADT^A01 and A04. */
export type PatientAdmitted = {
  type: 'PatientAdmitted'
  /** What the visit is known by, unique only within the patient: its number (PV1-19); where none was sent the field that stands in for it, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else the field of PV1 that says so (PV1-44 or PV1-45), else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The visit as the message describes it. From PV1 and PV2; shared by all events of an encounter. */
export type Visit = {
  /** PV1-19 as sent; null where something else stands in for it. */
  visitNumber: Identifier | null
  /** PV1-2 in words: INPATIENT, OUTPATIENT, EMERGENCY, PREADMIT, RECURRING, OBSTETRICS, COMMERCIAL, NOT_APPLICABLE, UNKNOWN; as sent if not in the source's table. */
  patientClass: string | null
  /** PV1-3. */
  location: Location | null
  /** PV1-6. */
  priorLocation: Location | null
  /** PV1-11. */
  temporaryLocation: Location | null
  /** PV1-42. */
  pendingLocation: Location | null
  /** PV1-7. */
  attending: Practitioner[]
  /** PV1-8. */
  referring: Practitioner[]
  /** PV1-9. */
  consulting: Practitioner[]
  /** PV1-17. */
  admitting: Practitioner[]
  /** PV1-10, hospital service or treatment function. */
  service: string | null
  /** PV1-4. */
  admissionType: string | null
  /** PV1-14. */
  admitSource: string | null
  /** PV2-3. */
  reason: Coded | null
  /** PV1-36. */
  dischargeDisposition: string | null
  /** PV1-37. */
  dischargedTo: string | null
  /** PV1-44, ISO 8601 at the precision sent. */
  admittedAt: string | null
  /** PV1-45, ISO 8601 at the precision sent. */
  dischargedAt: string | null
  /** PID-18 or PV1-50, the account or spell. */
  account: Identifier | null
}

/** A place in a care setting, in the parts sent. HL7 data type PL. */
export type Location = {
  /** PL-1, the ward or clinic. */
  pointOfCare: string | null
  /** PL-2, room or bay. */
  room: string | null
  /** PL-3. */
  bed: string | null
  /** PL-4.1. */
  facility: string | null
  /** PL-7. */
  building: string | null
  /** PL-8. */
  floor: string | null
  /** PL-9. */
  description: string | null
}

/** An admission is planned. From HL7 ADT^A05. */
export type PatientPreAdmitted = {
  type: 'PatientPreAdmitted'
  /** What the visit is known by, unique only within the patient: its number (PV1-19); where none was sent the field that stands in for it, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else the field of PV1 that says so (PV1-44 or PV1-45), else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** A patient moved within the visit. From HL7 ADT^A02. */
export type PatientTransferred = {
  type: 'PatientTransferred'
  /** What the visit is known by, unique only within the patient: its number (PV1-19); where none was sent the field that stands in for it, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else the field of PV1 that says so (PV1-44 or PV1-45), else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The visit ended. From HL7 ADT^A03. */
export type PatientDischarged = {
  type: 'PatientDischarged'
  /** What the visit is known by, unique only within the patient: its number (PV1-19); where none was sent the field that stands in for it, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else the field of PV1 that says so (PV1-44 or PV1-45), else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The visit became another class, the encounter staying the same. From HL7 ADT^A06 and A07. */
export type PatientClassChanged = {
  type: 'PatientClassChanged'
  /** What the visit is known by, unique only within the patient: its number (PV1-19); where none was sent the field that stands in for it, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else the field of PV1 that says so (PV1-44 or PV1-45), else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** Details of the visit changed; never its status. From HL7 ADT^A08, A28 and A31 with a visit. */
export type VisitUpdated = {
  type: 'VisitUpdated'
  /** What the visit is known by, unique only within the patient: its number (PV1-19); where none was sent the field that stands in for it, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else the field of PV1 that says so (PV1-44 or PV1-45), else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The patient left a place for another, by tracking. From HL7 ADT^A09. */
export type PatientDeparted = {
  type: 'PatientDeparted'
  /** What the visit is known by, unique only within the patient: its number (PV1-19); where none was sent the field that stands in for it, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else the field of PV1 that says so (PV1-44 or PV1-45), else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The patient came to a place, by tracking. From HL7 ADT^A10. */
export type PatientArrived = {
  type: 'PatientArrived'
  /** What the visit is known by, unique only within the patient: its number (PV1-19); where none was sent the field that stands in for it, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else the field of PV1 that says so (PV1-44 or PV1-45), else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The admission did not happen. From HL7 ADT^A11. */
export type AdmissionCancelled = {
  type: 'AdmissionCancelled'
  /** What the visit is known by, unique only within the patient: its number (PV1-19); where none was sent the field that stands in for it, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else the field of PV1 that says so (PV1-44 or PV1-45), else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The last transfer did not happen. From HL7 ADT^A12. */
export type TransferCancelled = {
  type: 'TransferCancelled'
  /** What the visit is known by, unique only within the patient: its number (PV1-19); where none was sent the field that stands in for it, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else the field of PV1 that says so (PV1-44 or PV1-45), else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The discharge did not happen; the visit goes on. From HL7 ADT^A13. */
export type DischargeCancelled = {
  type: 'DischargeCancelled'
  /** What the visit is known by, unique only within the patient: its number (PV1-19); where none was sent the field that stands in for it, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else the field of PV1 that says so (PV1-44 or PV1-45), else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** Two identifiers of one assigning authority are one patient. From HL7 ADT^A40. Keyed to the survivor; nothing is copied or erased. */
export type PatientsMerged = {
  type: 'PatientsMerged'
  /** PID-3 of the survivor. */
  surviving: Identifier[]
  /** MRG-1, every repetition. */
  prior: Identifier[]
  /** Source patients the prior identifiers stand for, as topic keys. */
  priorKeys: string[]
  /** MRG-3. */
  priorAccount: Identifier | null
  /** MRG-5. */
  priorVisit: Identifier | null
  /** MRG-7. */
  priorNames: PersonName[]
  /** EVN-6, else EVN-2, else MSH-7. */
  mergedAt: string | null
}

/** A laboratory, imaging or other department reported on an order. From one OBR group of HL7 ORU^R01. */
export type ResultReported = {
  type: 'ResultReported'
  /** Business key within the patient's organisation: filler number and service code, else placer number and service code, else service code and time. */
  reportId: string
  /** OBR-2.1, else ORC-2.1. */
  placerNumber: string | null
  /** OBR-3.1, else ORC-3.1. */
  fillerNumber: string | null
  /** OBR-4. */
  service: Coded
  /** OBR-25 as sent (HL7 table 0123). */
  status: string | null
  /** OBR-24, diagnostic service section, as sent. */
  section: string | null
  /** OBR-6, else ORC-9. */
  requestedAt: string | null
  /** OBR-7. */
  collectedAt: string | null
  /** OBR-14, specimen received. */
  receivedAt: string | null
  /** OBR-22. */
  issuedAt: string | null
  /** SPM-4, else OBR-15.1. */
  specimen: Coded | null
  /** OBR-16, else ORC-12. */
  requesters: Practitioner[]
  /** OBR-32. */
  interpreters: Practitioner[]
  /** What the visit of the same message is known by, as in PatientAdmittedV1; never by when it began. */
  encounterId: string | null
  /** OBX of the group, in order. */
  observations: Observation[]
  /** NTE-3 below the OBR. */
  notes: string[]
  /** OBR-28. */
  copyTo: Practitioner[]
}

/** One observation as reported. From OBX with its NTE; consecutive text OBX of one code are one observation with its line breaks. */
export type Observation = {
  /** Identity within the report: code, sub-identifier (OBX-4) and occurrence, so that a correction meets what it corrects. */
  key: string
  /** OBX-3. */
  code: Coded
  /** OBX-4. */
  subId: string | null
  /** OBX-2 as sent, e.g. NM, SN, TX, CE. */
  valueType: string | null
  /** OBX-5 as text in the precision sent; repetitions one a line; null if none. */
  value: string | null
  /** OBX-5 where it is a code. */
  coded: Coded | null
  /** OBX-5 where it is embedded or referenced data. */
  attachment: Attachment | null
  /** OBX-6. */
  unit: Coded | null
  /** OBX-7 as sent. */
  range: string | null
  /** OBX-8 as sent, e.g. H, LL. */
  flags: string[]
  /** OBX-11 as sent (HL7 table 0085). */
  status: string | null
  /** OBX-14, ISO 8601 at the precision sent. */
  observedAt: string | null
  /** OBX-19, ISO 8601 at the precision sent. */
  analysedAt: string | null
  /** OBX-15, else OBX-23: the laboratory or department. */
  producer: Coded | null
  /** OBX-17. */
  method: Coded | null
  /** OBX-20. */
  bodySite: Coded | null
  /** NTE-3 below this OBX, one a segment repetition. */
  notes: string[]
  /** Segment it came from, e.g. OBX[3], counted from 1 in the message. */
  place: string
}

/** Bytes that lie in the object store under the hash of their content, never in an event. HL7 data types ED and RP. */
export type Attachment = {
  /** SHA-256 of the decoded bytes, lower-case hex; null where the message gave a pointer only (RP). */
  hash: string | null
  /** Object store key; null where the message gave a pointer only. */
  object: string | null
  /** Where the sender keeps it, as sent (RP-1); null for embedded data. */
  pointer: string | null
  /** Media type, from ED-2 and ED-3 or RP-3 and RP-4, e.g. application/pdf. */
  contentType: string | null
  /** Bytes after decoding. */
  size: number | null
  /** Title as sent, from OBX-3.2 or the file name. */
  title: string | null
}

/** A document came with a message; its bytes lie in the object store. From OBX of type ED or RP. */
export type DocumentReported = {
  type: 'DocumentReported'
  /** Business key within the patient's organisation. */
  documentId: string
  /** Title as sent. */
  title: string | null
  /** Code of the document as sent. */
  kind: Coded | null
  /** When it was made, ISO 8601 at the precision sent. */
  at: string | null
  /** Status as sent (OBX-11). */
  status: string | null
  /** Report it belongs to. */
  reportId: string | null
  /** The bytes, or where they are. */
  attachment: Attachment
}

/** The events held for this patient are to be tried again, in order; one message may be given up first. Made by Tideway. */
export type HeldEventsReleased = {
  type: 'HeldEventsReleased'
  /** Who asked for it: subject of the token or operating-system user. */
  by: string
  /** Id of the message whose held events are given up; null if none is. */
  droppedMessage: string | null
  /** Why it is given up, in the operator's words. */
  reason: string | null
}

/** Envelope of topic record-changes.v1: written after the documents, so that what it names can be read. */
export type RecordChanged = {
  /** Topic key. */
  patientKey: string
  /** Public id of the source patient, as in the record service's addresses. */
  patientId: string
  /** Version of the patient's head after the change. */
  version: number
  /** When the documents were written, microseconds since 1970 UTC. */
  readableAt: number
  /** Messages applied. */
  messages: string[]
  /** What changed. */
  changes: Change[]
}

/** One entry or head that a reader now sees differently. */
export type Change = {
  /** patient, encounter, report or document. */
  kind: string
  /** Entry id; the patient's public id for kind patient. */
  entry: string
  /** Type of the event that did it, e.g. ResultReported. */
  event: string
}

/** Envelope of topic parked-messages.v1: a message or event that waits, and later what became of it. */
export type MessageParked = {
  /** Id of the message. */
  messageId: string
  /** Id of the event, where one event could not be applied. */
  eventId: string | null
  /** ODS code of the sender. */
  source: string
  /** Source patient, where it could be told. */
  patientKey: string | null
  /** Where it stopped. */
  stage: 'NORMALISE' | 'PROJECT'
  /** What became of it. */
  state: 'PARKED' | 'RELEASED' | 'DROPPED'
  /** Why, and where. */
  problem: Problem
  /** When this was said, microseconds since 1970 UTC. */
  at: number
  /** Who released or dropped it; null for the line itself. */
  by: string | null
  /** Why it was dropped, in the operator's words. */
  reason: string | null
}

/** Everything that can have happened to a patient. */
export type EventBody =
  | PatientDetailsReported
  | PatientAdmitted
  | PatientPreAdmitted
  | PatientTransferred
  | PatientDischarged
  | PatientClassChanged
  | VisitUpdated
  | PatientDeparted
  | PatientArrived
  | AdmissionCancelled
  | TransferCancelled
  | DischargeCancelled
  | PatientsMerged
  | ResultReported
  | DocumentReported
  | HeldEventsReleased
