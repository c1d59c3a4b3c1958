import { readFileSync } from 'node:fs'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { read as readFhir, sender, system } from '@tideway/fhir-ingest/sender.fixture'
import { loadMappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { normalise } from '@tideway/hl7-ingest/normalise/normalise'
import { entryIdIn, evolveEntry } from '@tideway/record/entries/entry'

const mappings = await loadMappings()
const trust = JSON.parse(
  readFileSync(
    new URL('../../services/hl7-ingest/samples/x99/source.json', import.meta.url),
    'utf8',
  ),
) as Source
/** A laboratory that may speak for the trust's numbers as well as its own. */
const hl7Senders: Record<string, Source> = {
  X99: trust,
  XL1: { ...trust, ods: 'XL1', hl7: { ...trust.hl7, authorities: { X99: 'X99', XL1: 'XL1' } } },
}
const fhirSenders = { X99: sender('X99'), XL1: sender('XL1', {}, ['X99']) }
type Sender = keyof typeof fhirSenders

const ofHl7 = (type: string, from: Sender, segments: readonly string[]): PatientEvent[] => {
  const bytes = Buffer.from(
    [
      `MSH|^~\\&|A|${from}|T|S|20260701091500||${type}|1|P|2.5.1`,
      'PID|1||1^^^X99^MR',
      ...segments,
    ].join('\r'),
  )
  return normalise(
    { source: hl7Senders[from] as Source, bytes, receivedAt: 1_782_900_000_000_000 },
    mappings,
    { production: false },
  ).events
}

const subject = { type: 'Patient', identifier: { system: system('X99'), value: '1' } }
const ofFhir = (from: Sender, resource: object): PatientEvent[] =>
  readFhir({ subject, ...resource }, fhirSenders[from]).events
const patient = { subject: undefined, patient: subject }

const idsOf = (events: readonly PatientEvent[]): (string | null)[] =>
  events.map(entryIdIn).filter((id) => id !== null)
const coded = (code: string) => ({ coding: [{ code }] })

type Kind = {
  type: string
  /** @param number  as EI, or as CX where the field is one */
  segments(number: string): string[]
  resource(identifier: object): object
  /** Whoever gave a CX stands in its fourth component. */
  isCx?: true
}

/** Whatever both can tell of by a number of its own, and how. */
const kinds: Record<string, Kind> = {
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

const numbersOf = ({ segments, resource, type, isCx }: Kind) => {
  const numbered = (number: string, authority: string | null) =>
    authority === null ? number : `${number}${isCx === true ? '^^^' : '^'}${authority}`
  return {
    hl7: (from: Sender, number: string, authority: string | null = null) =>
      idsOf(ofHl7(type, from, segments(numbered(number, authority)))),
    fhir: (from: Sender, value: string, of: string | null = null) =>
      idsOf(ofFhir(from, resource(of === null ? { value } : { system: of, value }))),
  }
}

test.each(Object.entries(kinds))(
  '%s: one number of one organisation is one entry, in HL7 v2 as in FHIR',
  (_, kind) => {
    const { hl7, fhir } = numbersOf(kind)
    const own = hl7('X99', '7')
    expect(own).toHaveLength(1)
    expect(fhir('X99', '7', system('X99', 'report'))).toEqual(own)
    expect(hl7('X99', '7', 'X99')).toEqual(own)
    expect(hl7('X99', '7', 'ELSEWHERE')).toEqual(own)
    const elsewhere = ['https://elsewhere.example/id', 'https://other.example/id'].map((unlisted) =>
      fhir('X99', '7', unlisted),
    )
    expect(new Set([own, ...elsewhere].flat()).size).toBe(3)
    expect([hl7('XL1', '7', 'X99'), fhir('XL1', '7', system('X99', 'report'))]).toEqual([own, own])
    const theirs = hl7('XL1', '7')
    expect(theirs).not.toEqual(own)
    expect([
      hl7('XL1', '7', 'XL1'),
      fhir('XL1', '7'),
      fhir('XL1', '7', system('XL1', 'report')),
    ]).toEqual([theirs, theirs, theirs])
    expect(hl7('X99', 'XL1:7')).not.toEqual(theirs)
    expect(fhir('X99', 'XL1:7')).toEqual(hl7('X99', 'XL1:7'))
  },
)

/** The entry once these events came in this order. */
const entryOf = (events: readonly PatientEvent[]): Omit<Entry, 'version'> | null => {
  const entry = events.reduce<Entry | null>((before, event) => evolveEntry(before, event), null)
  if (entry === null) return null
  const { version: _, ...rest } = entry
  return rest
}

const minuteMs = 60_000
const at = (event: PatientEvent, minute: number): PatientEvent => ({
  ...event,
  id: `m${minute}.0`,
  messageId: `m${minute}`,
  sentAt: minute * minuteMs,
  receivedAt: minute * minuteMs * 1_000,
})

test.each(Object.entries(kinds))(
  '%s: HL7 v2 and FHIR in turn are one entry, in whatever order they come',
  (_, { type, segments, resource, isCx }) => {
    const number = isCx === true ? '7^^^X99' : '7'
    const [hl7, fhir] = [
      ofHl7(type, 'X99', segments(number)),
      ofFhir('X99', resource({ value: '7' })),
    ].map((events) => events.find((event) => entryIdIn(event) !== null)) as [
      PatientEvent,
      PatientEvent,
    ]
    const events = [at(hl7, 1), at(fhir, 2), at(hl7, 3), at(fhir, 4)]
    const expected = entryOf(events)
    expect(new Set(expected?.origins.map(({ message }) => message))).toContain('m4')
    const orders = fc
      .tuple(
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.array(fc.constantFrom(...events), { maxLength: 3 }),
      )
      .map(([all, again]) => [...all, ...again])
    fc.assert(
      fc.property(orders, (order) => {
        expect(entryOf(order)).toEqual(expected)
      }),
    )
  },
)

test('a visit is known by its number; whose a laboratory means when it says none, only HL7 v2 tells: that of whoever the patient is with', () => {
  const hl7 = (from: Sender, number: string) =>
    idsOf(ofHl7('ADT^A01', from, [`PV1|1|I|W${'|'.repeat(16)}${number}`]))
  const fhir = (from: Sender, identifier: object) =>
    idsOf(
      ofFhir(from, {
        resourceType: 'Encounter',
        status: 'in-progress',
        class: { code: 'IMP' },
        identifier: [identifier],
      }),
    )
  const own = hl7('X99', '7')
  expect([hl7('X99', '7^^^X99'), hl7('XL1', '7^^^X99'), hl7('XL1', '7')]).toEqual([own, own, own])
  expect([
    fhir('X99', { value: '7' }),
    fhir('XL1', { system: system('X99', 'visit'), value: '7' }),
  ]).toEqual([own, own])
  expect(fhir('X99', { value: 'PV1-50 7' })).toEqual(hl7('X99', 'PV1-50 7'))
  expect(fhir('X99', { value: 'PV1-50 7' })).not.toEqual(
    idsOf(ofHl7('ADT^A01', 'X99', [`PV1|1|I|W${'|'.repeat(47)}7`])),
  )
})

test('a dispense and a dose have no number of their own in HL7 v2, but that of their prescription', () => {
  const prescriptionIn = (events: readonly PatientEvent[]) =>
    events
      .map(({ body }) =>
        'prescriptionId' in body && body.type !== 'MedicationPrescribed'
          ? body.prescriptionId
          : null,
      )
      .filter((id) => id !== null)
  const of = { identifier: { system: system('X99', 'report'), value: 'P1' } }
  const medicine = { medicationCodeableConcept: coded('PCM') }
  const dispensed = ofFhir('X99', {
    resourceType: 'MedicationDispense',
    status: 'completed',
    identifier: [{ value: 'D1' }],
    authorizingPrescription: [of],
    ...medicine,
  })
  const given = ofFhir('X99', {
    resourceType: 'MedicationAdministration',
    status: 'completed',
    identifier: [{ value: 'G1' }],
    request: of,
    effectiveDateTime: '2026-07-01',
    ...medicine,
  })
  expect([prescriptionIn(dispensed), prescriptionIn(given)]).toEqual([['P1'], ['P1']])
  expect(prescriptionIn(ofHl7('RDS^O13', 'X99', ['ORC|RE|P1', 'RXD|1|PCM|20260701|100']))).toEqual([
    'P1',
  ])
  expect(
    prescriptionIn(ofHl7('RAS^O17', 'X99', ['ORC|RE|P1', 'RXA|0|1|20260701||PCM|275'])),
  ).toEqual(['P1'])
})

test('the same number of an order is no referral, and a number written like what stands for one is another thing', () => {
  const { hl7, fhir } = numbersOf(kinds['a request, ORC-2'] as Kind)
  const referral = numbersOf(kinds['a referral, RF1-6'] as Kind)
  expect(new Set([...hl7('X99', '7'), ...referral.hl7('X99', '7')])).toHaveLength(2)
  expect(fhir('X99', '7')).not.toEqual(referral.fhir('X99', '7'))
  const bare = idsOf(ofHl7('ADT^A01', 'X99', ['AL1|1|DA|P']))
  expect(bare).toEqual(['X99|1|allergy|~P|DRUG'])
  const allergies = numbersOf(kinds['an allergy, IAM-7'] as Kind)
  expect(allergies.fhir('X99', '~P|DRUG')).toEqual(['X99|1|allergy|#~P|DRUG'])
})
