import type { PatientEvent } from '@tideway/schemas/events.generated'
import { system } from '@tideway/fhir-ingest/sender.fixture'
import { expect, test } from 'vitest'
import { idsOf, numbersOf, ofFhir, ofHl7, type Sender } from './numbered-events.fixture.ts'
import { coded, kinds, type NumberedKind } from './numbered-kinds.fixture.ts'

test.each(Object.entries(kinds))(
  '%s: one number of one organisation is one entry, in HL7 v2 and in FHIR',
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

test('a visit is identified by its number; without an assigning authority, a laboratory means the number of the organisation of the patient in HL7 v2', () => {
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

test('a dispense and an administration have no number of their own in HL7 v2, but that of their prescription', () => {
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

test('an order and a referral of one number are two entries, and a number that looks like a surrogate key is not one', () => {
  const { hl7, fhir } = numbersOf(kinds['a request, ORC-2'] as NumberedKind)
  const referral = numbersOf(kinds['a referral, RF1-6'] as NumberedKind)
  expect(new Set([...hl7('X99', '7'), ...referral.hl7('X99', '7')])).toHaveLength(2)
  expect(fhir('X99', '7')).not.toEqual(referral.fhir('X99', '7'))
  const bare = idsOf(ofHl7('ADT^A01', 'X99', ['AL1|1|DA|P']))
  expect(bare).toEqual(['X99|1|allergy|~P|DRUG'])
  const allergies = numbersOf(kinds['an allergy, IAM-7'] as NumberedKind)
  expect(allergies.fhir('X99', '~P|DRUG')).toEqual(['X99|1|allergy|#~P\\F\\DRUG'])
})
