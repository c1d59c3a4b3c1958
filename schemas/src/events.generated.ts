// Made from schemas/events by `npm run generate`; a check keeps it true.

/** Envelope of topic raw-messages.v1: a message as received, and what became of it. */
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
  /** Source patients it is about, as far as known. */
  patientKeys: string[]
  /** Events published to patient-events.v1. */
  events: number
  /** Fields that had a value and were not used, e.g. PV1-21, ZU1-3; each once. */
  unused: string[]
  /** How a FHIR message was submitted; null for HL7 v2. */
  submission: FhirSubmission | null
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

/** Who sent a FHIR message, how, and what of other messages its events rest on. */
export type FhirSubmission = {
  /** Id of the OAuth 2 client. */
  client: string
  /** HTTP method: POST or PUT. */
  method: string
  /** Address of this interface as the client knows it. */
  base: string
  /** Resources of earlier messages that it refers to or replaces, as known then. */
  resolved: ResourceKnown[]
}

/** What a resource of a FHIR client is known by: the patient it is about and the entry it became. Not its content. */
export type ResourceKnown = {
  /** What its client refers to it by: type and id, e.g. Patient/123, or an absolute address. */
  names: string[]
  /** Resource type. */
  type: string
  /** Source patient it is, or is about, as topic key; null for a resource without a patient, and for a name that its client used for two patients. */
  patientKey: string | null
  /** Type of the event that reports its entry; null if it has none. */
  event: string | null
  /** Business key of the entry within the patient. */
  key: string | null
  /** Its observations. */
  parts: ResourcePart[]
  /** The elements by which others refer to it; of a practitioner, an organisation, a location, a medicine or a specimen the whole. */
  json: string | null
  /** Server of its fullUrl, e.g. https://ehr.example/fhir/; null if it was sent without one. */
  base: string | null
  /** Whether it was sent to its own address (PUT). */
  isUpdate: boolean
  /** Source patient from which this statement withdrew it. */
  from: string | null
  /** Id of the message that stated it. */
  messageId: string
  /** When it was said: time of the message, else of its receipt; microseconds since 1970 UTC. */
  saidAt: number
}

/** An observation of a resource, as far as a withdrawal must name it. */
export type ResourcePart = {
  /** Key of the observation, as in ObservationV2. */
  key: string
  /** Its code. */
  code: string | null
  /** Its text. */
  text: string | null
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
  /** When the message was received, microseconds since 1970 UTC; strictly increasing within one receiver, so that it also gives receive order. */
  receivedAt: number
  /** MSH-7 as an instant, milliseconds since 1970 UTC; null if not sent or unusable. */
  sentAt: number | null
  /** Segment the event came from, e.g. PV1[1] or OBR[2], counted from 1 in the message. */
  place: string
  /** What happened. */
  body: EventBody
  /** Content of the message that no event holds and that belongs to the subject of this event, or to the patient where its subject is not known; null if there is none. */
  notShown: NotShown | null
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
  /** True: the sender registers the patient with this message (A01, A04, A05, A28), which undoes a removal before it. */
  registers: boolean | null
  /** PID-6. */
  mothersMaidenNames: PersonName[]
  /** PID-21, numbers of the mother of a newborn. */
  mothersIdentifiers: Identifier[]
  /** PID-10. */
  races: Coded[]
  /** PID-23. */
  birthPlace: string | null
  /** PID-24: Y or N. */
  multipleBirth: boolean | null
  /** PID-25, as sent. */
  birthOrder: string | null
  /** PID-26. */
  citizenships: Coded[]
  /** PID-27, military status. */
  veteran: Coded | null
  /** PID-28. */
  nationality: Coded | null
  /** PID-31: Y or N. The identity of the patient is not known. */
  identityUnknown: boolean | null
  /** PID-33, when the sender last changed this, ISO 8601 at the precision sent. */
  updatedAt: string | null
  /** PID-39. */
  tribes: Coded[]
  /** PID-20, number as sent. */
  driversLicence: string | null
  /** PD1-1. */
  livingDependencies: Coded[]
  /** PD1-2. */
  livingArrangement: Coded | null
  /** PD1-6. */
  disability: Coded | null
  /** PD1-7. */
  livingWill: Coded | null
  /** PD1-8. */
  organDonor: Coded | null
  /** PD1-11, how the patient may be contacted. */
  publicity: Coded | null
  /** PD1-18, since when, ISO 8601 at the precision sent. */
  publicityFrom: string | null
  /** PD1-12 as sent: Y if access is restricted. */
  protected: string | null
  /** PD1-13, since when, ISO 8601 at the precision sent. */
  protectedFrom: string | null
  /** PD1-14. */
  placeOfWorship: Organisation | null
  /** PD1-15. */
  advanceDirectives: Coded[]
  /** PD1-16. */
  immunizationRegistryStatus: Coded | null
  /** PD1-17, since when, ISO 8601 at the precision sent. */
  immunizationRegistryFrom: string | null
  /** Segments that only this sender and its receivers know (Z..), each as sent. Kept here and in the archive, and not shown. */
  zSegments: string[]
  /** State or country that gave the driver's licence, as sent. */
  driversLicenceIssuer: string | null
  /** The driver's licence is valid until, ISO 8601 at the precision sent. */
  driversLicenceUntil: string | null
  /** Disabilities of the patient; those of an insured person or a guarantor are not. */
  disabilities: Disability[]
  /** The code of the sex as sent. */
  sexAsSent: string | null
  /** False: the sender no longer uses this record of the patient, e.g. because it is a duplicate. */
  active: boolean | null
  /** Client and address of the FHIR Patient that says it; null if it has no address of its own. */
  resource: string | null
  /** True: the whole of that resource (PUT): what it said before and does not say now no longer holds. */
  isWhole: boolean | null
}

/** One identifier of a person or thing, as sent. HL7 data type CX (2.5.1 chapter 2A.14). */
export type Identifier = {
  /** The identifier, as sent (CX-1). */
  value: string
  /** Assigning authority as sent (CX-4.1, else CX-4.2); null if not sent. */
  authority: string | null
  /** ODS code of the authority in the source file; null where the source file does not list it. */
  organisation: string | null
  /** Identifier type as sent (CX-5), e.g. MR, NH, VN. */
  type: string | null
  /** Verification status as sent (PID-32), NHS number only. */
  status: string | null
  /** Details that are rarely sent; null where none was. */
  detail: IdentifierDetail | null
}

/** What few senders say of an identifier. HL7 data type CX. */
export type IdentifierDetail = {
  /** Universal id of the assigning authority as sent, where its name was sent too. */
  authorityId: string | null
  /** Facility that assigned it, as sent. */
  facility: string | null
  /** Valid from, ISO 8601 at the precision sent. */
  validFrom: string | null
  /** Valid until. */
  validUntil: string | null
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
  /** Details that are rarely sent; null where none was. */
  detail: PersonNameDetail | null
}

/** What few senders say of a name. HL7 data type XPN. */
export type PersonNameDetail = {
  /** Degree as sent. */
  degree: string | null
  /** Letters after the name as sent. */
  professionalSuffix: string | null
  /** What the person is called. */
  calledBy: string | null
  /** Used from, ISO 8601 at the precision sent. */
  validFrom: string | null
  /** Used until. */
  validUntil: string | null
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
  /** Details that are rarely sent; null where none was. */
  detail: AddressDetail | null
}

/** What few senders say of an address. HL7 data type XAD. */
export type AddressDetail = {
  /** Other geographic designation as sent. */
  other: string | null
  /** County or parish code as sent. */
  county: string | null
  /** Census tract as sent. */
  censusTract: string | null
  /** Valid from, ISO 8601 at the precision sent. */
  validFrom: string | null
  /** Valid until. */
  validUntil: string | null
  /** Name of the street as sent, where the lines do not say it. */
  streetName: string | null
  /** Number of the house as sent, where the lines do not say it. */
  dwellingNumber: string | null
  /** Name of the county or parish as sent. */
  countyName: string | null
  /** To whom mail is addressed, as sent. */
  addressee: string | null
}

/** A telephone number or electronic address as sent. HL7 data type XTN. */
export type Telecom = {
  /** Number or address, XTN-1, else assembled from XTN-4 (address) or XTN-5 to 8 in order. */
  value: string
  /** XTN-2 as sent, e.g. PRN. */
  use: string | null
  /** XTN-3 as sent, e.g. PH, CP, Internet. */
  equipment: string | null
  /** Details that are rarely sent; null where none was. */
  detail: TelecomDetail | null
}

/** What few senders say of a number. HL7 data type XTN. */
export type TelecomDetail = {
  /** Comment on it, e.g. after six only. */
  remark: string | null
  /** Valid from, ISO 8601 at the precision sent. */
  validFrom: string | null
  /** Valid until. */
  validUntil: string | null
  /** Order of preference as sent, 1 is the first. */
  preference: string | null
  /** Number as the caller dials it, where the value is another. */
  unformatted: string | null
}

/** A code and its text exactly as sent, with the alternate beside it. HL7 data types CE, CWE and CNE. */
export type Coded = {
  /** Component 1; component 4 where neither 1 nor 2 was sent. */
  code: string | null
  /** Component 2; component 5 where neither 1 nor 2 was sent. */
  text: string | null
  /** Component 3, or 6 of an alternate that stands in, as sent. */
  system: string | null
  /** Component 4. */
  alternateCode: string | null
  /** Component 5. */
  alternateText: string | null
  /** Component 6. */
  alternateSystem: string | null
  /** Versions and original text; null where none was sent. */
  detail: CodedDetail | null
  /** Equivalent code of a standard; null where the code is standard itself or in no table. */
  translation: Translation | null
}

/** What few senders say of a code beside the code itself. HL7 data type CWE. */
export type CodedDetail = {
  /** Version of the code system, as sent. */
  version: string | null
  /** Version of the alternate code system, as sent. */
  alternateVersion: string | null
  /** The original text the code was chosen for, where the code has its own display text. */
  originalText: string | null
}

/** The standard code equivalent to a local code, from the source file's table at the time. Never a guess. */
export type Translation = {
  /** Canonical URI of the code system, e.g. http://loinc.org. */
  system: string
  /** The code there. */
  code: string
  /** Its text in the same table; null if the table has none. */
  display: string | null
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
  /** Details that are rarely sent; null where none was. */
  detail: PractitionerDetail | null
}

/** What few senders say of a practitioner. HL7 data type XCN. */
export type PractitionerDetail = {
  /** Suffix as sent, e.g. III. */
  suffix: string | null
  /** Degree or qualification as sent. */
  degree: string | null
  /** Kind of name as sent, e.g. L legal. */
  use: string | null
  /** Identifier type as sent. */
  identifierType: string | null
  /** Facility that assigned the identifier, as sent. */
  facility: string | null
  /** Universal id of the assigning authority, as sent. */
  authorityId: string | null
  /** The name is used from, ISO 8601 at the precision sent. */
  validFrom: string | null
  /** The name is used until. */
  validUntil: string | null
  /** Letters after the name as sent, where a degree is sent too. */
  professionalSuffix: string | null
}

/** An organisation as named in a message. HL7 data type XON, FHIR Reference(Organization). */
export type Organisation = {
  /** Identifier as sent. */
  identifier: string | null
  /** Assigning authority as sent. */
  authority: string | null
  /** Name as sent. */
  name: string | null
  /** Kind of name as sent, e.g. L legal. */
  type: string | null
  /** Identifier type as sent. */
  identifierType: string | null
  /** Universal id of the assigning authority, as sent. */
  authorityId: string | null
  /** Address of it. */
  address: Address | null
  /** Telephone numbers and electronic addresses. */
  telecoms: Telecom[]
}

/** A disability of the patient. HL7 segment DB1. */
export type Disability = {
  /** Numbers of the disabled person. */
  identifiers: Identifier[]
  /** Y or N, as sent. */
  disabled: string | null
  /** Since when, ISO 8601 at the precision sent. */
  from: string | null
  /** Until when. */
  until: string | null
  /** Authorised to return to work. */
  returnedToWorkAt: string | null
  /** Unable to work since. */
  unableToWorkFrom: string | null
}

