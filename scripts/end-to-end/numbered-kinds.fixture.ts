import { system } from '@tideway/fhir-ingest/sender.fixture'

/** A reference to the patient of every message. */
export const subject = { type: 'Patient', identifier: { system: system('X99'), value: '1' } }
const patient = { subject: undefined, patient: subject }
export const coded = (code: string) => ({ coding: [{ code }] })

export type NumberedKind = {
  type: string
  /** @param number  as EI, or as CX where the field is one */
  segments(number: string): string[]
  resource(identifier: object): object
  /** The field is a CX: the assigning authority is its fourth component. */
  isCx?: true
}

/** What both standards can report under a number of its own. */
export const kinds: Record<string, NumberedKind> = {
  'an allergy, IAM-7': {
    type: 'ADT^A60',
    segments: (number) => [`IAM|1|DA|P|||A|${number}`],
    resource: (identifier) => ({
      ...patient,
      resourceType: 'AllergyIntolerance',
      clinicalStatus: {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical',
            code: 'active',
          },
        ],
      },
      identifier: [identifier],
      code: coded('P'),
    }),
  },
  'a problem, PRB-4': {
    type: 'PPR^PC1',
    segments: (number) => [`PRB|AD|20260701|N17.9|${number}`],
    resource: (identifier) => ({
      resourceType: 'Condition',
      identifier: [identifier],
      code: coded('N17.9'),
    }),
  },
  'a diagnosis, DG1-20': {
    type: 'ADT^A08',
    segments: (number) => [`DG1|1||N17.9${'|'.repeat(17)}${number}`],
    resource: (identifier) => ({
      resourceType: 'Condition',
      identifier: [identifier],
      code: coded('N17.9'),
    }),
  },
  'a procedure, PR1-19': {
    type: 'ADT^A08',
    segments: (number) => [`PR1|1||X40.3||20260701${'|'.repeat(14)}${number}`],
    resource: (identifier) => ({
      resourceType: 'Procedure',
      status: 'completed',
      identifier: [identifier],
      code: coded('X40.3'),
    }),
  },
  'a contact, NK1-33': {
    type: 'ADT^A08',
    segments: (number) => [`NK1|1|RAO^ANN|MTH${'|'.repeat(30)}${number}`],
    resource: (identifier) => ({
      ...patient,
      resourceType: 'RelatedPerson',
      identifier: [identifier],
      name: [{ family: 'Rao' }],
    }),
    isCx: true,
  },
  'an alert, ARV-10': {
    type: 'ADT^A08',
    segments: (number) => [`ARV|1|A|DEM${'|'.repeat(7)}${number}`],
    resource: (identifier) => ({
      resourceType: 'Flag',
      status: 'active',
      identifier: [identifier],
      code: coded('DEM'),
    }),
  },
  'a request, ORC-2': {
    type: 'OML^O21',
    segments: (number) => [`ORC|NW|${number}`, 'OBR|1|||UE'],
    resource: (identifier) => ({
      resourceType: 'ServiceRequest',
      status: 'active',
      intent: 'order',
      identifier: [identifier],
      code: coded('UE'),
    }),
  },
  'a request, its placer number before its filler number': {
    type: 'OML^O21',
    segments: (number) => [`ORC|NW|${number}|F1`, 'OBR|1|||UE'],
    resource: (identifier) => ({
      resourceType: 'ServiceRequest',
      status: 'active',
      intent: 'order',
      identifier: [
        { type: coded('FILL'), value: 'F1' },
        { ...identifier, type: coded('PLAC') },
      ],
      code: coded('UE'),
    }),
  },
  'a referral, RF1-6': {
    type: 'ADT^A08',
    segments: (number) => [`RF1|P||EXT|||${number}`],
    resource: (identifier) => ({
      resourceType: 'ServiceRequest',
      status: 'active',
      intent: 'order',
      identifier: [identifier],
      category: [coded('3457005')],
    }),
  },
  'a report, OBR-3': {
    type: 'ORU^R01',
    segments: (number) => [`OBR|1||${number}|UE|||20260701${'|'.repeat(18)}F`],
    resource: (identifier) => ({
      resourceType: 'DiagnosticReport',
      status: 'final',
      identifier: [identifier],
      code: coded('UE'),
    }),
  },
  'a report, its placer number alone': {
    type: 'ORU^R01',
    segments: (number) => [`OBR|1|${number}||UE|||20260701${'|'.repeat(18)}F`],
    resource: (identifier) => ({
      resourceType: 'DiagnosticReport',
      status: 'final',
      identifier: [{ ...identifier, type: coded('PLAC') }],
      code: coded('UE'),
    }),
  },
  'an appointment, SCH-2': {
    type: 'SIU^S12',
    segments: (number) => [`SCH|P1|${number}`, 'TQ1|1||||||20260702090000'],
    resource: (identifier) => ({
      subject: undefined,
      resourceType: 'Appointment',
      status: 'booked',
      start: '2026-07-02T09:00:00Z',
      end: '2026-07-02T09:30:00Z',
      identifier: [identifier],
      participant: [{ actor: subject, status: 'accepted' }],
    }),
  },
  'an immunisation, ORC-3': {
    type: 'VXU^V04',
    segments: (number) => [`ORC|RE||${number}`, 'RXA|0|1|20260701||03|999'],
    resource: (identifier) => ({
      ...patient,
      resourceType: 'Immunization',
      status: 'completed',
      identifier: [identifier],
      vaccineCode: coded('03'),
      occurrenceDateTime: '2026-07-01',
    }),
  },
  'a document, TXA-12': {
    type: 'MDM^T02',
    segments: (number) => [
      `TXA|1|DS|TX|20260701${'|'.repeat(8)}${number}`,
      'OBX|1|TX|L||Seen.||||||F',
    ],
    resource: (identifier) => ({
      resourceType: 'DocumentReference',
      status: 'current',
      masterIdentifier: identifier,
      identifier: [{ value: 'E1' }],
      content: [{ attachment: { data: 'U2Vlbi4=' } }],
    }),
  },
  'a document, without a master identifier': {
    type: 'MDM^T02',
    segments: (number) => [
      `TXA|1|DS|TX|20260701${'|'.repeat(8)}${number}`,
      'OBX|1|TX|L||Seen.||||||F',
    ],
    resource: (identifier) => ({
      resourceType: 'DocumentReference',
      status: 'current',
      identifier: [identifier],
      content: [{ attachment: { data: 'U2Vlbi4=' } }],
    }),
  },
  'a prescription, ORC-2': {
    type: 'RDE^O11',
    segments: (number) => [`ORC|NW|${number}`, 'RXE||PCM|275||mg'],
    resource: (identifier) => ({
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      identifier: [identifier],
      medicationCodeableConcept: coded('PCM'),
    }),
  },
}