/** A patient arrived at a care setting. From HL7 ADT^A01 and A04. */
export type PatientAdmitted = {
  type: 'PatientAdmitted'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The visit as the message describes it. From PV1 and PV2; shared by all events of an encounter. */
export type Visit = {
  /** PV1-19 as sent; null where another field identifies the visit. */
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
  /** PV1-5. */
  preadmitNumber: Identifier | null
  /** PV1-50. */
  alternateVisit: Identifier | null
  /** PV1-54, the service episode. */
  episode: Identifier | null
  /** PV1-13. */
  readmission: string | null
  /** PV1-15, permanent or passing states such as wheelchair, pregnant, disoriented. */
  ambulatoryStatuses: Coded[]
  /** PV1-16. */
  vip: Coded | null
  /** PV1-18. */
  patientType: Coded | null
  /** PV1-38. */
  diet: Coded | null
  /** PV1-39. */
  servicingFacility: string | null
  /** PV1-41. */
  accountStatus: string | null
  /** PV1-43. */
  priorTemporaryLocation: Location | null
  /** PV1-52. */
  otherProviders: Practitioner[]
  /** PV2-1. */
  priorPendingLocation: Location | null
  /** PV2-2. */
  accommodation: Coded | null
  /** PV2-4. */
  transferReason: Coded | null
  /** PV2-8, ISO 8601 at the precision sent. */
  expectedAdmitAt: string | null
  /** PV2-9, ISO 8601 at the precision sent. */
  expectedDischargeAt: string | null
  /** PV2-10, estimated length of stay in days, as sent. */
  estimatedDays: string | null
  /** PV2-11, length of stay in days, as sent. */
  actualDays: string | null
  /** PV2-12. */
  description: string | null
  /** PV2-13. */
  referralSources: Practitioner[]
  /** PV2-14, ISO 8601 at the precision sent. */
  previousServiceAt: string | null
  /** PV2-21. */
  publicity: Coded | null
  /** PV2-22 as sent: Y if access is restricted. */
  protected: string | null
  /** PV2-23. */
  clinicOrganisation: Organisation | null
  /** PV2-24. */
  patientStatus: Coded | null
  /** PV2-25. */
  priority: Coded | null
  /** PV2-33, ISO 8601 at the precision sent. */
  expectedSurgeryAt: string | null
  /** PV2-38. */
  modeOfArrival: Coded | null
  /** PV2-40. */
  levelOfCare: Coded | null
  /** PV2-41. */
  precautions: Coded[]
  /** PV2-42. */
  patientCondition: Coded | null
  /** PV2-43. */
  livingWill: Coded | null
  /** PV2-44. */
  organDonor: Coded | null
  /** PV2-45. */
  advanceDirectives: Coded[]
  /** PV2-47, expected return from leave, ISO 8601 at the precision sent. */
  expectedReturnAt: string | null
  /** Text of PV1-36, where both code and text are sent. */
  dischargeDispositionText: string | null
  /** Text of PV1-37, where both code and text are sent. */
  dischargedToName: string | null
  /** PV1-37, since when the patient is there, ISO 8601 at the precision sent. */
  dischargedToOn: string | null
  /** The accident it is about. */
  accident: Accident | null
  /** Diagnosis related group that the stay is paid by. */
  diagnosisGroup: Coded | null
  /** When that group was assigned, ISO 8601 at the precision sent. */
  diagnosisGroupAt: string | null
  /** The code of the class as sent. */
  patientClassAsSent: string | null
  /** The code of the visit's status as sent; HL7 v2 has none. */
  statusAsSent: string | null
  /** The table or value set of that code. */
  statusSystem: StatusSystem | null
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
  /** Details that are rarely sent; null where none was. */
  detail: LocationDetail | null
}

/** What few senders say of a place. HL7 data type PL. */
export type LocationDetail = {
  /** Kind of place as sent, e.g. N nursing unit. */
  type: string | null
  /** State of the place as sent. */
  status: string | null
  /** Comprehensive identifier of the place, as sent. */
  identifier: string | null
}

/** An accident the visit is about. HL7 segment ACC. */
export type Accident = {
  /** When, ISO 8601 at the precision sent. */
  at: string | null
  /** Kind of accident. */
  code: Coded | null
  /** Where, as text. */
  location: string | null
  /** Y if it is related to the job, as sent. */
  jobRelated: string | null
  /** Y if a person died, as sent. */
  deathInvolved: string | null
  /** Who entered it. */
  enteredBy: Practitioner[]
  /** What happened. */
  description: string | null
  /** Who brought the patient in, as sent. */
  broughtBy: string | null
  /** Y if the police were notified, as sent. */
  policeNotified: string | null
  /** Address of where it happened. */
  addresses: Address[]
  /** Numbers of the accident, as sent. */
  numbers: string[]
}

/** The HL7 table or FHIR value set that a status as sent is a code of; LOCAL where the field has no table, BOOLEAN for true and false. New symbols are only added at the end. */
export type StatusSystem =
  | 'LOCAL'
  | 'HL70038'
  | 'HL70085'
  | 'HL70123'
  | 'HL70136'
  | 'HL70271'
  | 'HL70273'
  | 'HL70278'
  | 'HL70283'
  | 'HL70322'
  | 'HL70438'
  | 'ALLERGYINTOLERANCE_CLINICAL'
  | 'ALLERGYINTOLERANCE_VERIFICATION'
  | 'APPOINTMENTSTATUS'
  | 'BOOLEAN'
  | 'CARE_TEAM_STATUS'
  | 'COMPOSITION_STATUS'
  | 'CONDITION_CLINICAL'
  | 'CONDITION_VER_STATUS'
  | 'CONSENT_STATE_CODES'
  | 'DEVICE_STATUS'
  | 'DIAGNOSTIC_REPORT_STATUS'
  | 'DOCUMENT_REFERENCE_STATUS'
  | 'ENCOUNTER_STATUS'
  | 'EPISODE_OF_CARE_STATUS'
  | 'EVENT_STATUS'
  | 'FLAG_STATUS'
  | 'GOAL_STATUS'
  | 'HISTORY_STATUS'
  | 'IMAGINGSTUDY_STATUS'
  | 'IMMUNIZATION_STATUS'
  | 'LIST_STATUS'
  | 'MEDICATION_ADMIN_STATUS'
  | 'MEDICATION_STATEMENT_STATUS'
  | 'MEDICATIONDISPENSE_STATUS'
  | 'MEDICATIONREQUEST_STATUS'
  | 'OBSERVATION_STATUS'
  | 'QUESTIONNAIRE_ANSWERS_STATUS'
  | 'REQUEST_STATUS'
  | 'TASK_STATUS'
  | 'HL70510'
  | 'HL70511'
  | 'HL70513'

/** An admission is planned. From HL7 ADT^A05. */
export type PatientPreAdmitted = {
  type: 'PatientPreAdmitted'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** A patient moved within the visit. From HL7 ADT^A02. */
export type PatientTransferred = {
  type: 'PatientTransferred'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The visit ended. From HL7 ADT^A03. */
export type PatientDischarged = {
  type: 'PatientDischarged'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The visit became another class, the encounter staying the same. From HL7 ADT^A06 and A07. */
export type PatientClassChanged = {
  type: 'PatientClassChanged'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** Details of the visit changed; never its status. From HL7 ADT^A08, A28 and A31 with a visit. */
export type VisitUpdated = {
  type: 'VisitUpdated'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
  /** Locations named by a message about something else; only messages that move patients change the current location. */
  toldPlaces: ToldPlaces | null
}

/** Places of a visit in a message about an order, a dose, a document or an appointment, as of when it was asked for or written. HL7 segment PV1. */
export type ToldPlaces = {
  /** Assigned location, where the message gives no other. */
  location: Location | null
  /** Place before. */
  priorLocation: Location | null
  /** Place for a while. */
  temporaryLocation: Location | null
  /** Place to come. */
  pendingLocation: Location | null
}

/** The patient left a place for another, by tracking. From HL7 ADT^A09. */
export type PatientDeparted = {
  type: 'PatientDeparted'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The patient came to a place, by tracking. From HL7 ADT^A10. */
export type PatientArrived = {
  type: 'PatientArrived'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The admission did not happen. From HL7 ADT^A11. */
export type AdmissionCancelled = {
  type: 'AdmissionCancelled'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The last transfer did not happen. From HL7 ADT^A12. */
export type TransferCancelled = {
  type: 'TransferCancelled'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The discharge did not happen; the visit goes on. From HL7 ADT^A13. */
export type DischargeCancelled = {
  type: 'DischargeCancelled'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** Two identifiers of one assigning authority are one patient. From HL7 ADT^A40, and A18, A30, A34, A36, A39. Published for the survivor and for each patient merged into it; nothing is copied or erased. */
export type PatientsMerged = {
  type: 'PatientsMerged'
  /** PID-3 of the survivor. */
  surviving: Identifier[]
  /** MRG-1, every repetition. */
  prior: Identifier[]
  /** Source patients with the prior identifiers, as topic keys. */
  priorKeys: string[]
  /** MRG-3. */
  priorAccount: Identifier | null
  /** MRG-5. */
  priorVisit: Identifier | null
  /** MRG-7. */
  priorNames: PersonName[]
  /** EVN-6, else EVN-2, else MSH-7. */
  mergedAt: string | null
  /** Surviving source patient, as topic key; null in older events, which were published for the survivor only. */
  survivingKey: string | null
}

/** A laboratory, imaging or other department reported on an order, or vital signs were taken. From one OBR group of HL7 ORU and OUL, or a FHIR DiagnosticReport with its Observations, or Observations on their own. */
export type ResultReportedV1 = {
  reportId: string
  placerNumber: string | null
  fillerNumber: string | null
  service: Coded
  status: string | null
  section: string | null
  requestedAt: string | null
  collectedAt: string | null
  receivedAt: string | null
  issuedAt: string | null
  specimen: Coded | null
  requesters: Practitioner[]
  interpreters: Practitioner[]
  encounterId: string | null
  observations: ObservationV1[]
  notes: string[]
  copyTo: Practitioner[]
  category: string | null
  specimens: Specimen[]
  groupNumber: string | null
  parentPlacerNumber: string | null
  parentFillerNumber: string | null
  parentResult: Coded | null
  reasons: Coded[]
  clinicalInformation: string | null
  priority: string | null
  bodySites: Coded[]
  modality: string | null
  accessionNumber: string | null
  studyUid: string | null
  technicians: Practitioner[]
  transcriptionists: Practitioner[]
  assistants: Practitioner[]
  organisation: Organisation | null
  collectedUntil: string | null
  conclusion: string | null
  conclusionCodes: Coded[]
  control: string | null
  placerAuthority: string | null
  fillerAuthority: string | null
  parentSubId: string | null
  parentValue: string | null
  collectors: Practitioner[]
  location: Location | null
  procedure: Coded | null
  procedureModifiers: Coded[]
  scheduledAt: string | null
  danger: string | null
  callback: Telecom[]
  fillerFields: string[]
  orderStatus: string | null
  requesterOrganisation: Organisation | null
  participants: Performer[]
  timing: Timing | null
  noteDetails: NoteDetail[]
  supplementalServices: Coded[]
  otherNumbers: string[]
  setting: string | null
  orderedAt: string | null
  orderedSpecimen: Specimen | null
  settingName: string | null
  contacts: ContactPerson[]
  principals: Performer[]
  otherVisitNumbers: Identifier[]
}

/** One observation as reported. From OBX with its NTE, or FHIR Observation; consecutive text OBX of one code are one observation with its line breaks. */
export type ObservationV1 = {
  key: string
  code: Coded
  subId: string | null
  valueType: string | null
  value: string | null
  coded: Coded | null
  attachment: Attachment | null
  unit: Coded | null
  range: string | null
  flags: string[]
  status: string | null
  observedAt: string | null
  analysedAt: string | null
  producer: Coded | null
  method: Coded | null
  bodySite: Coded | null
  notes: string[]
  place: string
  ucum: string | null
  numeric: Numeric | null
  category: string | null
  performers: Practitioner[]
  device: string | null
  absentReason: Coded | null
  organisation: Organisation | null
  director: Practitioner | null
  observationId: string | null
  nature: string | null
  probability: string | null
  rangeSince: string | null
  accessCheck: string | null
  noteDetails: NoteDetail[]
  participants: Performer[]
  ownReportId: string | null
  ownKey: string | null
}

/** Bytes kept in the object store under the hash of their content, never in an event. HL7 data types ED and RP. */
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

/** A measured value as a number, so that values can be compared and drawn on one axis. HL7 data types NM and SN, FHIR Quantity and Range. The text as sent stays beside it. */
export type Numeric = {
  /** <, <=, >= or >; null for an exact value. */
  comparator: string | null
  /** The number; of a range its lower end. */
  value: number
  /** Upper end of a range; null for a single value. */
  high: number | null
  /** Denominator of a ratio such as 1:128; null for none. */
  divisor: number | null
}

/** Details of a note that few senders give. HL7 segment NTE. */
export type NoteDetail = {
  /** Text of the note it is about, as in the list of notes. */
  text: string
  /** Kind of note as sent (HL7 table 0364). */
  kind: Coded | null
  /** Who entered it. */
  enteredBy: Practitioner | null
  /** Entered, ISO 8601 at the precision sent. */
  enteredAt: string | null
  /** In effect from. */
  effectiveFrom: string | null
  /** In effect until. */
  effectiveUntil: string | null
  /** Question of a note in the form `Pregnant=No` or `Fasting?: Yes`. */
  question: string | null
  /** Answer to that question. */
  answer: string | null
}

/** A participant, the role and on whose behalf. */
export type Performer = {
  /** The person; null if only the organisation or the role was named. */
  practitioner: Practitioner | null
  /** As what: surgeon, anaesthetist, author. */
  role: Coded | null
  /** The organisation. */
  organisation: Organisation | null
  /** Since when, ISO 8601 at the precision sent. */
  from: string | null
  /** Until when. */
  until: string | null
  /** Details that are rarely sent; null where none was. */
  detail: PerformerDetail | null
  /** Where. */
  location: Location | null
  /** Profession or speciality. */
  providerTypes: Coded[]
}

/** Details of a participant that few senders give. HL7 segment ROL. */
export type PerformerDetail = {
  /** Action as sent (HL7 table 0287). */
  action: string | null
  /** Why. */
  reason: Coded | null
  /** Profession or speciality. */
  providerTypes: Coded[]
  /** Kind of organisation he works in. */
  unitType: Coded | null
  /** Addresses. */
  addresses: Address[]
  /** Telephone numbers and electronic addresses. */
  telecoms: Telecom[]
  /** Where he works. */
  location: Location | null
}

/** One specimen. HL7 SPM, FHIR Specimen. */
export type Specimen = {
  /** Number of the specimen: the filler's, else the placer's. */
  specimenId: string | null
  /** Specimens it was made of. */
  parentIds: string[]
  /** What it is. */
  type: Coded | null
  /** More about the type. */
  modifiers: Coded[]
  /** Additives. */
  additives: Coded[]
  /** How it was taken. */
  method: Coded | null
  /** From where in the body. */
  site: Coded | null
  /** More about the site. */
  siteModifiers: Coded[]
  /** Patient, control, calibrator, ... (HL7 table 0369). */
  role: Coded | null
  /** How much. */
  amount: Quantity | null
  /** As text. */
  description: string[]
  /** How to handle it. */
  handling: Coded[]
  /** Danger it carries. */
  risks: Coded[]
  /** Taken, or begun to be, ISO 8601 at the precision sent. */
  collectedAt: string | null
  /** Until when it was taken. */
  collectedUntil: string | null
  /** Received by the laboratory. */
  receivedAt: string | null
  /** Usable until. */
  expiresAt: string | null
  /** Y or N as sent. */
  available: string | null
  /** Why it was refused. */
  rejected: Coded[]
  /** Quality. */
  quality: Coded | null
  /** Condition, e.g. haemolysed. */
  condition: Coded[]
  /** Container. */
  container: Coded | null
  /** Notes below it. */
  notes: string[]
  /** Segment it came from, e.g. SPM[2]; null where it comes from OBR. */
  place: string | null
  /** Number the placer gave the specimen, where the filler gave one too. */
  placerId: string | null
  /** Number of the container. */
  containerId: string | null
  /** Who took it. */
  collector: Practitioner | null
  /** Accession numbers. */
  accessions: Identifier[]
  /** Numbers other organisations gave it. */
  otherIds: Identifier[]
  /** Number of the shipment it came with. */
  shipmentId: string | null
  /** Accession number of its container. */
  containerAccession: string | null
  /** How much its container holds. */
  containerVolume: Quantity | null
  /** How much is in its container. */
  availableVolume: Quantity | null
  /** Placer numbers of the specimens it was made of, where they have both. */
  parentPlacerIds: string[]
}

/** An amount and its unit. HL7 data types CQ, NM with its unit beside it, FHIR Quantity. */
export type Quantity = {
  /** The amount as text in the precision sent; null if not sent. */
  value: string | null
  /** <, <=, >= or >; null for an exact amount. */
  comparator: string | null
  /** The unit as sent. */
  unit: Coded | null
  /** The unit in UCUM by the translation tables; null where there is none. */
  ucum: string | null
}

/** When and how often. HL7 TQ1 and data type TQ, FHIR Timing. */
export type Timing = {
  /** As text, as sent; parts of a FHIR instruction that have no field are added as text. */
  text: string | null
  /** Repeat patterns as sent, e.g. BID, Q6H; days of the week as codes of FHIR days-of-week. */
  patterns: Coded[]
  /** Times of day as sent. */
  times: string[]
  /** How often, as a number of times in `period`. */
  frequency: string | null
  /** Length of the cycle `frequency` counts in, or the relative time of the pattern. */
  period: Quantity | null
  /** For how long. */
  duration: Quantity | null
  /** How much at each time. */
  quantity: Quantity | null
  /** Start, ISO 8601 at the precision sent. */
  startAt: string | null
  /** End, ISO 8601 at the precision sent. */
  endAt: string | null
  /** Total number of times, as sent. */
  occurrences: string | null
  /** Priority as sent, e.g. S, R, PRN. */
  priority: string | null
  /** Whether only when needed; null if not sent. */
  asNeeded: boolean | null
  /** For what, when needed. */
  asNeededFor: Coded | null
  /** Condition under which it applies, as text. */
  condition: string | null
  /** How it joins the next: S, A or C as sent. */
  conjunction: string | null
  /** Time between one and the next, where it is sent beside a pattern. */
  interval: Quantity | null
  /** Event of the day that the timing refers to, as sent (HL7 table 0528: AC before meals, HS at bedtime). */
  event: string | null
  /** How long before or after that event. */
  eventOffset: Quantity | null
  /** How long one of them takes. */
  occurrenceDuration: Quantity | null
  /** Priority as text, where sent. */
  priorityText: string | null
}

/** Contact for an order. HL7 segment CTD. */
export type ContactPerson = {
  /** As what. */
  roles: Coded[]
  /** Names. */
  names: PersonName[]
  /** Addresses. */
  addresses: Address[]
  /** Where. */
  location: Location | null
  /** Telephone numbers and electronic addresses. */
  telecoms: Telecom[]
  /** How the contact would rather be reached. */
  preferredMethod: Coded | null
  /** Numbers of the contact. */
  numbers: string[]
}

/** A document, its text or a change of its state. From HL7 MDM (TXA and its OBX), OBX of type ED or RP in a result, or a FHIR DocumentReference or Composition. The bytes are in the object store. */
export type DocumentReportedV1 = {
  documentId: string
  title: string | null
  kind: Coded | null
  at: string | null
  status: string | null
  reportId: string | null
  attachment: Attachment | null
  trigger: string | null
  uniqueNumber: string | null
  parentNumber: string | null
  parentId: string | null
  completion: string | null
  confidentiality: string | null
  availability: string | null
  documentType: string | null
  presentation: string | null
  fileName: string | null
  authors: Practitioner[]
  authenticators: Practitioner[]
  transcriptionists: Practitioner[]
  copyTo: Practitioner[]
  activityAt: string | null
  originatedAt: string | null
  transcribedAt: string | null
  editedAt: string | null
  authenticatedAt: string | null
  text: string | null
  attachments: Attachment[]
  placerNumber: string | null
  fillerNumber: string | null
  encounterId: string | null
  organisation: Organisation | null
  location: Location | null
  notes: string[]
  observations: ObservationV1[]
  sections: Coded[]
  performers: Practitioner[]
  assignedAuthenticators: Practitioner[]
  changeReason: string | null
  noteDetails: NoteDetail[]
  participants: Performer[]
  consents: Consent[]
  toldVisit: Visit | null
}

/** What the patient, or who decides for the patient, agreed to. HL7 segment CON. */
export type Consent = {
  /** Type of consent (HL7 table 0496). */
  kind: Coded | null
  /** Form, with its version. */
  formId: string | null
  /** Number of the form that was filled in. */
  formNumber: string | null
  /** What is consented to, in general. */
  texts: string[]
  /** What is consented to, for this patient. */
  specificTexts: string[]
  /** Background, in general. */
  backgrounds: string[]
  /** Background, for this patient. */
  specificBackgrounds: string[]
  /** Limits that the consenter set. */
  limitations: string[]
  /** Verbal, written (HL7 table 0497). */
  mode: Coded | null
  /** Active, refused, as sent (HL7 table 0498). */
  status: string | null
  /** Discussed, ISO 8601 at the precision sent. */
  discussedAt: string | null
  /** Decided. */
  decidedAt: string | null
  /** In effect from. */
  from: string | null
  /** In effect until. */
  until: string | null
  /** Whether the patient could decide, as sent. */
  competent: string | null
  /** Why no consent was asked for. */
  bypassReason: Coded | null
  /** Level of disclosure, as sent (HL7 table 0500). */
  disclosureLevel: string | null
  /** Why not everything was disclosed. */
  nonDisclosureReason: Coded | null
  /** Why a person other than the patient decided. */
  otherConsenterReason: Coded | null
  /** Who decided. */
  consenters: PersonName[]
  /** What they are to the patient. */
  relationships: Coded[]
}

/** The events held for this patient are to be tried again, in order; one message may be given up first. Made by Tideway. */
export type HeldEventsReleased = {
  type: 'HeldEventsReleased'
  /** Who asked for it: subject of the token or operating-system user. */
  by: string
  /** Id of the message whose held events are given up; null if none is. */
  droppedMessage: string | null
  /** Why it was given up, as the operator wrote it. */
  reason: string | null
}

/** An allergy, intolerance or adverse reaction, or the statement that none is known. From HL7 AL1 or IAM (ADT A60 and others), or FHIR AllergyIntolerance. */
export type AllergyReportedV1 = {
  allergyId: string
  code: Coded
  category: string | null
  propensity: string | null
  severity: string | null
  criticality: string | null
  reactions: Reaction[]
  sensitivity: Coded | null
  clinicalStatus: string | null
  verificationStatus: string | null
  onsetAt: string | null
  onsetText: string | null
  recordedAt: string | null
  action: string | null
  actionReason: string | null
  reporter: Performer | null
  recorder: Practitioner | null
  organisation: Organisation | null
  encounterId: string | null
  notes: string[]
  allergenGroup: Coded | null
  reporterRelationship: Coded | null
  allergenType: Coded | null
  noteDetails: NoteDetail[]
  clinicianCode: Coded | null
  initialRecorder: Practitioner | null
  initiallyRecordedAt: string | null
  initialOrganisation: Organisation | null
  modifiedBy: Practitioner | null
  modifiedAt: string | null
  modifyingOrganisation: Organisation | null
  inactivatedBy: Practitioner | null
  inactivatedAt: string | null
  inactivatingOrganisation: Organisation | null
}

/** What an allergy or adverse reaction did. FHIR AllergyIntolerance.reaction. */
export type Reaction = {
  /** What was seen; a text without a code is one with a text only. */
  manifestations: Coded[]
  /** How severe as sent. */
  severity: string | null
  /** When, ISO 8601 at the precision sent. */
  at: string | null
  /** How the patient was exposed. */
  route: Coded | null
  /** As text. */
  notes: string[]
  /** Kind of hypersensitivity: allergy, intolerance, side effect. */
  sensitivity: Coded | null
  /** What was done about it. */
  management: string | null
  /** Severity as text. */
  severityText: string | null
}

/** A diagnosis or a problem. From HL7 DG1, PRB (PPR PC1 to PC3), or FHIR Condition. */
export type ConditionReportedV1 = {
  conditionId: string
  category: string
  code: Coded
  text: string | null
  diagnosisType: string | null
  clinicalStatus: string | null
  verificationStatus: string | null
  classification: string | null
  severity: Coded | null
  bodySites: Coded[]
  stage: string | null
  probability: string | null
  prognosis: Coded | null
  onsetAt: string | null
  onsetText: string | null
  abatedAt: string | null
  expectedUntil: string | null
  recordedAt: string | null
  updatedAt: string | null
  rank: string | null
  confidential: string | null
  action: string | null
  asserters: Performer[]
  encounterId: string | null
  notes: string[]
  identifier: string | null
  certainty: Coded | null
  attestedAt: string | null
  priority: string | null
  persistence: string | null
  deathLocation: Location | null
  deathCertified: string | null
  deathCoroner: string | null
  noteDetails: NoteDetail[]
}

/** A procedure or operation. From HL7 PR1 with its ROL, or FHIR Procedure. */
export type ProcedureReportedV1 = {
  procedureId: string
  code: Coded
  text: string | null
  status: string | null
  statusReason: Coded | null
  category: Coded | null
  performedAt: string | null
  performedUntil: string | null
  minutes: string | null
  anaesthesia: Coded | null
  anaesthesiaMinutes: string | null
  performers: Performer[]
  consents: Coded[]
  priority: string | null
  diagnosis: Coded | null
  reasons: Coded[]
  modifiers: Coded[]
  bodySites: Coded[]
  outcome: Coded | null
  complications: Coded[]
  recordedAt: string | null
  action: string | null
  encounterId: string | null
  notes: string[]
  identifier: string | null
  tissueType: Coded | null
  location: Location | null
  parentIdentifier: string | null
}

/** A person to turn to: next of kin, emergency contact, carer. From HL7 NK1, or FHIR Patient.contact and RelatedPerson. */
export type ContactReportedV1 = {
  contactId: string
  names: PersonName[]
  relationship: Coded | null
  role: Coded | null
  telecoms: Telecom[]
  addresses: Address[]
  organisation: Organisation | null
  sex: string | null
  birthDate: string | null
  languages: Coded[]
  active: string | null
  from: string | null
  until: string | null
  notes: string[]
  identifiers: Identifier[]
}

/** A person who cares for the patient. From HL7 ROL and PRT, PV1 only where it gives a role, or FHIR CareTeam.participant. */
export type CareTeamMemberReportedV1 = {
  memberId: string
  practitioner: Practitioner | null
  role: Coded | null
  organisation: Organisation | null
  from: string | null
  until: string | null
  reason: Coded | null
  telecoms: Telecom[]
  scope: string
  status: string | null
  action: string | null
  encounterId: string | null
  notes: string[]
  providerTypes: Coded[]
  unitType: Coded | null
  addresses: Address[]
  location: Location | null
  otherNumbers: Practitioner[]
}

/** A warning or flag about the patient, or a restriction of access to the patient's record. From FHIR Flag, HL7 ARV, and HL7 fields that sources use as flags. */
export type AlertReportedV1 = {
  alertId: string
  code: Coded
  category: Coded | null
  status: string | null
  action: string | null
  from: string | null
  until: string | null
  author: Practitioner | null
  encounterId: string | null
  notes: string[]
  restrictsAccess: boolean | null
  reasons: Coded[]
  classification: Coded | null
  handling: Coded[]
}

/** A service was asked for, or the request changed its state. From HL7 ORM, OML, OMG, OMI (ORC with OBR), a referral (RF1), or FHIR ServiceRequest. */
export type RequestReportedV1 = {
  requestId: string
  placerNumber: string | null
  fillerNumber: string | null
  groupNumber: string | null
  service: Coded | null
  category: string | null
  control: string | null
  statusAsSent: string | null
  intent: string | null
  priority: string | null
  requestedAt: string | null
  effectiveAt: string | null
  scheduledAt: string | null
  timing: Timing | null
  collectedAt: string | null
  requesters: Practitioner[]
  enteredBy: Practitioner[]
  organisation: Organisation | null
  performer: Organisation | null
  location: Location | null
  callback: Telecom[]
  reasons: Coded[]
  controlReason: Coded | null
  clinicalInformation: string | null
  specimens: Specimen[]
  bodySites: Coded[]
  modality: string | null
  accessionNumber: string | null
  danger: string | null
  transport: string | null
  parentPlacerNumber: string | null
  parentFillerNumber: string | null
  copyTo: Practitioner[]
  diagnoses: Coded[]
  answers: ObservationV1[]
  encounterId: string | null
  notes: string[]
  setting: string | null
  verifiers: Practitioner[]
  actionBy: Practitioner[]
  studyUid: string | null
  actionCode: string | null
  protocol: Coded | null
  placerAuthority: string | null
  fillerAuthority: string | null
  noteDetails: NoteDetail[]
  participants: Performer[]
  supplementalServices: Coded[]
  otherNumbers: string[]
  section: string | null
  neededAt: string | null
  placerFields: string[]
  referralStatus: Coded | null
  effectiveUntil: string | null
  orderedSpecimen: Specimen | null
  settingName: string | null
  action: string | null
  contacts: ContactPerson[]
}

/** A medicine was prescribed, ordered, changed or stopped, a give was scheduled, or it was stated that the patient takes it. From HL7 RXO, RXE, RXG with ORC, TQ1, RXR, RXC (OMP, RDE, RGV, ORM), or FHIR MedicationRequest and MedicationStatement. */
export type MedicationPrescribedV1 = {
  prescriptionId: string
  kind: string
  intent: string | null
  placerNumber: string | null
  fillerNumber: string | null
  prescriptionNumber: string | null
  groupNumber: string | null
  parentNumber: string | null
  control: string | null
  statusAsSent: string | null
  statusReason: Coded | null
  medication: Coded | null
  form: Coded | null
  strength: Quantity | null
  strengthVolume: Quantity | null
  dose: Quantity | null
  doseMax: Quantity | null
  rate: Quantity | null
  totalDailyDose: Quantity | null
  route: Coded | null
  site: Coded | null
  device: Coded | null
  method: Coded | null
  timings: Timing[]
  dosageText: string | null
  instructions: string[]
  pharmacyInstructions: string[]
  quantity: Quantity | null
  refills: string | null
  refillsLeft: string | null
  daysSupply: string | null
  substitution: string | null
  startAt: string | null
  endAt: string | null
  prescribedAt: string | null
  effectiveAt: string | null
  prescribers: Practitioner[]
  verifiers: Practitioner[]
  indications: Coded[]
  components: MedicationComponent[]
  dispenseTo: Location | null
  pharmacy: Organisation | null
  organisation: Organisation | null
  setting: string | null
  encounterId: string | null
  notes: string[]
  supplementaryCodes: Coded[]
  observations: ObservationV1[]
  dispenseProduct: Coded | null
  givenPer: string | null
  initialQuantity: Quantity | null
  controlledSchedule: Coded | null
  orderType: string | null
  enteredBy: Practitioner[]
  actionBy: Practitioner[]
  callback: Telecom[]
  location: Location | null
  siteModifier: Coded | null
  routingInstruction: Coded | null
  lots: string[]
  expiresAt: string | null
  manufacturer: Coded | null
  refillsUsed: string | null
  lastDispensedAt: string | null
  placerAuthority: string | null
  fillerAuthority: string | null
  noteDetails: NoteDetail[]
  participants: Performer[]
  settingName: string | null
  dispenseInterval: string | null
  doseLimits: DoseLimit[]
  contacts: ContactPerson[]
}

/** One part of a mixture or compound. HL7 RXC, FHIR Medication.ingredient. */
export type MedicationComponent = {
  /** A additive or B base as sent (HL7 table 0166). */
  type: string | null
  /** What it is. */
  code: Coded
  /** How much. */
  amount: Quantity | null
  /** Strength. */
  strength: Quantity | null
  /** Volume the strength is in. */
  strengthVolume: Quantity | null
  /** Further codes. */
  supplementaryCodes: Coded[]
}

/** No more of a medicine than this, all doses together. HL7 segment CDO, FHIR maxDosePerPeriod, maxDosePerAdministration and maxDosePerLifetime. */
export type DoseLimit = {
  /** The most that may be given. */
  limit: Quantity | null
  /** In this time; `dose` or `lifetime` without a number is per dose or in a lifetime. */
  within: Quantity | null
}

/** A pharmacy dispensed a medicine. From HL7 RXD with ORC, RXR, RXC (RDS), or FHIR MedicationDispense. */
export type MedicationDispensedV1 = {
  dispenseId: string
  prescriptionId: string | null
  placerNumber: string | null
  fillerNumber: string | null
  prescriptionNumber: string | null
  control: string | null
  status: string | null
  statusReason: Coded | null
  medication: Coded | null
  form: Coded | null
  strength: Quantity | null
  quantity: Quantity | null
  dispensedAt: string | null
  daysSupply: string | null
  totalDailyDose: Quantity | null
  dose: Quantity | null
  route: Coded | null
  site: Coded | null
  timings: Timing[]
  dosageText: string | null
  substitution: string | null
  refillsLeft: string | null
  lots: string[]
  expiresAt: string | null
  manufacturer: Coded | null
  indications: Coded[]
  instructions: string[]
  components: MedicationComponent[]
  dispensers: Practitioner[]
  pharmacy: Organisation | null
  encounterId: string | null
  notes: string[]
  supplementaryCodes: Coded[]
  observations: ObservationV1[]
  strengthVolume: Quantity | null
  dispenseType: Coded | null
  dispenseTo: Location | null
  device: Coded | null
  method: Coded | null
  orderType: string | null
  placerAuthority: string | null
  fillerAuthority: string | null
  noteDetails: NoteDetail[]
  participants: Performer[]
  doseLimits: DoseLimit[]
}

/** A medicine was given, or was not. From HL7 RXA with ORC, RXR (RAS), or FHIR MedicationAdministration. */
export type MedicationGivenV1 = {
  administrationId: string
  prescriptionId: string | null
  placerNumber: string | null
  fillerNumber: string | null
  medication: Coded | null
  form: Coded | null
  strength: Quantity | null
  dose: Quantity | null
  rate: Quantity | null
  route: Coded | null
  site: Coded | null
  method: Coded | null
  dosageText: string | null
  givenAt: string | null
  givenUntil: string | null
  control: string | null
  status: string | null
  refusalReasons: Coded[]
  indications: Coded[]
  performers: Performer[]
  lots: string[]
  expiresAt: string | null
  manufacturer: Coded | null
  location: Location | null
  information: Coded | null
  recordedAt: string | null
  action: string | null
  observations: ObservationV1[]
  encounterId: string | null
  notes: string[]
  device: Coded | null
  strengthVolume: Quantity | null
  components: MedicationComponent[]
  statusAsSent: string | null
  placerAuthority: string | null
  fillerAuthority: string | null
  givenPer: string | null
  noteDetails: NoteDetail[]
  participants: Performer[]
}

/** A vaccine was given, or was not. From HL7 VXU (RXA with ORC, RXR, OBX), or FHIR Immunization. */
export type ImmunizationReportedV1 = {
  immunizationId: string
  placerNumber: string | null
  fillerNumber: string | null
  code: Coded
  doseNumber: string | null
  seriesDoses: string | null
  targets: Coded[]
  givenAt: string | null
  givenUntil: string | null
  dose: Quantity | null
  lots: string[]
  expiresAt: string | null
  manufacturer: Coded | null
  route: Coded | null
  site: Coded | null
  status: string | null
  refusalReasons: Coded[]
  indications: Coded[]
  action: string | null
  performers: Performer[]
  location: Location | null
  organisation: Organisation | null
  information: Coded | null
  funding: Coded | null
  recordedAt: string | null
  observations: ObservationV1[]
  encounterId: string | null
  notes: string[]
  address: Address | null
  entryOrganisation: Coded | null
  timing: Timing | null
  noteDetails: NoteDetail[]
}

/** An appointment was made, changed, cancelled or missed. From HL7 SIU S12 to S26, or FHIR Appointment. */
export type AppointmentReportedV1 = {
  appointmentId: string
  placerNumber: string | null
  fillerNumber: string | null
  trigger: string | null
  statusAsSent: string | null
  reason: Coded | null
  eventReason: Coded | null
  appointmentType: Coded | null
  service: Coded | null
  specialty: string | null
  priority: string | null
  startAt: string | null
  endAt: string | null
  durationMinutes: string | null
  locations: Location[]
  practitioners: Performer[]
  resources: Coded[]
  requesters: Practitioner[]
  enteredBy: Practitioner[]
  bookedAt: string | null
  parentPlacerNumber: string | null
  orderNumber: string | null
  instructions: string | null
  encounterId: string | null
  notes: string[]
  services: Coded[]
  parts: AppointmentPartV1[]
  contacts: Practitioner[]
  callback: Telecom[]
  contactAddresses: Address[]
  contactLocations: Location[]
  parentFillerNumber: string | null
  fillerOrderNumber: string | null
  occurrence: string | null
  noteDetails: NoteDetail[]
}

/** One thing an appointment needs: a service, a person, a place or a device. HL7 AIS, AIP, AIL and AIG. */
export type AppointmentPartV1 = {
  kind: string
  group: string | null
  action: string | null
  code: Coded | null
  practitioner: Practitioner | null
  location: Location | null
  type: Coded | null
  startAt: string | null
  offset: Quantity | null
  duration: Quantity | null
  substitution: string | null
  status: string | null
  supplies: Coded[]
  notes: string[]
  noteDetails: NoteDetail[]
}

/** A FHIR resource that has no kind of its own: CarePlan, Goal, Task, CareTeam, Consent, FamilyMemberHistory, QuestionnaireResponse, Device, ImagingStudy, List, EpisodeOfCare, Provenance, Medication and others. Kept as sent, with the text a reader needs. */
export type ResourceReportedV1 = {
  resourceKey: string
  resourceType: string
  status: string | null
  code: Coded | null
  title: string | null
  from: string | null
  until: string | null
  recordedAt: string | null
  summary: string[]
  json: string | null
  object: string | null
  encounterId: string | null
}

/** The patient is expected to be admitted; where is in the pending location. From HL7 ADT^A14. */
export type AdmissionPending = {
  type: 'AdmissionPending'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
  /** EVN-3, when it is planned, ISO 8601 at the precision sent. */
  plannedAt: string | null
}

/** The patient is expected to move; where to is in the pending location. From HL7 ADT^A15. */
export type TransferPending = {
  type: 'TransferPending'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
  /** EVN-3, when it is planned, ISO 8601 at the precision sent. */
  plannedAt: string | null
}

/** The patient is expected to leave. From HL7 ADT^A16. */
export type DischargePending = {
  type: 'DischargePending'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
  /** EVN-3, when it is planned, ISO 8601 at the precision sent. */
  plannedAt: string | null
}

/** An expected admission was cancelled. From HL7 ADT^A27. */
export type AdmissionPendingCancelled = {
  type: 'AdmissionPendingCancelled'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** An expected transfer was cancelled. From HL7 ADT^A26. */
export type TransferPendingCancelled = {
  type: 'TransferPendingCancelled'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** An expected discharge was cancelled. From HL7 ADT^A25. */
export type DischargePendingCancelled = {
  type: 'DischargePendingCancelled'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** A pre-admission was taken back. From HL7 ADT^A38. */
export type PreAdmissionCancelled = {
  type: 'PreAdmissionCancelled'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The patient went on leave of absence and keeps the bed. From HL7 ADT^A21. */
export type LeaveStarted = {
  type: 'LeaveStarted'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The patient came back from leave of absence. From HL7 ADT^A22. */
export type LeaveEnded = {
  type: 'LeaveEnded'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The patient did not go on leave: the newest LeaveStarted is taken back. From HL7 ADT^A52. */
export type LeaveStartCancelled = {
  type: 'LeaveStartCancelled'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The patient did not come back from leave: the newest LeaveEnded is taken back. From HL7 ADT^A53. */
export type LeaveEndCancelled = {
  type: 'LeaveEndCancelled'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** Another doctor is responsible or consulted. From HL7 ADT^A54. */
export type DoctorChanged = {
  type: 'DoctorChanged'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** A change of doctor was taken back. From HL7 ADT^A55. */
export type DoctorChangeCancelled = {
  type: 'DoctorChangeCancelled'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** Two source patients are stated to be one person; each keeps its own record. From HL7 ADT^A24, or FHIR Patient.link of type seealso. One event for each of the two. */
export type PatientsLinked = {
  type: 'PatientsLinked'
  /** Identifiers of this patient. */
  identifiers: Identifier[]
  /** Identifiers of the other patient. */
  otherIdentifiers: Identifier[]
  /** Source patients with those identifiers, as topic keys. */
  otherKeys: string[]
  /** When, ISO 8601 at the precision sent. */
  at: string | null
}

/** Two source patients that were linked are stated to be two people. From HL7 ADT^A37. One event for each of the two. */
export type PatientsUnlinked = {
  type: 'PatientsUnlinked'
  /** Identifiers of this patient. */
  identifiers: Identifier[]
  /** Identifiers of the other patient. */
  otherIdentifiers: Identifier[]
  /** Source patients with those identifiers, as topic keys. */
  otherKeys: string[]
  /** When, ISO 8601 at the precision sent. */
  at: string | null
}

/** Visits or accounts of one patient are one. From HL7 ADT^A35, A41 and A42. */
export type EncountersMerged = {
  type: 'EncountersMerged'
  /** Visit that stays, as in PatientAdmittedV1; null where only an account is named. */
  encounterId: string | null
  /** Visits that are now that one. */
  priorEncounterIds: string[]
  /** Account that stays. */
  account: Identifier | null
  /** Accounts that are now that one. */
  priorAccounts: Identifier[]
  /** When, ISO 8601 at the precision sent. */
  at: string | null
}

/** Visits belong to a different patient than stated before. From HL7 ADT^A45. One event for each of the two patients. */
export type EncounterMoved = {
  type: 'EncounterMoved'
  /** Source patient it was reported for before, as topic key; null if not sent. */
  fromKey: string | null
  /** Source patient it belongs to, as topic key. */
  toKey: string | null
  /** Visits moved, as in PatientAdmittedV1. */
  encounterIds: string[]
  /** The same as sent. */
  visits: Identifier[]
  /** When, ISO 8601 at the precision sent. */
  at: string | null
}

/** Accounts with their visits belong to a different patient than stated before. From HL7 ADT^A44. One event for each of the two patients. */
export type AccountMoved = {
  type: 'AccountMoved'
  /** Source patient it was reported for before, as topic key; null if not sent. */
  fromKey: string | null
  /** Source patient it belongs to, as topic key. */
  toKey: string | null
  /** Accounts moved. */
  accounts: Identifier[]
  /** When, ISO 8601 at the precision sent. */
  at: string | null
}

/** Identifiers, with everything reported under them, belong to a different patient than stated before. From HL7 ADT^A43. One event for each of the two patients. */
export type IdentifiersMoved = {
  type: 'IdentifiersMoved'
  /** Source patient it was reported for before, as topic key; null if not sent. */
  fromKey: string | null
  /** Source patient it belongs to, as topic key. */
  toKey: string | null
  /** Identifiers moved. */
  identifiers: Identifier[]
  /** When, ISO 8601 at the precision sent. */
  at: string | null
}

/** An identifier has another value from now on; it is the same patient, account or visit. From HL7 ADT^A46 to A51. */
export type IdentifiersChanged = {
  type: 'IdentifiersChanged'
  /** PATIENT (A46, A47), ALTERNATE_PATIENT (A48), ACCOUNT (A49), VISIT (A50) or ALTERNATE_VISIT (A51). */
  subject: string
  /** Before. */
  prior: Identifier[]
  /** From now on. */
  current: Identifier[]
  /** Source patients with the prior identifiers, as topic keys; only for PATIENT. */
  priorKeys: string[]
  /** Visit before, as in PatientAdmittedV1; only for VISIT. */
  priorEncounterId: string | null
  /** Visit from now on; only for VISIT. */
  encounterId: string | null
  /** When, ISO 8601 at the precision sent. */
  at: string | null
}

/** The sender removed the patient; what was reported stays, marked. From HL7 ADT^A29, or a deleted FHIR Patient. */
export type PatientRemoved = {
  type: 'PatientRemoved'
  /** Why, as sent. */
  reason: string | null
  /** When, ISO 8601 at the precision sent. */
  at: string | null
}

/** The patient did not arrive by tracking: the newest PatientArrived is taken back. From HL7 ADT^A32. */
export type ArrivalCancelled = {
  type: 'ArrivalCancelled'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** The patient did not leave by tracking: the newest PatientDeparted is taken back. From HL7 ADT^A33. */
export type DepartureCancelled = {
  type: 'DepartureCancelled'
  /** Identifier of the visit, unique only within the patient: its number (PV1-19); where none was sent, the field used in its place, a space and its value, e.g. PV1-50 A17, PID-18 S4711 or PV1-44 2026-07-01T08:15:00.000Z INPATIENT. */
  encounterId: string
  /** When it happened: EVN-6, else PV1-44 or PV1-45, else EVN-2, else MSH-7. ISO 8601 at the precision sent. */
  at: string | null
  /** The visit as this message describes it. */
  visit: Visit
}

/** A laboratory, imaging or other department reported on an order, or vital signs were taken. From one OBR group of HL7 ORU and OUL, or a FHIR DiagnosticReport with its Observations, or Observations on their own. */
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
  /** Status: registered, scheduled, specimen-received, results-pending, partial, preliminary, unverified, final, amended, appended, corrected, corrected-preliminary, cancelled, entered-in-error, no-order, no-patient (HL7 table 0123 and FHIR diagnostic-report-status); `unknown` for a code in no table, null if none was sent. */
  status: string | null
  /** The code as sent. */
  statusAsSent: string | null
  /** The table or value set of that code. */
  statusSystem: StatusSystem | null
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
  /** Identifier of the visit of the same message, as in PatientAdmittedV1; never by when it began. */
  encounterId: string | null
  /** OBX of the group, in order. */
  observations: Observation[]
  /** NTE-3 below the OBR. */
  notes: string[]
  /** OBR-28. */
  copyTo: Practitioner[]
  /** LABORATORY, IMAGING, VITAL_SIGNS, SOCIAL_HISTORY, SURVEY, EXAM, PROCEDURE, THERAPY, ACTIVITY, PATHOLOGY or CARDIOLOGY; as sent if in no table, null if not known. */
  category: string | null
  /** Every specimen, in order. */
  specimens: Specimen[]
  /** Number of the order group. */
  groupNumber: string | null
  /** Placer number of the order it comes from. */
  parentPlacerNumber: string | null
  /** Filler number of the order it comes from. */
  parentFillerNumber: string | null
  /** Observation it follows from, e.g. the organism a sensitivity is of. */
  parentResult: Coded | null
  /** Why it was asked for. */
  reasons: Coded[]
  /** Relevant clinical information from the requester. */
  clinicalInformation: string | null
  /** Priority as sent. */
  priority: string | null
  /** Anatomical sites. */
  bodySites: Coded[]
  /** Imaging modality as sent. */
  modality: string | null
  /** Accession number of an imaging study. */
  accessionNumber: string | null
  /** DICOM study instance UID. */
  studyUid: string | null
  /** Technicians. */
  technicians: Practitioner[]
  /** Transcriptionists. */
  transcriptionists: Practitioner[]
  /** Assistant result interpreters. */
  assistants: Practitioner[]
  /** Department or laboratory that reports. */
  organisation: Organisation | null
  /** End of the collection or observation. */
  collectedUntil: string | null
  /** Conclusion as text: of an imaging report, its impression. */
  conclusion: string | null
  /** Conclusion as codes. */
  conclusionCodes: Coded[]
  /** Order control as sent (HL7 table 0119). */
  control: string | null
  /** Who gave the placer number, as sent. */
  placerAuthority: string | null
  /** Who gave the filler number, as sent. */
  fillerAuthority: string | null
  /** Sub-identifier of the observation it follows from. */
  parentSubId: string | null
  /** Value of the parent observation, as text. */
  parentValue: string | null
  /** Who collected the specimen. */
  collectors: Practitioner[]
  /** Where the patient was when it was asked for. */
  location: Location | null
  /** Procedure it reports. */
  procedure: Coded | null
  /** More about the procedure. */
  procedureModifiers: Coded[]
  /** When it was planned for, ISO 8601 at the precision sent. */
  scheduledAt: string | null
  /** Danger of the specimen or patient as sent. */
  danger: string | null
  /** Telephone numbers. */
  callback: Telecom[]
  /** What the placer and filler put in fields of their own, as sent, in the order of the standard; accession numbers are among them. */
  fillerFields: string[]
  /** Status of the order (HL7 table 0038); `unknown` for a code in no table, null if none was sent. */
  orderStatus: string | null
  /** The code as sent. */
  orderStatusAsSent: string | null
  /** The table or value set of that code. */
  orderStatusSystem: StatusSystem | null
  /** Organisation that asked. */
  requesterOrganisation: Organisation | null
  /** Other participants in the order or the report, and their roles. */
  participants: Performer[]
  /** When and how often it was asked for. */
  timing: Timing | null
  /** Author, time and kind of each note, where sent. */
  noteDetails: NoteDetail[]
  /** Supplemental service information from the placer and the filler. */
  supplementalServices: Coded[]
  /** An alternate number of the order. */
  otherNumbers: string[]
  /** Where the patient is cared for, as sent (HL7 table 0482). */
  setting: string | null
  /** When the order was made, where it differs from the time requested. */
  orderedAt: string | null
  /** The specimen as described in the order, where SPM describes it too. */
  orderedSpecimen: Specimen | null
  /** The same as text. */
  settingName: string | null
  /** Contact for it. */
  contacts: ContactPerson[]
  /** When and where the interpreters, assistants, technicians and transcriptionists worked on it, where sent. */
  principals: Performer[]
  /** Further identifiers of the visit. */
  otherVisitNumbers: Identifier[]
  /** Whether it lists every result of the report, so that an earlier one it omits is no longer current. Null: as the standard has it, a FHIR resource does and an HL7 v2 message does not. */
  snapshot: boolean | null
  /** Who verified the order. */
  verifiers: Practitioner[]
  /** Why the state of the order changed. */
  controlReason: Coded | null
}

/** One observation as reported. From OBX with its NTE, or FHIR Observation; consecutive text OBX of one code are one observation with its line breaks. */
export type Observation = {
  /** Identity within the report: code, sub-identifier (OBX-4) and occurrence, so that a correction finds what it corrects. */
  key: string
  /** OBX-3. */
  code: Coded
  /** OBX-4. */
  subId: string | null
  /** OBX-2 as sent, e.g. NM, SN, TX, CE. */
  valueType: string | null
  /** OBX-5 as text in the precision sent, one repetition per line; null if none. */
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
  /** Status: registered, results-pending, preliminary, unverified, partial, final, made-final, verified, amended, appended, corrected, cancelled, not-asked, entered-in-error, wrong-patient (HL7 table 0085 and FHIR observation-status); `unknown` for a code in no table, null if none was sent. */
  status: string | null
  /** The code as sent. */
  statusAsSent: string | null
  /** The table or value set of that code. */
  statusSystem: StatusSystem | null
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
  /** The unit in UCUM by the translation tables; null where there is none. */
  ucum: string | null
  /** The value as a number; null if it is not numeric. */
  numeric: Numeric | null
  /** Category of the observation, where it has one of its own: VITAL_SIGNS, LABORATORY, IMAGING, SOCIAL_HISTORY, SURVEY, EXAM, PROCEDURE, THERAPY, ACTIVITY; as sent if in no table. */
  category: string | null
  /** Who observed it. */
  performers: Practitioner[]
  /** Equipment that measured it, as sent. */
  device: string | null
  /** Why there is no value. */
  absentReason: Coded | null
  /** Performing organisation, where it differs from the producer or has more detail. */
  organisation: Organisation | null
  /** Medical director of the performing organisation. */
  director: Practitioner | null
  /** Number of this observation as its sender keeps it. */
  observationId: string | null
  /** Nature of the abnormal test as sent (HL7 table 0080). */
  nature: string | null
  /** Probability as sent. */
  probability: string | null
  /** From when the reference range holds. */
  rangeSince: string | null
  /** User-defined access checks as sent. */
  accessCheck: string | null
  /** Author, time and kind of each note, where sent. */
  noteDetails: NoteDetail[]
  /** Participants, their roles and places; the persons are also listed as performers. */
  participants: Performer[]
  /** Business key of its standalone report; null where it has no lasting identifier. */
  ownReportId: string | null
  /** Its identity within that report. */
  ownKey: string | null
  /** The panel it is a component of, which has no value of its own. */
  panel: Coded | null
  /** Media type of the value as sent, if its text was converted: application/rtf. */
  convertedFrom: string | null
  /** True: the report only refers to the observation, which was sent by itself, and says nothing more of it. */
  byReference: boolean | null
  /** The codes of OBX-5 after the first, where it repeats. */
  furtherCodes: Coded[]
  /** OBX-8 with its texts and code systems, where it has more than codes. */
  codedFlags: Coded[]
}

/** A document, its text or a change of its state. From HL7 MDM (TXA and its OBX), OBX of type ED or RP in a result, or a FHIR DocumentReference or Composition. The bytes are in the object store. */
export type DocumentReported = {
  type: 'DocumentReported'
  /** Business key within the patient's organisation. */
  documentId: string
  /** Title as sent, else the display of its type in HL7 table 0270. */
  title: string | null
  /** Code of the document as sent: what its content is called, else its type. */
  kind: Coded | null
  /** When it was made, ISO 8601 at the precision sent. */
  at: string | null
  /** Status of its content (HL7 table 0085), as in ObservationV2: wrong-patient or entered-in-error if the content was withdrawn, else that of its first content; `unknown` for a code in no table, null if none was sent. */
  status: string | null
  /** The code as sent. */
  statusAsSent: string | null
  /** The table or value set of that code. */
  statusSystem: StatusSystem | null
  /** Report it belongs to. */
  reportId: string | null
  /** The content or a reference to it; null where the document is text or only its status was sent. */
  attachment: Attachment | null
  /** What happened: ORIGINAL (T01, T02), STATUS_CHANGED (T03, T04), ADDENDUM (T05, T06), EDIT (T07, T08), REPLACEMENT (T09, T10; its parent is REPLACED in a separate event), CANCELLED (T11); null for a document that came with a report. */
  trigger: string | null
  /** Unique document number of the sender. */
  uniqueNumber: string | null
  /** Number of the document it adds to or replaces. */
  parentNumber: string | null
  /** Business key of the document it adds to or replaces, as in `documentId`; null if none. */
  parentId: string | null
  /** Completion: dictated, documented, in-progress, incomplete, pre-authenticated, authenticated, legally-authenticated, preliminary, final, amended, entered-in-error (HL7 table 0271 and FHIR composition-status); `unknown` for a code in no table, null if none was sent. */
  completion: string | null
  /** The code as sent. */
  completionAsSent: string | null
  /** The table or value set of that code. */
  completionSystem: StatusSystem | null
  /** Confidentiality as sent (HL7 table 0272, or a FHIR security label). */
  confidentiality: string | null
  /** Availability: available, unavailable, deleted, obsolete, current, superseded, entered-in-error (HL7 table 0273 and FHIR document-reference-status); `unknown` for a code in no table, null if none was sent. */
  availability: string | null
  /** The code as sent. */
  availabilityAsSent: string | null
  /** The table or value set of that code. */
  availabilitySystem: StatusSystem | null
  /** Type as sent (HL7 table 0270), e.g. DS discharge summary. */
  documentType: string | null
  /** Type of content as sent (HL7 table 0191), e.g. TX. */
  presentation: string | null
  /** File name as sent. */
  fileName: string | null
  /** Who wrote it. */
  authors: Practitioner[]
  /** Who signed it. */
  authenticators: Practitioner[]
  /** Who typed it. */
  transcriptionists: Practitioner[]
  /** Who gets a copy. */
  copyTo: Practitioner[]
  /** When what it is about took place, ISO 8601 at the precision sent. */
  activityAt: string | null
  /** When it was dictated or made. */
  originatedAt: string | null
  /** When it was typed. */
  transcribedAt: string | null
  /** When it was last edited. */
  editedAt: string | null
  /** When it was signed. */
  authenticatedAt: string | null
  /** The body as text, with blank lines; null where it is attached or was not sent. */
  text: string | null
  /** Every attachment where there are several, `attachment` among them first. */
  attachments: Attachment[]
  /** Placer order number. */
  placerNumber: string | null
  /** Filler order number. */
  fillerNumber: string | null
  /** Identifier of the visit of the same message, as in PatientAdmittedV1. */
  encounterId: string | null
  /** Who keeps it. */
  organisation: Organisation | null
  /** Setting or department as sent. */
  location: Location | null
  /** Notes. */
  notes: string[]
  /** Values that came with it and are neither its text nor attached, in order. */
  observations: Observation[]
  /** Codes of the parts of the text, in order, where it has several; each part begins with its name. */
  sections: Coded[]
  /** Who did what it is about. */
  performers: Practitioner[]
  /** Assigned authenticators. */
  assignedAuthenticators: Practitioner[]
  /** Why its state changed, as sent. */
  changeReason: string | null
  /** Author, time and kind of each note, where sent. */
  noteDetails: NoteDetail[]
  /** Participants, their roles and places. */
  participants: Performer[]
  /** Consents sent with it (CON). */
  consents: Consent[]
  /** The visit it came with, where that visit has no identifier: it belongs to no encounter. */
  toldVisit: Visit | null
  /** Media type of the text as sent, if it was converted: application/rtf. */
  convertedFrom: string | null
}

/** An allergy, intolerance or adverse reaction, or the statement that none is known. From HL7 AL1 or IAM (ADT A60 and others), or FHIR AllergyIntolerance. */
export type AllergyReported = {
  type: 'AllergyReported'
  /** Business key within the patient's organisation: IAM-7, the resource's identifier, else code and category. */
  allergyId: string
  /** The substance; `none known` is sent as a code like any other. */
  code: Coded
  /** DRUG, FOOD, MISCELLANEOUS, CONTRAINDICATION, ENVIRONMENT, PLANT, ANIMAL, POLLEN, LATEX, BIOLOGIC (HL7 table 0127 in words); as sent if in no table. */
  category: string | null
  /** allergy or intolerance as sent. */
  propensity: string | null
  /** How severe as sent (HL7 table 0128: SV, MO, MI, U). */
  severity: string | null
  /** How dangerous as sent: low, high, unable-to-assess. */
  criticality: string | null
  /** What it did. */
  reactions: Reaction[]
  /** Sensitivity to the agent. */
  sensitivity: Coded | null
  /** Clinical status: active, unconfirmed, pending, suspected, confirmed, doubted, inactive, confirmed-inactive, resolved, erroneous (HL7 table 0438 and FHIR allergyintolerance-clinical); `unknown` for a code in no table, null if none was sent. */
  clinicalStatus: string | null
  /** The code as sent. */
  clinicalStatusAsSent: string | null
  /** The table or value set of that code. */
  clinicalStatusSystem: StatusSystem | null
  /** Verification: unconfirmed, confirmed, refuted, entered-in-error (FHIR allergyintolerance-verification); `unknown` for a code in no table, null if none was sent. */
  verificationStatus: string | null
  /** The code as sent. */
  verificationStatusAsSent: string | null
  /** The table or value set of that code. */
  verificationStatusSystem: StatusSystem | null
  /** When it began, ISO 8601 at the precision sent. */
  onsetAt: string | null
  /** Onset as text. */
  onsetText: string | null
  /** When it was reported or recorded. */
  recordedAt: string | null
  /** Action as sent (HL7 table 0206 or 0323: A, D, U, X); null where the segment is a snapshot. */
  action: string | null
  /** Reason as text. */
  actionReason: string | null
  /** Who reported it. */
  reporter: Performer | null
  /** Who recorded it. */
  recorder: Practitioner | null
  /** Where it was recorded. */
  organisation: Organisation | null
  /** Business key of the visit, as in PatientAdmittedV1; null if none was given. */
  encounterId: string | null
  /** Notes as text. */
  notes: string[]
  /** IAM-10. */
  allergenGroup: Coded | null
  /** IAM-15. */
  reporterRelationship: Coded | null
  /** AL1-2 or IAM-2 as sent, where it has text beside the code. */
  allergenType: Coded | null
  /** Author, time and kind of each note, where sent. */
  noteDetails: NoteDetail[]
  /** To what, in the code a clinician chose. */
  clinicianCode: Coded | null
  /** Who first recorded it. */
  initialRecorder: Practitioner | null
  /** First recorded, ISO 8601 at the precision sent. */
  initiallyRecordedAt: string | null
  /** Where it was first recorded. */
  initialOrganisation: Organisation | null
  /** Who changed it last. */
  modifiedBy: Practitioner | null
  /** Changed last, ISO 8601 at the precision sent. */
  modifiedAt: string | null
  /** Where it was changed last. */
  modifyingOrganisation: Organisation | null
  /** Who made it inactive. */
  inactivatedBy: Practitioner | null
  /** Made inactive, ISO 8601 at the precision sent. */
  inactivatedAt: string | null
  /** Where it was made inactive. */
  inactivatingOrganisation: Organisation | null
}

/** A diagnosis or a problem. From HL7 DG1, PRB (PPR PC1 to PC3), or FHIR Condition. */
export type ConditionReported = {
  type: 'ConditionReported'
  /** Business key within the patient's organisation: PRB-4, DG1-20, the resource's identifier, else code and encounter. */
  conditionId: string
  /** diagnosis, problem or cause-of-death. */
  category: string
  /** What it is. */
  code: Coded
  /** As text. */
  text: string | null
  /** As sent (HL7 table 0052: A admitting, W working, F final). */
  diagnosisType: string | null
  /** Clinical status: active, recurrence, relapse, inactive, remission, resolved (FHIR condition-clinical); `unknown` for a code in no table, null if none was sent. */
  clinicalStatus: string | null
  /** The code as sent. */
  clinicalStatusAsSent: string | null
  /** The table or value set of that code. */
  clinicalStatusSystem: StatusSystem | null
  /** Verification: unconfirmed, provisional, differential, confirmed, refuted, entered-in-error (FHIR condition-ver-status); `unknown` for a code in no table, null if none was sent. */
  verificationStatus: string | null
  /** The code as sent. */
  verificationStatusAsSent: string | null
  /** The table or value set of that code. */
  verificationStatusSystem: StatusSystem | null
  /** Classification as sent. */
  classification: string | null
  /** How severe. */
  severity: Coded | null
  /** Where in the body. */
  bodySites: Coded[]
  /** Stage as text. */
  stage: string | null
  /** How probable as sent. */
  probability: string | null
  /** Prognosis. */
  prognosis: Coded | null
  /** Began, ISO 8601 at the precision sent. */
  onsetAt: string | null
  /** Onset as text. */
  onsetText: string | null
  /** Ended. */
  abatedAt: string | null
  /** Expected to end. */
  expectedUntil: string | null
  /** When it was established or recorded. */
  recordedAt: string | null
  /** When its state last changed. */
  updatedAt: string | null
  /** Priority of the diagnosis or rank of the problem, as sent. */
  rank: string | null
  /** Y or N, or security as sent. */
  confidential: string | null
  /** Action as sent (PRB: HL7 table 0287; DG1: table 0206); null where the segment is a snapshot. */
  action: string | null
  /** Who diagnosed or recorded it. */
  asserters: Performer[]
  /** Business key of the visit, as in PatientAdmittedV1; null if none was given. */
  encounterId: string | null
  /** Notes as text. */
  notes: string[]
  /** PRB-4 or DG1-20, as sent. */
  identifier: string | null
  /** PRB-19. */
  certainty: Coded | null
  /** DG1-19, when the diagnosis was attested, ISO 8601 at the precision sent. */
  attestedAt: string | null
  /** PRB-6, priority in the problem list, as sent. */
  priority: string | null
  /** PRB-12, acute, chronic or another, as sent. */
  persistence: string | null
  /** Where the patient died, of a cause of death. */
  deathLocation: Location | null
  /** Whether the death is certified, as sent. */
  deathCertified: string | null
  /** Whether the death was given to the coroner, as sent. */
  deathCoroner: string | null
  /** Author, time and kind of each note, where sent. */
  noteDetails: NoteDetail[]
  /** DG1-22, number of the diagnosis it belongs to. */
  parentIdentifier: string | null
}

/** A procedure or operation. From HL7 PR1 with its ROL, or FHIR Procedure. */
export type ProcedureReported = {
  type: 'ProcedureReported'
  /** Business key within the patient's organisation: PR1-19, the resource's identifier, else code, time and encounter. */
  procedureId: string
  /** What was done. */
  code: Coded
  /** As text. */
  text: string | null
  /** Status: preparation, in-progress, on-hold, not-done, stopped, completed, entered-in-error (FHIR event-status); `unknown` for a code in no table, null if none was sent. */
  status: string | null
  /** The code as sent. */
  statusAsSent: string | null
  /** The table or value set of that code. */
  statusSystem: StatusSystem | null
  /** Why it has that status. */
  statusReason: Coded | null
  /** Kind of procedure. */
  category: Coded | null
  /** Done, or begun, ISO 8601 at the precision sent. */
  performedAt: string | null
  /** Ended. */
  performedUntil: string | null
  /** How long in minutes, as sent. */
  minutes: string | null
  /** Anaesthesia. */
  anaesthesia: Coded | null
  /** Its length in minutes, as sent. */
  anaesthesiaMinutes: string | null
  /** Surgeons, anaesthetists and others. */
  performers: Performer[]
  /** Consent. */
  consents: Coded[]
  /** Rank as sent. */
  priority: string | null
  /** Diagnosis it was done for. */
  diagnosis: Coded | null
  /** Why. */
  reasons: Coded[]
  /** Modifiers. */
  modifiers: Coded[]
  /** Where in the body. */
  bodySites: Coded[]
  /** Outcome. */
  outcome: Coded | null
  /** Complications. */
  complications: Coded[]
  /** When it was recorded. */
  recordedAt: string | null
  /** Action as sent (HL7 table 0206); null where the segment is a snapshot. */
  action: string | null
  /** Business key of the visit, as in PatientAdmittedV1; null if none was given. */
  encounterId: string | null
  /** Notes as text. */
  notes: string[]
  /** PR1-19, as sent. */
  identifier: string | null
  /** PR1-18. */
  tissueType: Coded | null
  /** PR1-23, unit that treated the patient. */
  location: Location | null
  /** PR1-25, number of the procedure it is part of. */
  parentIdentifier: string | null
}

/** A person to turn to: next of kin, emergency contact, carer. From HL7 NK1, or FHIR Patient.contact and RelatedPerson. */
export type ContactReported = {
  type: 'ContactReported'
  /** Business key within the patient's organisation: NK1-33, the resource's identifier, else name and relationship. */
  contactId: string
  /** Names. */
  names: PersonName[]
  /** Relationship to the patient. */
  relationship: Coded | null
  /** Role of the contact: next of kin, emergency contact. */
  role: Coded | null
  /** Telephone numbers and electronic addresses. */
  telecoms: Telecom[]
  /** Addresses. */
  addresses: Address[]
  /** Organisation, where the contact is not a person. */
  organisation: Organisation | null
  /** MALE, FEMALE, OTHER or UNKNOWN; as sent if in no table. */
  sex: string | null
  /** Date of birth. */
  birthDate: string | null
  /** Languages. */
  languages: Coded[]
  /** Whether the contact is in use: active, inactive (HL7 table 0136 and FHIR RelatedPerson.active); `unknown` for a code in no table, null if none was sent. */
  status: string | null
  /** The code as sent. */
  statusAsSent: string | null
  /** The table or value set of that code. */
  statusSystem: StatusSystem | null
  /** Since when, ISO 8601 at the precision sent. */
  from: string | null
  /** Until when. */
  until: string | null
  /** Notes as text. */
  notes: string[]
  /** NK1-12 (number of the next of kin), NK1-33, and NK1-37 (social security number). */
  identifiers: Identifier[]
  /** The code of the sex as sent. */
  sexAsSent: string | null
}

/** A person who cares for the patient. From HL7 ROL and PRT, PV1 only where it gives a role, or FHIR CareTeam.participant. */
export type CareTeamMemberReported = {
  type: 'CareTeamMemberReported'
  /** Business key within the patient's organisation: ROL-1, else role, person and scope. */
  memberId: string
  /** The person. */
  practitioner: Practitioner | null
  /** As what. */
  role: Coded | null
  /** The organisation. */
  organisation: Organisation | null
  /** Since when, ISO 8601 at the precision sent. */
  from: string | null
  /** Until when. */
  until: string | null
  /** Why. */
  reason: Coded | null
  /** Telephone numbers and electronic addresses. */
  telecoms: Telecom[]
  /** PATIENT, or ENCOUNTER where it is for the visit in `encounterId`. */
  scope: string
  /** Status: proposed, active, suspended, inactive, entered-in-error (FHIR care-team-status); `unknown` for a code in no table, null if none was sent. */
  status: string | null
  /** The code as sent. */
  statusAsSent: string | null
  /** The table or value set of that code. */
  statusSystem: StatusSystem | null
  /** Action as sent (HL7 table 0287); null where the segment is a snapshot. */
  action: string | null
  /** Business key of the visit, as in PatientAdmittedV1; null if none was given. */
  encounterId: string | null
  /** Notes as text. */
  notes: string[]
  /** ROL-9, profession or speciality. */
  providerTypes: Coded[]
  /** ROL-10, type of the organisation they work for. */
  unitType: Coded | null
  /** ROL-11. */
  addresses: Address[]
  /** ROL-13, their location. */
  location: Location | null
  /** The same person as named under further numbers. */
  otherNumbers: Practitioner[]
}

/** A warning or flag about the patient, or a restriction of access to the patient's record. From FHIR Flag, HL7 ARV, and HL7 fields that sources use as flags. */
export type AlertReported = {
  type: 'AlertReported'
  /** Business key within the patient's organisation: the resource's identifier, else code and category. */
  alertId: string
  /** What it warns of, or what is restricted (HL7 table 0717). */
  code: Coded
  /** Kind: safety, clinical, administrative. */
  category: Coded | null
  /** Status: active, inactive, entered-in-error (FHIR flag-status); `unknown` for a code in no table, null if none was sent. */
  status: string | null
  /** The code as sent. */
  statusAsSent: string | null
  /** The table or value set of that code. */
  statusSystem: StatusSystem | null
  /** Action as sent (HL7 table 0206); null where it is a snapshot. */
  action: string | null
  /** Since when, ISO 8601 at the precision sent. */
  from: string | null
  /** Until when. */
  until: string | null
  /** Who raised it. */
  author: Practitioner | null
  /** Business key of the visit, as in PatientAdmittedV1; null if none was given. */
  encounterId: string | null
  /** As text. */
  notes: string[]
  /** True for a restriction of access: it controls who may read, and is not a warning to clinicians. */
  restrictsAccess: boolean | null
  /** Why access is restricted (HL7 table 0719). */
  reasons: Coded[]
  /** How confidential, as sent (HL7 table 0952). */
  classification: Coded | null
  /** How it has to be handled, as sent (HL7 table 0953). */
  handling: Coded[]
}

/** A service was asked for, or the request changed its state. From HL7 ORM, OML, OMG, OMI (ORC with OBR), a referral (RF1), or FHIR ServiceRequest. */
export type RequestReported = {
  type: 'RequestReported'
  /** Business key within the patient's organisation: placer number, else filler number, with the service code as in ResultReportedV1. */
  requestId: string
  /** Placer's number. */
  placerNumber: string | null
  /** Filler order number. */
  fillerNumber: string | null
  /** Number of the group. */
  groupNumber: string | null
  /** The service requested; null where only a status was sent. */
  service: Coded | null
  /** LABORATORY, IMAGING, PATHOLOGY, CARDIOLOGY, REFERRAL, PROCEDURE, DIET, NURSING, COUNSELLING, EDUCATION, BLOOD_PRODUCT; as sent if in no table, null if not known. */
  category: string | null
  /** Order control as sent (HL7 table 0119); null from FHIR. */
  control: string | null
  /** Status: draft, active, scheduled, in-progress, partial-results, on-hold, completed, cancelled, stopped, replaced, not-found, entered-in-error (HL7 table 0038 and FHIR request-status); of a referral without one: accepted, rejected, pending, expired (HL7 table 0283); `unknown` for a code in no table, null if none was sent. */
  status: string | null
  /** The code as sent. */
  statusAsSent: string | null
  /** The table or value set of that code. */
  statusSystem: StatusSystem | null
  /** Intent as sent: proposal, plan, order, ... */
  intent: string | null
  /** Priority as sent. */
  priority: string | null
  /** Asked for, ISO 8601 at the precision sent. */
  requestedAt: string | null
  /** When the change takes effect. */
  effectiveAt: string | null
  /** When it should be performed. */
  scheduledAt: string | null
  /** When and how often. */
  timing: Timing | null
  /** When the specimen was taken. */
  collectedAt: string | null
  /** Who asked. */
  requesters: Practitioner[]
  /** Who entered it. */
  enteredBy: Practitioner[]
  /** Organisation that asked. */
  organisation: Organisation | null
  /** Requested performer. */
  performer: Organisation | null
  /** Where the patient was when it was asked for. */
  location: Location | null
  /** Telephone numbers. */
  callback: Telecom[]
  /** Why. */
  reasons: Coded[]
  /** Why its state changed. */
  controlReason: Coded | null
  /** Relevant clinical information from the requester. */
  clinicalInformation: string | null
  /** Specimens. */
  specimens: Specimen[]
  /** Where in the body. */
  bodySites: Coded[]
  /** Imaging modality as sent. */
  modality: string | null
  /** Accession number. */
  accessionNumber: string | null
  /** Danger as sent. */
  danger: string | null
  /** How the patient is moved, as sent. */
  transport: string | null
  /** Placer number of the request it belongs to. */
  parentPlacerNumber: string | null
  /** Filler number of the request it belongs to. */
  parentFillerNumber: string | null
  /** Who gets a copy of the result. */
  copyTo: Practitioner[]
  /** Diagnoses sent with it. */
  diagnoses: Coded[]
  /** Answers asked at the request and observations sent with it. */
  answers: Observation[]
  /** Business key of the visit, as in PatientAdmittedV1; null if none was given. */
  encounterId: string | null
  /** Notes as text. */
  notes: string[]
  /** Where the patient is cared for, as sent: I inpatient, O outpatient (HL7 table 0482). */
  setting: string | null
  /** Who verified it. */
  verifiers: Practitioner[]
  /** Who made the change. */
  actionBy: Practitioner[]
  /** DICOM study instance UID. */
  studyUid: string | null
  /** What is to be done about the specimen, as sent (HL7 table 0065). */
  actionCode: string | null
  /** Imaging protocol. */
  protocol: Coded | null
  /** Who gave that number, as sent. */
  placerAuthority: string | null
  /** Who gave that number, as sent. */
  fillerAuthority: string | null
  /** Author, time and kind of each note, where sent. */
  noteDetails: NoteDetail[]
  /** Who else takes part. */
  participants: Performer[]
  /** Supplemental service information from the placer and the filler; processing that a blood product needs. */
  supplementalServices: Coded[]
  /** Further order numbers: those in OBR where ORC has others, and the alternate placer number. */
  otherNumbers: string[]
  /** Department as sent (HL7 table 0074). */
  section: string | null
  /** Time the service is requested for, where it differs from the time of the request. */
  neededAt: string | null
  /** Free fields of placer and filler. */
  placerFields: string[]
  /** State of a referral as sent (HL7 table 0283). */
  referralStatus: Coded | null
  /** Until when a referral is good. */
  effectiveUntil: string | null
  /** The specimen as described in the order, where SPM describes it too. */
  orderedSpecimen: Specimen | null
  /** The same as text. */
  settingName: string | null
  /** Action as sent with a referral (HL7 table 0206); null where it is a snapshot. */
  action: string | null
  /** Contact for it. */
  contacts: ContactPerson[]
  /** MSA-1 of the order response (ORR, ORL, RRE and others) that says this; null for any other message. */
  response: string | null
  /** Why the response refuses the order, as text. */
  responseText: string | null
  /** How many blood products are ordered, as sent. */
  quantity: string | null
  /** Amount ordered: of each blood product, or of supplies. */
  amount: Quantity | null
  /** Whether consent to a transfusion was obtained, as sent (HL7 table 0136). */
  consent: string | null
  /** What a referral message says: REFERRED, MODIFIED, CANCELLED, STATUS_ASKED (REF); ANSWERED, MODIFICATION_ANSWERED, CANCELLATION_ANSWERED, STATUS_ANSWERED (RRI); REFUSED, MODIFICATION_REFUSED, CANCELLATION_REFUSED, STATUS_REFUSED (RRI whose MSA-1 says so). Null elsewhere. */
  trigger: string | null
  /** What a payer has authorised of it. */
  authorisations: Authorisation[]
  /** True: a request NOT to do it. */
  doNotPerform: boolean | null
}

/** An authorisation of a referral or procedure by a payer; amounts of money are left out. HL7 segment AUT. */
export type Authorisation = {
  /** Its number. */
  number: string | null
  /** Who gave that number, as sent. */
  authority: string | null
  /** Plan of the payer. */
  plan: Coded | null
  /** Payer. */
  company: Coded | null
  /** Payer, by name. */
  companyName: string | null
  /** Valid from, ISO 8601 at the precision sent. */
  from: string | null
  /** Valid until. */
  until: string | null
  /** Number of treatments asked for, as sent. */
  treatmentsRequested: string | null
  /** Number of treatments authorised, as sent. */
  treatmentsAuthorised: string | null
  /** When it was decided. */
  processedAt: string | null
  /** Comment of the payer. */
  comment: string | null
}

/** A medicine was prescribed, ordered, changed or stopped, a give was scheduled, or it was stated that the patient takes it. From HL7 RXO, RXE, RXG with ORC, TQ1, RXR, RXC (OMP, RDE, RGV, ORM), or FHIR MedicationRequest and MedicationStatement. */
export type MedicationPrescribed = {
  type: 'MedicationPrescribed'
  /** Business key within the patient's organisation: placer number, else filler number, else the resource's identifier; of a give with its number. */
  prescriptionId: string
  /** prescription; give (RGV); statement (FHIR MedicationStatement); or repeated: the original order sent beside the pharmacy's version, or with a dispense or administration. */
  kind: string
  /** Intent as sent: proposal, plan, order, ... */
  intent: string | null
  /** Placer order number. */
  placerNumber: string | null
  /** Number of the pharmacy. */
  fillerNumber: string | null
  /** Prescription number. */
  prescriptionNumber: string | null
  /** Number of the group. */
  groupNumber: string | null
  /** Order it belongs to or replaces. */
  parentNumber: string | null
  /** Order control as sent (HL7 table 0119); null from FHIR. */
  control: string | null
  /** Status: draft, active, scheduled, in-progress, partial-results, on-hold, completed, cancelled, stopped, replaced, not-found, intended, not-taken, entered-in-error (HL7 table 0038, FHIR medicationrequest-status and medication-statement-status); `unknown` for a code in no table, null if none was sent. */
  status: string | null
  /** The code as sent. */
  statusAsSent: string | null
  /** The table or value set of that code. */
  statusSystem: StatusSystem | null
  /** Why its state changed. */
  statusReason: Coded | null
  /** The medicine; null where only a status was sent. */
  medication: Coded | null
  /** Form: tablet, capsule. */
  form: Coded | null
  /** Strength. */
  strength: Quantity | null
  /** Volume the strength is in. */
  strengthVolume: Quantity | null
  /** Dose, or the least of it. */
  dose: Quantity | null
  /** The most of it. */
  doseMax: Quantity | null
  /** Rate. */
  rate: Quantity | null
  /** In a day. */
  totalDailyDose: Quantity | null
  /** Route. */
  route: Coded | null
  /** Site. */
  site: Coded | null
  /** Device. */
  device: Coded | null
  /** Method. */
  method: Coded | null
  /** When and how often. */
  timings: Timing[]
  /** The dosage as text, as sent. */
  dosageText: string | null
  /** Instructions to the patient or the person who gives it. */
  instructions: string[]
  /** Instructions to the pharmacy. */
  pharmacyInstructions: string[]
  /** How much to dispense. */
  quantity: Quantity | null
  /** How often it may be dispensed again, as sent. */
  refills: string | null
  /** How often it still may be. */
  refillsLeft: string | null
  /** For how many days, as sent. */
  daysSupply: string | null
  /** Whether another product may be given, as sent (HL7 table 0161). */
  substitution: string | null
  /** From when, ISO 8601 at the precision sent. */
  startAt: string | null
  /** Until when. */
  endAt: string | null
  /** Written, or stated. */
  prescribedAt: string | null
  /** When the change takes effect. */
  effectiveAt: string | null
  /** Who prescribed it. */
  prescribers: Practitioner[]
  /** Who verified it. */
  verifiers: Practitioner[]
  /** For what. */
  indications: Coded[]
  /** Parts of a mixture. */
  components: MedicationComponent[]
  /** Where to deliver it. */
  dispenseTo: Location | null
  /** Pharmacy. */
  pharmacy: Organisation | null
  /** Organisation that prescribed it. */
  organisation: Organisation | null
  /** Setting in which it is taken, as sent: inpatient, outpatient, community, discharge. */
  setting: string | null
  /** Business key of the visit, as in PatientAdmittedV1; null if none was given. */
  encounterId: string | null
  /** Notes as text. */
  notes: string[]
  /** Further codes of the medicine. */
  supplementaryCodes: Coded[]
  /** Observations sent with it, e.g. the weight a dose is calculated from. */
  observations: Observation[]
  /** What to dispense, where it differs from what to give. */
  dispenseProduct: Coded | null
  /** Time over which the dose is given, as sent: H8 is eight hours. */
  givenPer: string | null
  /** How much to dispense at first. */
  initialQuantity: Quantity | null
  /** Schedule of a controlled medicine. */
  controlledSchedule: Coded | null
  /** M medication, S intravenous solution, O other, as sent (HL7 table 0480). */
  orderType: string | null
  /** Who entered it. */
  enteredBy: Practitioner[]
  /** Who made the change. */
  actionBy: Practitioner[]
  /** Telephone numbers. */
  callback: Telecom[]
  /** Where it was entered, else where the patient was. */
  location: Location | null
  /** More about the site. */
  siteModifier: Coded | null
  /** How the route is used. */
  routingInstruction: Coded | null
  /** Lot numbers to give from. */
  lots: string[]
  /** Usable until. */
  expiresAt: string | null
  /** Manufacturer. */
  manufacturer: Coded | null
  /** How often it has been dispensed, as sent. */
  refillsUsed: string | null
  /** When it was last dispensed. */
  lastDispensedAt: string | null
  /** Who gave that number, as sent. */
  placerAuthority: string | null
  /** Who gave that number, as sent. */
  fillerAuthority: string | null
  /** Author, time and kind of each note, where sent. */
  noteDetails: NoteDetail[]
  /** Who else takes part. */
  participants: Performer[]
  /** The same as text. */
  settingName: string | null
  /** Least days between two dispenses. */
  dispenseInterval: string | null
  /** The most that may be given, all doses together. */
  doseLimits: DoseLimit[]
  /** Contact for it. */
  contacts: ContactPerson[]
  /** MSA-1 of the order response (ORR, ORL, RRE and others) that says this; null for any other message. */
  response: string | null
  /** Why the response refuses the order, as text. */
  responseText: string | null
  /** True: a request NOT to give the medicine. */
  doNotPerform: boolean | null
}

/** A pharmacy dispensed a medicine. From HL7 RXD with ORC, RXR, RXC (RDS), or FHIR MedicationDispense. */
export type MedicationDispensed = {
  type: 'MedicationDispensed'
  /** Business key within the patient's organisation: order number and dispense counter, else the resource's identifier. */
  dispenseId: string
  /** Prescription it is for, as in MedicationPrescribedV1. */
  prescriptionId: string | null
  /** Placer order number. */
  placerNumber: string | null
  /** Number of the pharmacy. */
  fillerNumber: string | null
  /** Prescription number. */
  prescriptionNumber: string | null
  /** Order control as sent (HL7 table 0119); null from FHIR. */
  control: string | null
  /** Status: draft, preparation, active, scheduled, in-progress, partial-results, on-hold, completed, cancelled, stopped, declined, replaced, not-found, entered-in-error (HL7 table 0038 and FHIR medicationdispense-status); `unknown` for a code in no table, null if none was sent. */
  status: string | null
  /** The code as sent. */
  statusAsSent: string | null
  /** The table or value set of that code. */
  statusSystem: StatusSystem | null
  /** Why. */
  statusReason: Coded | null
  /** The medicine; null where only a status was sent. */
  medication: Coded | null
  /** Form. */
  form: Coded | null
  /** Strength. */
  strength: Quantity | null
  /** How much. */
  quantity: Quantity | null
  /** Dispensed, ISO 8601 at the precision sent. */
  dispensedAt: string | null
  /** For how many days, as sent. */
  daysSupply: string | null
  /** In a day. */
  totalDailyDose: Quantity | null
  /** Dose. */
  dose: Quantity | null
  /** Route. */
  route: Coded | null
  /** Site. */
  site: Coded | null
  /** When and how often. */
  timings: Timing[]
  /** The dosage as text, as sent. */
  dosageText: string | null
  /** Whether another product was given, as sent (HL7 table 0167). */
  substitution: string | null
  /** How often it may be dispensed again, as sent. */
  refillsLeft: string | null
  /** Lot numbers. */
  lots: string[]
  /** Usable until. */
  expiresAt: string | null
  /** Manufacturer. */
  manufacturer: Coded | null
  /** For what. */
  indications: Coded[]
  /** Instructions. */
  instructions: string[]
  /** Parts of a mixture. */
  components: MedicationComponent[]
  /** Who dispensed it. */
  dispensers: Practitioner[]
  /** Pharmacy. */
  pharmacy: Organisation | null
  /** Business key of the visit, as in PatientAdmittedV1; null if none was given. */
  encounterId: string | null
  /** Notes as text. */
  notes: string[]
  /** Further codes of the medicine. */
  supplementaryCodes: Coded[]
  /** Observations sent with it, e.g. the weight a dose is calculated from. */
  observations: Observation[]
  /** Volume the strength is in. */
  strengthVolume: Quantity | null
  /** Kind of dispense, e.g. part fill. */
  dispenseType: Coded | null
  /** Where it was delivered. */
  dispenseTo: Location | null
  /** Device. */
  device: Coded | null
  /** Method. */
  method: Coded | null
  /** M medication, S intravenous solution, O other, as sent (HL7 table 0480). */
  orderType: string | null
  /** Who gave that number, as sent. */
  placerAuthority: string | null
  /** Who gave that number, as sent. */
  fillerAuthority: string | null
  /** Author, time and kind of each note, where sent. */
  noteDetails: NoteDetail[]
  /** Who else takes part. */
  participants: Performer[]
  /** The most that may be given, all doses together. */
  doseLimits: DoseLimit[]
  /** MSA-1 of the order response (ORR, ORL, RRE and others) that says this; null for any other message. */
  response: string | null
  /** Why the response refuses the order, as text. */
  responseText: string | null
  /** Who ordered it. */
  prescribers: Practitioner[]
  /** Who verified the order. */
  verifiers: Practitioner[]
  /** Donation number of a unit of blood. */
  unitNumber: string | null
  /** Number of the blood product in the sending system. */
  productNumber: string | null
  /** How many units of blood or of a blood product, as sent. */
  units: string | null
  /** Blood group of the unit. */
  bloodGroup: Coded | null
  /** Special tests of the unit, such as CMV negative. */
  specialTests: Coded[]
  /** Kind of donation or intended use of the unit. */
  donationType: Coded | null
  /** Who fetched it. */
  receivers: Practitioner[]
  /** When the status of the blood product changed, ISO 8601 at the precision sent. */
  statusAt: string | null
  /** Action as sent with a blood product (HL7 table 0206); null where it is a snapshot. */
  action: string | null
}

/** A medicine was given, or was not. From HL7 RXA with ORC, RXR (RAS), or FHIR MedicationAdministration. */
export type MedicationGiven = {
  type: 'MedicationGiven'
  /** Business key within the patient's organisation: order number with give and administration numbers or time, else the resource's identifier. */
  administrationId: string
  /** Prescription it is for, as in MedicationPrescribedV1. */
  prescriptionId: string | null
  /** Placer order number. */
  placerNumber: string | null
  /** Filler order number. */
  fillerNumber: string | null
  /** The medicine; null where only a status was sent. */
  medication: Coded | null
  /** Form. */
  form: Coded | null
  /** Strength. */
  strength: Quantity | null
  /** How much. */
  dose: Quantity | null
  /** Rate. */
  rate: Quantity | null
  /** Route. */
  route: Coded | null
  /** Site. */
  site: Coded | null
  /** Method. */
  method: Coded | null
  /** The dosage as text, as sent. */
  dosageText: string | null
  /** Given, or begun, ISO 8601 at the precision sent. */
  givenAt: string | null
  /** Ended. */
  givenUntil: string | null
  /** Order control as sent (HL7 table 0119); null from FHIR. */
  control: string | null
  /** Completion: in-progress, on-hold, completed, partial, refused, not-given, stopped, entered-in-error (HL7 table 0322 and FHIR medication-admin-status); `unknown` for a code in no table, null if none was sent. */
  status: string | null
  /** The code as sent. */
  statusAsSent: string | null
  /** The table or value set of that code. */
  statusSystem: StatusSystem | null
  /** Why it was refused or not given. */
  refusalReasons: Coded[]
  /** For what. */
  indications: Coded[]
  /** Who gave it. */
  performers: Performer[]
  /** Lot numbers. */
  lots: string[]
  /** Usable until. */
  expiresAt: string | null
  /** Manufacturer. */
  manufacturer: Coded | null
  /** Where it was given. */
  location: Location | null
  /** Source of the information. */
  information: Coded | null
  /** When it was entered. */
  recordedAt: string | null
  /** Action as sent (HL7 table 0206); null where it is a snapshot. */
  action: string | null
  /** Observations sent with it. */
  observations: Observation[]
  /** Business key of the visit, as in PatientAdmittedV1; null if none was given. */
  encounterId: string | null
  /** Notes as text. */
  notes: string[]
  /** Device. */
  device: Coded | null
  /** Volume the strength is in. */
  strengthVolume: Quantity | null
  /** Parts of a mixture. */
  components: MedicationComponent[]
  /** Status of the order (HL7 table 0038); `unknown` for a code in no table, null if none was sent. */
  orderStatus: string | null
  /** The code as sent. */
  orderStatusAsSent: string | null
  /** The table or value set of that code. */
  orderStatusSystem: StatusSystem | null
  /** Who gave that number, as sent. */
  placerAuthority: string | null
  /** Who gave that number, as sent. */
  fillerAuthority: string | null
  /** Time over which the dose was given, as sent. */
  givenPer: string | null
  /** Author, time and kind of each note, where sent. */
  noteDetails: NoteDetail[]
  /** Who else takes part. */
  participants: Performer[]
  /** MSA-1 of the order response (ORR, ORL, RRE and others) that says this; null for any other message. */
  response: string | null
  /** Why the response refuses the order, as text. */
  responseText: string | null
  /** Who ordered it. */
  prescribers: Practitioner[]
  /** Who verified the order, or checked a blood product before it was given. */
  verifiers: Practitioner[]
  /** Donation number of a unit of blood. */
  unitNumber: string | null
  /** Number of the blood product in the sending system. */
  productNumber: string | null
  /** How many units of blood or of a blood product, as sent. */
  units: string | null
  /** Blood group of the unit. */
  bloodGroup: Coded | null
  /** Adverse reactions to a transfusion. */
  reactions: Coded[]
  /** Why a transfusion was interrupted. */
  interruptionReason: Coded | null
  /** When the status of the blood product changed, ISO 8601 at the precision sent. */
  statusAt: string | null
}

/** A vaccine was given, or was not. From HL7 VXU (RXA with ORC, RXR, OBX), or FHIR Immunization. */
export type ImmunizationReported = {
  type: 'ImmunizationReported'
  /** Business key within the patient's organisation: filler number, else the resource's identifier, else vaccine code and day. */
  immunizationId: string
  /** Placer order number. */
  placerNumber: string | null
  /** Filler order number. */
  fillerNumber: string | null
  /** Vaccine. */
  code: Coded
  /** Which dose of the series, as sent (LOINC 30973-2); RXA-2 only counts segments. */
  doseNumber: string | null
  /** How many doses the series has, as sent (LOINC 59782-3). */
  seriesDoses: string | null
  /** Diseases it protects from. */
  targets: Coded[]
  /** Given, ISO 8601 at the precision sent. */
  givenAt: string | null
  /** Ended. */
  givenUntil: string | null
  /** How much; 999 is null. */
  dose: Quantity | null
  /** Lot numbers. */
  lots: string[]
  /** Usable until. */
  expiresAt: string | null
  /** Manufacturer. */
  manufacturer: Coded | null
  /** Route. */
  route: Coded | null
  /** Site. */
  site: Coded | null
  /** Completion: completed, partial, refused, not-given, entered-in-error (HL7 table 0322 and FHIR immunization-status); `unknown` for a code in no table, null if none was sent. */
  status: string | null
  /** The code as sent. */
  statusAsSent: string | null
  /** The table or value set of that code. */
  statusSystem: StatusSystem | null
  /** Why it was refused or not given. */
  refusalReasons: Coded[]
  /** For what. */
  indications: Coded[]
  /** Action as sent (HL7 table 0206 or 0323: A, D, U); null where it is a snapshot. */
  action: string | null
  /** Who gave, ordered or entered it. */
  performers: Performer[]
  /** Where. */
  location: Location | null
  /** Organisation. */
  organisation: Organisation | null
  /** Source of the information, e.g. 00 new, 01 historical (NIP001). */
  information: Coded | null
  /** Who pays (LOINC 30963-3), else eligibility (LOINC 64994-7). */
  funding: Coded | null
  /** When it was entered. */
  recordedAt: string | null
  /** Observations sent with it. */
  observations: Observation[]
  /** Business key of the visit, as in PatientAdmittedV1; null if none was given. */
  encounterId: string | null
  /** Notes as text. */
  notes: string[]
  /** Address of the place. */
  address: Address | null
  /** Organisation that entered it. */
  entryOrganisation: Coded | null
  /** When and how often it was ordered to be given. */
  timing: Timing | null
  /** Author, time and kind of each note, where sent. */
  noteDetails: NoteDetail[]
}

/** An appointment was made, changed, cancelled or missed. From HL7 SIU S12 to S26, or FHIR Appointment. */
export type AppointmentReported = {
  type: 'AppointmentReported'
  /** Business key within the patient's organisation: filler number, else placer number, else the resource's identifier; a source sends it in the same field in every message. */
  appointmentId: string
  /** Placer's number. */
  placerNumber: string | null
  /** Filler's number. */
  fillerNumber: string | null
  /** What happened: BOOKED (S12), RESCHEDULED (S13), MODIFIED (S14), CANCELLED (S15), DISCONTINUED (S16), DELETED (S17), SERVICE_ADDED (S18), SERVICE_MODIFIED (S19), SERVICE_CANCELLED (S20), SERVICE_DISCONTINUED (S21), SERVICE_DELETED (S22), SLOT_BLOCKED (S23), SLOT_OPENED (S24), NO_SHOW (S26); null from FHIR. */
  trigger: string | null
  /** Status: proposed, pending, waitlist, booked, overbooked, arrived, checked-in, started, fulfilled, cancelled, discontinued, deleted, no-show, blocked, entered-in-error (HL7 table 0278 and FHIR appointmentstatus); `unknown` for a code in no table, null if none was sent. */
  status: string | null
  /** The code as sent. */
  statusAsSent: string | null
  /** The table or value set of that code. */
  statusSystem: StatusSystem | null
  /** Reason for the appointment. */
  reason: Coded | null
  /** Why this happened. */
  eventReason: Coded | null
  /** Kind of appointment. */
  appointmentType: Coded | null
  /** Service. */
  service: Coded | null
  /** Specialty as sent. */
  specialty: string | null
  /** Priority as sent. */
  priority: string | null
  /** Begins, ISO 8601 at the precision sent. */
  startAt: string | null
  /** Ends. */
  endAt: string | null
  /** How long in minutes, by its unit; null if no unit was sent or it is in no table. */
  durationMinutes: string | null
  /** Where. */
  locations: Location[]
  /** With whom. */
  practitioners: Performer[]
  /** Rooms, equipment and other resources. */
  resources: Coded[]
  /** Who asked for it. */
  requesters: Practitioner[]
  /** Who entered it. */
  enteredBy: Practitioner[]
  /** When it was made. */
  bookedAt: string | null
  /** Placer number of the appointment it belongs to. */
  parentPlacerNumber: string | null
  /** Request it is for. */
  orderNumber: string | null
  /** Instructions to the patient. */
  instructions: string | null
  /** Business key of the visit, as in PatientAdmittedV1; null if none was given. */
  encounterId: string | null
  /** Notes as text. */
  notes: string[]
  /** Every service where there are several, `service` among them first. */
  services: Coded[]
  /** What it needs, with its own times and notes, in order. */
  parts: AppointmentPart[]
  /** Contact at the service that keeps the schedule. */
  contacts: Practitioner[]
  /** Telephone numbers of the placer contact, the filler contact and the person who entered it. */
  callback: Telecom[]
  /** Addresses of the placer contact and the filler contact. */
  contactAddresses: Address[]
  /** Locations of the placer contact, the filler contact and the person who entered it. */
  contactLocations: Location[]
  /** Filler number of the appointment it belongs to. */
  parentFillerNumber: string | null
  /** Filler's number of the request it is for. */
  fillerOrderNumber: string | null
  /** Which of a series, as sent. */
  occurrence: string | null
  /** Author, time and kind of each note, where sent. */
  noteDetails: NoteDetail[]
}

/** One thing an appointment needs: a service, a person, a place or a device. HL7 AIS, AIP, AIL and AIG. */
export type AppointmentPart = {
  /** SERVICE (AIS), PRACTITIONER (AIP), LOCATION (AIL) or RESOURCE (AIG). */
  kind: string
  /** Which parts belong together: number of the resource group in the message, from 1. */
  group: string | null
  /** A, D or U as sent (HL7 table 0206); null for a snapshot. */
  action: string | null
  /** The service or resource; null for a person or a place. */
  code: Coded | null
  /** The person. */
  practitioner: Practitioner | null
  /** The place. */
  location: Location | null
  /** Kind of resource, place or person. */
  type: Coded | null
  /** From when it is needed, ISO 8601 at the precision sent. */
  startAt: string | null
  /** How long after the appointment begins. */
  offset: Quantity | null
  /** For how long. */
  duration: Quantity | null
  /** Whether another may take its place, as sent (HL7 table 0279). */
  substitution: string | null
  /** Status, as in AppointmentReportedV2 (HL7 table 0278); `unknown` for a code in no table, null if none was sent. */
  status: string | null
  /** The code as sent. */
  statusAsSent: string | null
  /** The table or value set of that code. */
  statusSystem: StatusSystem | null
  /** Supplies it needs. */
  supplies: Coded[]
  /** Notes below it. */
  notes: string[]
  /** Author, time and kind of each note, where sent. */
  noteDetails: NoteDetail[]
}

/** A FHIR resource that has no event of its own: CarePlan, Goal, Task, CareTeam, Consent, FamilyMemberHistory, QuestionnaireResponse, Device, ImagingStudy, List, EpisodeOfCare, Provenance, Medication and others. Kept as sent, with the fields a reader needs. */
export type ResourceReported = {
  type: 'ResourceReported'
  /** Business key within the patient's organisation: resource type and identifier, else resource type and id. */
  resourceKey: string
  /** Type of the resource. */
  resourceType: string
  /** Status: draft, proposed, planned, requested, received, ready, waitlist, registered, preliminary, partial, health-unknown, active, accepted, in-progress, available, current, on-hold, suspended, inactive, retired, completed, finished, final, amended, stopped, cancelled, revoked, rejected, failed, entered-in-error (the FHIR value set of its resource type); `unknown` for a code in no table, null if none was sent. */
  status: string | null
  /** The code as sent. */
  statusAsSent: string | null
  /** The table or value set of that code. */
  statusSystem: StatusSystem | null
  /** What it is about. */
  code: Coded | null
  /** Title as text. */
  title: string | null
  /** From when, ISO 8601 at the precision sent. */
  from: string | null
  /** Until when. */
  until: string | null
  /** When it was recorded. */
  recordedAt: string | null
  /** Its content, one line each. */
  summary: string[]
  /** The resource as sent, JSON; null where it was only deleted or is too large for an event. */
  json: string | null
  /** Object store key where it is too large for an event; null otherwise. */
  object: string | null
  /** Business key of the visit, as in PatientAdmittedV1; null if none was given. */
  encounterId: string | null
  /** Why a list has no entries, e.g. that none are known. */
  emptyReason: Coded | null
}

/** One message is withdrawn whole: the record of this patient is as if it had never been sent, until it is restored. Made by Tideway. */
export type MessageWithdrawn = {
  type: 'MessageWithdrawn'
  /** Id of the message. */
  message: string
  /** Who asked for it: operating-system user. */
  by: string
  /** Why, as the operator wrote it. */
  reason: string
}

/** A withdrawn message counts again. Made by Tideway. */
export type MessageRestored = {
  type: 'MessageRestored'
  /** Id of the message. */
  message: string
  /** Who asked for it: operating-system user. */
  by: string
  /** Why, as the operator wrote it; null if he gave no reason. */
  reason: string | null
}

/** A message was mapped again by other sources or mappings and no longer says of this patient all that it said before. Made by Tideway, before the events of the replay. */
export type MessageReplayed = {
  type: 'MessageReplayed'
  /** Id of the message. */
  message: string
  /** Who asked for it: operating-system user. */
  by: string
  /** Ids of the events that it still has for this patient; what others said is no longer in the record. */
  events: string[]
}

/** A steward decided whose record is whose. One event with the same decision id under the key of each patient it is about. Made by Tideway; it says nothing clinical. */
export type IdentityDecided = {
  type: 'IdentityDecided'
  /** Id of the decision; the same under each patient's key. */
  decisionId: string
  /** LINK: the patients are one person. KEEP_APART: they are not, whatever else says so. UNLINK: the first patient leaves its person, whatever put it there. SPLIT_NUMBER: from a time on the number is another person's. SAME_PERSON, OTHER_PERSON, WRONG_MESSAGE: the answers to an identity conflict. */
  decision: string
  /** Source patients it is about, as topic keys, in the order in which the steward named them. */
  patientKeys: string[]
  /** Ids of the messages that a conflict holds and this decides; empty for other decisions. */
  messages: string[]
  /** Of SPLIT_NUMBER: messages made from then on are about the other person; milliseconds since 1970 UTC. */
  from: number | null
  /** Id of the work item that it closes; null if it closes none. */
  workItem: string | null
  /** Why, as the steward wrote it. */
  reason: string
  /** Who decided: `sub` of the access token, or the operating-system user. */
  by: string
  /** ODS code of the steward's organisation. */
  organisation: string | null
}

/** Content of a message that its events do not say: what could not be used in segments or resources with clinical content. */
export type NotShown = {
  /** Values not used. */
  count: number
  /** Where they stand in the message, at most twenty, e.g. OBX[2]-5, PID[1]-13[2].7 or Observation.component; never a value. */
  places: string[]
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
  /** patient, or the kind of the entry: encounter, report, document, allergy, condition, procedure, contact, care-team-member, alert, request, prescription, dispense, administration, immunization, appointment, resource. */
  kind: string
  /** Entry id; the patient's public id for kind patient. */
  entry: string
  /** Type of the event that did it, e.g. ResultReported. */
  event: string
  /** What a person must be notified of at once; empty for most changes. */
  alarms: Alarm[]
  /** True if it is no longer in the record: nothing but withdrawn messages told of it. */
  removed: boolean
}

/** Something that a person must be notified of at once. */
export type Alarm = {
  /** WRONG_PATIENT: a result was another patient's; DOCUMENT_RETRACTED, RESULT_RETRACTED: a document, a whole report was withdrawn; CRITICAL_RESULT: a result carries LL, HH or AA. */
  code: string
  /** Place in the message, e.g. OBX[3]-11. */
  place: string
  /** Message id. */
  message: string
  /** Who must be notified: the requester, those copied in, and the author. */
  tell: AlarmRecipient[]
}

/** A person who must be notified. */
export type AlarmRecipient = {
  /** REQUESTER, COPY_TO, AUTHOR, AUTHENTICATOR or INTERPRETER; SENDER for the organisation itself. */
  role: string
  /** The person, as named in the message; null where only the organisation is known. */
  practitioner: Practitioner | null
  /** ODS code of the organisation that sent what it is about. */
  organisation: string | null
}

/** Envelope of topic person-events.v1: one complete event for each change of who is one person, written after the person can be read. */
export type PersonChanged = {
  /** Id of the event: `<person>.<version>`; the same if it is published again. */
  id: string
  /** Topic key: public id of the person, that of its founder. */
  person: string
  /** Version of the person after the change. */
  version: number
  /** When the change became readable, microseconds since 1970 UTC. */
  at: number
  /** Source patients that the person gained. */
  linked: PersonLink[]
  /** Source patients that the person lost, each with the link that held it. */
  unlinked: PersonLink[]
  /** All its source patients after the change; empty if they are all of other persons now. */
  members: PersonLink[]
  /** Ids of the stewards' decisions that the change carries out. */
  decisions: string[]
  /** Ids of the messages after which the person was looked at again. */
  messages: string[]
}

/** A source patient in a person, and what holds it there. */
export type PersonLink = {
  /** Source patient. */
  patientKey: string
  /** Since when, milliseconds since 1970 UTC. */
  since: number
  /** Who linked it: a steward, the message of a sender, or `tideway`. */
  by: string
  /** Name of the rule. */
  rule: string
  /** Score of the match in bits; null where none was needed. */
  score: number | null
}

/** Envelope of topic parked-messages.v1: a message or event that waits, and later what became of it. */
export type MessageParked = {
  /** Id of the message. */
  messageId: string
  /** Id of the event, where one event could not be applied. */
  eventId: string | null
  /** ODS code of the sender. */
  source: string
  /** Source patient, where known. */
  patientKey: string | null
  /** Where it stopped. */
  stage: 'NORMALISE' | 'PROJECT'
  /** What became of it. */
  state: 'PARKED' | 'RELEASED' | 'DROPPED' | 'WITHDRAWN' | 'RESTORED'
  /** Why, and where. */
  problem: Problem
  /** When this was stated, microseconds since 1970 UTC. */
  at: number
  /** Who released or dropped it; null if the pipeline did. */
  by: string | null
  /** Why it was dropped, as the operator wrote it. */
  reason: string | null
  /** Every source patient the message is about, where known; empty in older records, which name one at most. */
  patientKeys: string[]
}

/** Envelope of topic fhir-resources.v1: what a FHIR client has sent, or a message that waits for it. With neither, what waited under this key is settled. */
export type FhirResource = {
  /** ODS code of the sender. */
  source: string
  /** Id of the OAuth 2 client. */
  client: string
  /** Resources it has sent. */
  resources: ResourceKnown[]
  /** A message of it that waits. */
  waiting: WaitingMessage | null
}

/** A message that refers to what its client has not sent yet, and waits for it. */
export type WaitingMessage = {
  /** Id of the message. */
  messageId: string
  /** What it waits for, as in ResourceKnownV1. */
  names: string[]
  /** HTTP method: POST or PUT. */
  method: string
  /** Address of this interface as the client knows it. */
  base: string
  /** Whether it was sent with If-None-Exist. */
  isConditional: boolean
  /** As in MessageReceivedV1. */
  receivedAt: number
  /** When it is given up, microseconds since 1970 UTC. */
  until: number
  /** The message as received; null if kept as `payload`. */
  bytes: Buffer | null
  /** Where the bytes are if they were too large. */
  payload: Payload | null
  /** First reference that does not resolve, as FHIRPath. */
  place: string
  /** Source patients it is about, as far as known. */
  patientKeys: string[]
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
  | HeldEventsReleased
  | AdmissionPending
  | TransferPending
  | DischargePending
  | AdmissionPendingCancelled
  | TransferPendingCancelled
  | DischargePendingCancelled
  | PreAdmissionCancelled
  | LeaveStarted
  | LeaveEnded
  | LeaveStartCancelled
  | LeaveEndCancelled
  | DoctorChanged
  | DoctorChangeCancelled
  | PatientsLinked
  | PatientsUnlinked
  | EncountersMerged
  | EncounterMoved
  | AccountMoved
  | IdentifiersMoved
  | IdentifiersChanged
  | PatientRemoved
  | ArrivalCancelled
  | DepartureCancelled
  | ResultReported
  | DocumentReported
  | AllergyReported
  | ConditionReported
  | ProcedureReported
  | ContactReported
  | CareTeamMemberReported
  | AlertReported
  | RequestReported
  | MedicationPrescribed
  | MedicationDispensed
  | MedicationGiven
  | ImmunizationReported
  | AppointmentReported
  | ResourceReported
  | MessageWithdrawn
  | MessageRestored
  | MessageReplayed
  | IdentityDecided

/** What each record is while its sender said nothing: every field that may be absent. Made anew each time. */
export const unsaid = {
  ResourcePart: () => ({ code: null, text: null }) satisfies Partial<ResourcePart>,
  ResourceKnown: () => ({ patientKey: null, event: null, key: null, parts: [], json: null, base: null, from: null }) satisfies Partial<ResourceKnown>,
  FhirSubmission: () => ({ resolved: [] }) satisfies Partial<FhirSubmission>,
  MessageReceived: () => ({ bytes: null, payload: null, sentAt: null, controlId: null, type: null, characterSet: null, problem: null, patientKeys: [], unused: [], submission: null }) satisfies Partial<MessageReceived>,
  IdentifierDetail: () => ({ authorityId: null, facility: null, validFrom: null, validUntil: null }) satisfies Partial<IdentifierDetail>,
  Identifier: () => ({ authority: null, organisation: null, type: null, status: null, detail: null }) satisfies Partial<Identifier>,
  PersonNameDetail: () => ({ degree: null, professionalSuffix: null, calledBy: null, validFrom: null, validUntil: null }) satisfies Partial<PersonNameDetail>,
  PersonName: () => ({ family: null, given: [], prefix: null, suffix: null, use: null, detail: null }) satisfies Partial<PersonName>,
  AddressDetail: () => ({ other: null, county: null, censusTract: null, validFrom: null, validUntil: null, streetName: null, dwellingNumber: null, countyName: null, addressee: null }) satisfies Partial<AddressDetail>,
  Address: () => ({ lines: [], city: null, district: null, postcode: null, country: null, use: null, detail: null }) satisfies Partial<Address>,
  TelecomDetail: () => ({ remark: null, validFrom: null, validUntil: null, preference: null, unformatted: null }) satisfies Partial<TelecomDetail>,
  Telecom: () => ({ use: null, equipment: null, detail: null }) satisfies Partial<Telecom>,
  CodedDetail: () => ({ version: null, alternateVersion: null, originalText: null }) satisfies Partial<CodedDetail>,
  Translation: () => ({ display: null }) satisfies Partial<Translation>,
  Coded: () => ({ code: null, text: null, system: null, alternateCode: null, alternateText: null, alternateSystem: null, detail: null, translation: null }) satisfies Partial<Coded>,
  PractitionerDetail: () => ({ suffix: null, degree: null, use: null, identifierType: null, facility: null, authorityId: null, validFrom: null, validUntil: null, professionalSuffix: null }) satisfies Partial<PractitionerDetail>,
  Practitioner: () => ({ identifier: null, authority: null, family: null, given: [], prefix: null, detail: null }) satisfies Partial<Practitioner>,
  Organisation: () => ({ identifier: null, authority: null, name: null, type: null, identifierType: null, authorityId: null, address: null, telecoms: [] }) satisfies Partial<Organisation>,
  Disability: () => ({ identifiers: [], disabled: null, from: null, until: null, returnedToWorkAt: null, unableToWorkFrom: null }) satisfies Partial<Disability>,
  PatientDetailsReported: () => ({ type: 'PatientDetailsReported' as const, identifiers: [], nhsNumber: null, nhsNumberStatus: null, names: [], birthDate: null, sex: null, deceased: null, diedAt: null, addresses: [], telecoms: [], language: null, maritalStatus: null, religion: null, ethnicity: null, gpPractice: null, gp: null, deleted: [], registers: null, mothersMaidenNames: [], mothersIdentifiers: [], races: [], birthPlace: null, multipleBirth: null, birthOrder: null, citizenships: [], veteran: null, nationality: null, identityUnknown: null, updatedAt: null, tribes: [], driversLicence: null, livingDependencies: [], livingArrangement: null, disability: null, livingWill: null, organDonor: null, publicity: null, publicityFrom: null, protected: null, protectedFrom: null, placeOfWorship: null, advanceDirectives: [], immunizationRegistryStatus: null, immunizationRegistryFrom: null, zSegments: [], driversLicenceIssuer: null, driversLicenceUntil: null, disabilities: [], sexAsSent: null, active: null, resource: null, isWhole: null }) satisfies Partial<PatientDetailsReported>,
  LocationDetail: () => ({ type: null, status: null, identifier: null }) satisfies Partial<LocationDetail>,
  Location: () => ({ pointOfCare: null, room: null, bed: null, facility: null, building: null, floor: null, description: null, detail: null }) satisfies Partial<Location>,
  Accident: () => ({ at: null, code: null, location: null, jobRelated: null, deathInvolved: null, enteredBy: [], description: null, broughtBy: null, policeNotified: null, addresses: [], numbers: [] }) satisfies Partial<Accident>,
  Visit: () => ({ visitNumber: null, patientClass: null, location: null, priorLocation: null, temporaryLocation: null, pendingLocation: null, attending: [], referring: [], consulting: [], admitting: [], service: null, admissionType: null, admitSource: null, reason: null, dischargeDisposition: null, dischargedTo: null, admittedAt: null, dischargedAt: null, account: null, preadmitNumber: null, alternateVisit: null, episode: null, readmission: null, ambulatoryStatuses: [], vip: null, patientType: null, diet: null, servicingFacility: null, accountStatus: null, priorTemporaryLocation: null, otherProviders: [], priorPendingLocation: null, accommodation: null, transferReason: null, expectedAdmitAt: null, expectedDischargeAt: null, estimatedDays: null, actualDays: null, description: null, referralSources: [], previousServiceAt: null, publicity: null, protected: null, clinicOrganisation: null, patientStatus: null, priority: null, expectedSurgeryAt: null, modeOfArrival: null, levelOfCare: null, precautions: [], patientCondition: null, livingWill: null, organDonor: null, advanceDirectives: [], expectedReturnAt: null, dischargeDispositionText: null, dischargedToName: null, dischargedToOn: null, accident: null, diagnosisGroup: null, diagnosisGroupAt: null, patientClassAsSent: null, statusAsSent: null, statusSystem: null }) satisfies Partial<Visit>,
  PatientAdmitted: () => ({ type: 'PatientAdmitted' as const, at: null }) satisfies Partial<PatientAdmitted>,
  PatientPreAdmitted: () => ({ type: 'PatientPreAdmitted' as const, at: null }) satisfies Partial<PatientPreAdmitted>,
  PatientTransferred: () => ({ type: 'PatientTransferred' as const, at: null }) satisfies Partial<PatientTransferred>,
  PatientDischarged: () => ({ type: 'PatientDischarged' as const, at: null }) satisfies Partial<PatientDischarged>,
  PatientClassChanged: () => ({ type: 'PatientClassChanged' as const, at: null }) satisfies Partial<PatientClassChanged>,
  ToldPlaces: () => ({ location: null, priorLocation: null, temporaryLocation: null, pendingLocation: null }) satisfies Partial<ToldPlaces>,
  VisitUpdated: () => ({ type: 'VisitUpdated' as const, at: null, toldPlaces: null }) satisfies Partial<VisitUpdated>,
  PatientDeparted: () => ({ type: 'PatientDeparted' as const, at: null }) satisfies Partial<PatientDeparted>,
  PatientArrived: () => ({ type: 'PatientArrived' as const, at: null }) satisfies Partial<PatientArrived>,
  AdmissionCancelled: () => ({ type: 'AdmissionCancelled' as const, at: null }) satisfies Partial<AdmissionCancelled>,
  TransferCancelled: () => ({ type: 'TransferCancelled' as const, at: null }) satisfies Partial<TransferCancelled>,
  DischargeCancelled: () => ({ type: 'DischargeCancelled' as const, at: null }) satisfies Partial<DischargeCancelled>,
  PatientsMerged: () => ({ type: 'PatientsMerged' as const, surviving: [], prior: [], priorKeys: [], priorAccount: null, priorVisit: null, priorNames: [], mergedAt: null, survivingKey: null }) satisfies Partial<PatientsMerged>,
  Attachment: () => ({ hash: null, object: null, pointer: null, contentType: null, size: null, title: null }) satisfies Partial<Attachment>,
  Numeric: () => ({ comparator: null, high: null, divisor: null }) satisfies Partial<Numeric>,
  NoteDetail: () => ({ kind: null, enteredBy: null, enteredAt: null, effectiveFrom: null, effectiveUntil: null, question: null, answer: null }) satisfies Partial<NoteDetail>,
  PerformerDetail: () => ({ action: null, reason: null, providerTypes: [], unitType: null, addresses: [], telecoms: [], location: null }) satisfies Partial<PerformerDetail>,
  Performer: () => ({ practitioner: null, role: null, organisation: null, from: null, until: null, detail: null, location: null, providerTypes: [] }) satisfies Partial<Performer>,
  Quantity: () => ({ value: null, comparator: null, unit: null, ucum: null }) satisfies Partial<Quantity>,
  Specimen: () => ({ specimenId: null, parentIds: [], type: null, modifiers: [], additives: [], method: null, site: null, siteModifiers: [], role: null, amount: null, description: [], handling: [], risks: [], collectedAt: null, collectedUntil: null, receivedAt: null, expiresAt: null, available: null, rejected: [], quality: null, condition: [], container: null, notes: [], place: null, placerId: null, containerId: null, collector: null, accessions: [], otherIds: [], shipmentId: null, containerAccession: null, containerVolume: null, availableVolume: null, parentPlacerIds: [] }) satisfies Partial<Specimen>,
  Timing: () => ({ text: null, patterns: [], times: [], frequency: null, period: null, duration: null, quantity: null, startAt: null, endAt: null, occurrences: null, priority: null, asNeeded: null, asNeededFor: null, condition: null, conjunction: null, interval: null, event: null, eventOffset: null, occurrenceDuration: null, priorityText: null }) satisfies Partial<Timing>,
  ContactPerson: () => ({ roles: [], names: [], addresses: [], location: null, telecoms: [], preferredMethod: null, numbers: [] }) satisfies Partial<ContactPerson>,
  Consent: () => ({ kind: null, formId: null, formNumber: null, texts: [], specificTexts: [], backgrounds: [], specificBackgrounds: [], limitations: [], mode: null, status: null, discussedAt: null, decidedAt: null, from: null, until: null, competent: null, bypassReason: null, disclosureLevel: null, nonDisclosureReason: null, otherConsenterReason: null, consenters: [], relationships: [] }) satisfies Partial<Consent>,
  HeldEventsReleased: () => ({ type: 'HeldEventsReleased' as const, droppedMessage: null, reason: null }) satisfies Partial<HeldEventsReleased>,
  Reaction: () => ({ manifestations: [], severity: null, at: null, route: null, notes: [], sensitivity: null, management: null, severityText: null }) satisfies Partial<Reaction>,
  MedicationComponent: () => ({ type: null, amount: null, strength: null, strengthVolume: null, supplementaryCodes: [] }) satisfies Partial<MedicationComponent>,
  DoseLimit: () => ({ limit: null, within: null }) satisfies Partial<DoseLimit>,
  AdmissionPending: () => ({ type: 'AdmissionPending' as const, at: null, plannedAt: null }) satisfies Partial<AdmissionPending>,
  TransferPending: () => ({ type: 'TransferPending' as const, at: null, plannedAt: null }) satisfies Partial<TransferPending>,
  DischargePending: () => ({ type: 'DischargePending' as const, at: null, plannedAt: null }) satisfies Partial<DischargePending>,
  AdmissionPendingCancelled: () => ({ type: 'AdmissionPendingCancelled' as const, at: null }) satisfies Partial<AdmissionPendingCancelled>,
  TransferPendingCancelled: () => ({ type: 'TransferPendingCancelled' as const, at: null }) satisfies Partial<TransferPendingCancelled>,
  DischargePendingCancelled: () => ({ type: 'DischargePendingCancelled' as const, at: null }) satisfies Partial<DischargePendingCancelled>,
  PreAdmissionCancelled: () => ({ type: 'PreAdmissionCancelled' as const, at: null }) satisfies Partial<PreAdmissionCancelled>,
  LeaveStarted: () => ({ type: 'LeaveStarted' as const, at: null }) satisfies Partial<LeaveStarted>,
  LeaveEnded: () => ({ type: 'LeaveEnded' as const, at: null }) satisfies Partial<LeaveEnded>,
  LeaveStartCancelled: () => ({ type: 'LeaveStartCancelled' as const, at: null }) satisfies Partial<LeaveStartCancelled>,
  LeaveEndCancelled: () => ({ type: 'LeaveEndCancelled' as const, at: null }) satisfies Partial<LeaveEndCancelled>,
  DoctorChanged: () => ({ type: 'DoctorChanged' as const, at: null }) satisfies Partial<DoctorChanged>,
  DoctorChangeCancelled: () => ({ type: 'DoctorChangeCancelled' as const, at: null }) satisfies Partial<DoctorChangeCancelled>,
  PatientsLinked: () => ({ type: 'PatientsLinked' as const, identifiers: [], otherIdentifiers: [], otherKeys: [], at: null }) satisfies Partial<PatientsLinked>,
  PatientsUnlinked: () => ({ type: 'PatientsUnlinked' as const, identifiers: [], otherIdentifiers: [], otherKeys: [], at: null }) satisfies Partial<PatientsUnlinked>,
  EncountersMerged: () => ({ type: 'EncountersMerged' as const, encounterId: null, priorEncounterIds: [], account: null, priorAccounts: [], at: null }) satisfies Partial<EncountersMerged>,
  EncounterMoved: () => ({ type: 'EncounterMoved' as const, fromKey: null, toKey: null, encounterIds: [], visits: [], at: null }) satisfies Partial<EncounterMoved>,
  AccountMoved: () => ({ type: 'AccountMoved' as const, fromKey: null, toKey: null, accounts: [], at: null }) satisfies Partial<AccountMoved>,
  IdentifiersMoved: () => ({ type: 'IdentifiersMoved' as const, fromKey: null, toKey: null, identifiers: [], at: null }) satisfies Partial<IdentifiersMoved>,
  IdentifiersChanged: () => ({ type: 'IdentifiersChanged' as const, prior: [], current: [], priorKeys: [], priorEncounterId: null, encounterId: null, at: null }) satisfies Partial<IdentifiersChanged>,
  PatientRemoved: () => ({ type: 'PatientRemoved' as const, reason: null, at: null }) satisfies Partial<PatientRemoved>,
  ArrivalCancelled: () => ({ type: 'ArrivalCancelled' as const, at: null }) satisfies Partial<ArrivalCancelled>,
  DepartureCancelled: () => ({ type: 'DepartureCancelled' as const, at: null }) satisfies Partial<DepartureCancelled>,
  Observation: () => ({ subId: null, valueType: null, value: null, coded: null, attachment: null, unit: null, range: null, flags: [], status: null, statusAsSent: null, statusSystem: null, observedAt: null, analysedAt: null, producer: null, method: null, bodySite: null, notes: [], ucum: null, numeric: null, category: null, performers: [], device: null, absentReason: null, organisation: null, director: null, observationId: null, nature: null, probability: null, rangeSince: null, accessCheck: null, noteDetails: [], participants: [], ownReportId: null, ownKey: null, panel: null, convertedFrom: null, byReference: null, furtherCodes: [], codedFlags: [] }) satisfies Partial<Observation>,
  ResultReported: () => ({ type: 'ResultReported' as const, placerNumber: null, fillerNumber: null, status: null, statusAsSent: null, statusSystem: null, section: null, requestedAt: null, collectedAt: null, receivedAt: null, issuedAt: null, specimen: null, requesters: [], interpreters: [], encounterId: null, observations: [], notes: [], copyTo: [], category: null, specimens: [], groupNumber: null, parentPlacerNumber: null, parentFillerNumber: null, parentResult: null, reasons: [], clinicalInformation: null, priority: null, bodySites: [], modality: null, accessionNumber: null, studyUid: null, technicians: [], transcriptionists: [], assistants: [], organisation: null, collectedUntil: null, conclusion: null, conclusionCodes: [], control: null, placerAuthority: null, fillerAuthority: null, parentSubId: null, parentValue: null, collectors: [], location: null, procedure: null, procedureModifiers: [], scheduledAt: null, danger: null, callback: [], fillerFields: [], orderStatus: null, orderStatusAsSent: null, orderStatusSystem: null, requesterOrganisation: null, participants: [], timing: null, noteDetails: [], supplementalServices: [], otherNumbers: [], setting: null, orderedAt: null, orderedSpecimen: null, settingName: null, contacts: [], principals: [], otherVisitNumbers: [], snapshot: null, verifiers: [], controlReason: null }) satisfies Partial<ResultReported>,
  DocumentReported: () => ({ type: 'DocumentReported' as const, title: null, kind: null, at: null, status: null, statusAsSent: null, statusSystem: null, reportId: null, attachment: null, trigger: null, uniqueNumber: null, parentNumber: null, parentId: null, completion: null, completionAsSent: null, completionSystem: null, confidentiality: null, availability: null, availabilityAsSent: null, availabilitySystem: null, documentType: null, presentation: null, fileName: null, authors: [], authenticators: [], transcriptionists: [], copyTo: [], activityAt: null, originatedAt: null, transcribedAt: null, editedAt: null, authenticatedAt: null, text: null, attachments: [], placerNumber: null, fillerNumber: null, encounterId: null, organisation: null, location: null, notes: [], observations: [], sections: [], performers: [], assignedAuthenticators: [], changeReason: null, noteDetails: [], participants: [], consents: [], toldVisit: null, convertedFrom: null }) satisfies Partial<DocumentReported>,
  AllergyReported: () => ({ type: 'AllergyReported' as const, category: null, propensity: null, severity: null, criticality: null, reactions: [], sensitivity: null, clinicalStatus: null, clinicalStatusAsSent: null, clinicalStatusSystem: null, verificationStatus: null, verificationStatusAsSent: null, verificationStatusSystem: null, onsetAt: null, onsetText: null, recordedAt: null, action: null, actionReason: null, reporter: null, recorder: null, organisation: null, encounterId: null, notes: [], allergenGroup: null, reporterRelationship: null, allergenType: null, noteDetails: [], clinicianCode: null, initialRecorder: null, initiallyRecordedAt: null, initialOrganisation: null, modifiedBy: null, modifiedAt: null, modifyingOrganisation: null, inactivatedBy: null, inactivatedAt: null, inactivatingOrganisation: null }) satisfies Partial<AllergyReported>,
  ConditionReported: () => ({ type: 'ConditionReported' as const, text: null, diagnosisType: null, clinicalStatus: null, clinicalStatusAsSent: null, clinicalStatusSystem: null, verificationStatus: null, verificationStatusAsSent: null, verificationStatusSystem: null, classification: null, severity: null, bodySites: [], stage: null, probability: null, prognosis: null, onsetAt: null, onsetText: null, abatedAt: null, expectedUntil: null, recordedAt: null, updatedAt: null, rank: null, confidential: null, action: null, asserters: [], encounterId: null, notes: [], identifier: null, certainty: null, attestedAt: null, priority: null, persistence: null, deathLocation: null, deathCertified: null, deathCoroner: null, noteDetails: [], parentIdentifier: null }) satisfies Partial<ConditionReported>,
  ProcedureReported: () => ({ type: 'ProcedureReported' as const, text: null, status: null, statusAsSent: null, statusSystem: null, statusReason: null, category: null, performedAt: null, performedUntil: null, minutes: null, anaesthesia: null, anaesthesiaMinutes: null, performers: [], consents: [], priority: null, diagnosis: null, reasons: [], modifiers: [], bodySites: [], outcome: null, complications: [], recordedAt: null, action: null, encounterId: null, notes: [], identifier: null, tissueType: null, location: null, parentIdentifier: null }) satisfies Partial<ProcedureReported>,
  ContactReported: () => ({ type: 'ContactReported' as const, names: [], relationship: null, role: null, telecoms: [], addresses: [], organisation: null, sex: null, birthDate: null, languages: [], status: null, statusAsSent: null, statusSystem: null, from: null, until: null, notes: [], identifiers: [], sexAsSent: null }) satisfies Partial<ContactReported>,
  CareTeamMemberReported: () => ({ type: 'CareTeamMemberReported' as const, practitioner: null, role: null, organisation: null, from: null, until: null, reason: null, telecoms: [], status: null, statusAsSent: null, statusSystem: null, action: null, encounterId: null, notes: [], providerTypes: [], unitType: null, addresses: [], location: null, otherNumbers: [] }) satisfies Partial<CareTeamMemberReported>,
  AlertReported: () => ({ type: 'AlertReported' as const, category: null, status: null, statusAsSent: null, statusSystem: null, action: null, from: null, until: null, author: null, encounterId: null, notes: [], restrictsAccess: null, reasons: [], classification: null, handling: [] }) satisfies Partial<AlertReported>,
  Authorisation: () => ({ number: null, authority: null, plan: null, company: null, companyName: null, from: null, until: null, treatmentsRequested: null, treatmentsAuthorised: null, processedAt: null, comment: null }) satisfies Partial<Authorisation>,
  RequestReported: () => ({ type: 'RequestReported' as const, placerNumber: null, fillerNumber: null, groupNumber: null, service: null, category: null, control: null, status: null, statusAsSent: null, statusSystem: null, intent: null, priority: null, requestedAt: null, effectiveAt: null, scheduledAt: null, timing: null, collectedAt: null, requesters: [], enteredBy: [], organisation: null, performer: null, location: null, callback: [], reasons: [], controlReason: null, clinicalInformation: null, specimens: [], bodySites: [], modality: null, accessionNumber: null, danger: null, transport: null, parentPlacerNumber: null, parentFillerNumber: null, copyTo: [], diagnoses: [], answers: [], encounterId: null, notes: [], setting: null, verifiers: [], actionBy: [], studyUid: null, actionCode: null, protocol: null, placerAuthority: null, fillerAuthority: null, noteDetails: [], participants: [], supplementalServices: [], otherNumbers: [], section: null, neededAt: null, placerFields: [], referralStatus: null, effectiveUntil: null, orderedSpecimen: null, settingName: null, action: null, contacts: [], response: null, responseText: null, quantity: null, amount: null, consent: null, trigger: null, authorisations: [], doNotPerform: null }) satisfies Partial<RequestReported>,
  MedicationPrescribed: () => ({ type: 'MedicationPrescribed' as const, intent: null, placerNumber: null, fillerNumber: null, prescriptionNumber: null, groupNumber: null, parentNumber: null, control: null, status: null, statusAsSent: null, statusSystem: null, statusReason: null, medication: null, form: null, strength: null, strengthVolume: null, dose: null, doseMax: null, rate: null, totalDailyDose: null, route: null, site: null, device: null, method: null, timings: [], dosageText: null, instructions: [], pharmacyInstructions: [], quantity: null, refills: null, refillsLeft: null, daysSupply: null, substitution: null, startAt: null, endAt: null, prescribedAt: null, effectiveAt: null, prescribers: [], verifiers: [], indications: [], components: [], dispenseTo: null, pharmacy: null, organisation: null, setting: null, encounterId: null, notes: [], supplementaryCodes: [], observations: [], dispenseProduct: null, givenPer: null, initialQuantity: null, controlledSchedule: null, orderType: null, enteredBy: [], actionBy: [], callback: [], location: null, siteModifier: null, routingInstruction: null, lots: [], expiresAt: null, manufacturer: null, refillsUsed: null, lastDispensedAt: null, placerAuthority: null, fillerAuthority: null, noteDetails: [], participants: [], settingName: null, dispenseInterval: null, doseLimits: [], contacts: [], response: null, responseText: null, doNotPerform: null }) satisfies Partial<MedicationPrescribed>,
  MedicationDispensed: () => ({ type: 'MedicationDispensed' as const, prescriptionId: null, placerNumber: null, fillerNumber: null, prescriptionNumber: null, control: null, status: null, statusAsSent: null, statusSystem: null, statusReason: null, medication: null, form: null, strength: null, quantity: null, dispensedAt: null, daysSupply: null, totalDailyDose: null, dose: null, route: null, site: null, timings: [], dosageText: null, substitution: null, refillsLeft: null, lots: [], expiresAt: null, manufacturer: null, indications: [], instructions: [], components: [], dispensers: [], pharmacy: null, encounterId: null, notes: [], supplementaryCodes: [], observations: [], strengthVolume: null, dispenseType: null, dispenseTo: null, device: null, method: null, orderType: null, placerAuthority: null, fillerAuthority: null, noteDetails: [], participants: [], doseLimits: [], response: null, responseText: null, prescribers: [], verifiers: [], unitNumber: null, productNumber: null, units: null, bloodGroup: null, specialTests: [], donationType: null, receivers: [], statusAt: null, action: null }) satisfies Partial<MedicationDispensed>,
  MedicationGiven: () => ({ type: 'MedicationGiven' as const, prescriptionId: null, placerNumber: null, fillerNumber: null, medication: null, form: null, strength: null, dose: null, rate: null, route: null, site: null, method: null, dosageText: null, givenAt: null, givenUntil: null, control: null, status: null, statusAsSent: null, statusSystem: null, refusalReasons: [], indications: [], performers: [], lots: [], expiresAt: null, manufacturer: null, location: null, information: null, recordedAt: null, action: null, observations: [], encounterId: null, notes: [], device: null, strengthVolume: null, components: [], orderStatus: null, orderStatusAsSent: null, orderStatusSystem: null, placerAuthority: null, fillerAuthority: null, givenPer: null, noteDetails: [], participants: [], response: null, responseText: null, prescribers: [], verifiers: [], unitNumber: null, productNumber: null, units: null, bloodGroup: null, reactions: [], interruptionReason: null, statusAt: null }) satisfies Partial<MedicationGiven>,
  ImmunizationReported: () => ({ type: 'ImmunizationReported' as const, placerNumber: null, fillerNumber: null, doseNumber: null, seriesDoses: null, targets: [], givenAt: null, givenUntil: null, dose: null, lots: [], expiresAt: null, manufacturer: null, route: null, site: null, status: null, statusAsSent: null, statusSystem: null, refusalReasons: [], indications: [], action: null, performers: [], location: null, organisation: null, information: null, funding: null, recordedAt: null, observations: [], encounterId: null, notes: [], address: null, entryOrganisation: null, timing: null, noteDetails: [] }) satisfies Partial<ImmunizationReported>,
  AppointmentPart: () => ({ group: null, action: null, code: null, practitioner: null, location: null, type: null, startAt: null, offset: null, duration: null, substitution: null, status: null, statusAsSent: null, statusSystem: null, supplies: [], notes: [], noteDetails: [] }) satisfies Partial<AppointmentPart>,
  AppointmentReported: () => ({ type: 'AppointmentReported' as const, placerNumber: null, fillerNumber: null, trigger: null, status: null, statusAsSent: null, statusSystem: null, reason: null, eventReason: null, appointmentType: null, service: null, specialty: null, priority: null, startAt: null, endAt: null, durationMinutes: null, locations: [], practitioners: [], resources: [], requesters: [], enteredBy: [], bookedAt: null, parentPlacerNumber: null, orderNumber: null, instructions: null, encounterId: null, notes: [], services: [], parts: [], contacts: [], callback: [], contactAddresses: [], contactLocations: [], parentFillerNumber: null, fillerOrderNumber: null, occurrence: null, noteDetails: [] }) satisfies Partial<AppointmentReported>,
  ResourceReported: () => ({ type: 'ResourceReported' as const, status: null, statusAsSent: null, statusSystem: null, code: null, title: null, from: null, until: null, recordedAt: null, summary: [], json: null, object: null, encounterId: null, emptyReason: null }) satisfies Partial<ResourceReported>,
  MessageRestored: () => ({ type: 'MessageRestored' as const, reason: null }) satisfies Partial<MessageRestored>,
  MessageReplayed: () => ({ type: 'MessageReplayed' as const, events: [] }) satisfies Partial<MessageReplayed>,
  IdentityDecided: () => ({ type: 'IdentityDecided' as const, messages: [], from: null, workItem: null, organisation: null }) satisfies Partial<IdentityDecided>,
  NotShown: () => ({ places: [] }) satisfies Partial<NotShown>,
  PatientEvent: () => ({ sentAt: null, notShown: null }) satisfies Partial<PatientEvent>,
  AlarmRecipient: () => ({ practitioner: null, organisation: null }) satisfies Partial<AlarmRecipient>,
  Alarm: () => ({ tell: [] }) satisfies Partial<Alarm>,
  Change: () => ({ alarms: [], removed: false }) satisfies Partial<Change>,
  RecordChanged: () => ({ messages: [], changes: [] }) satisfies Partial<RecordChanged>,
  PersonLink: () => ({ score: null }) satisfies Partial<PersonLink>,
  PersonChanged: () => ({ linked: [], unlinked: [], members: [], decisions: [], messages: [] }) satisfies Partial<PersonChanged>,
  MessageParked: () => ({ eventId: null, patientKey: null, by: null, reason: null, patientKeys: [] }) satisfies Partial<MessageParked>,
  WaitingMessage: () => ({ bytes: null, payload: null, patientKeys: [] }) satisfies Partial<WaitingMessage>,
  FhirResource: () => ({ resources: [], waiting: null }) satisfies Partial<FhirResource>,
}
