import { expect, test } from 'vitest'
import { isItsOwnWord, toldElsewhere } from './elsewhere.ts'
import type { Unit } from './event-leaves.ts'
import type { Fact, Kind } from './facts.ts'

const fact = (kind: Kind, path: string, value: string, ...codes: string[]): Fact => ({
  kind,
  path,
  value,
  codes,
})
const unit = (type: string, leaves: Record<string, string>): Unit => ({
  type,
  isObservation: false,
  leaves: Object.entries(leaves).map(([path, value]) => ({ type, path, value })),
})
const values = (units: readonly Unit[]) =>
  units.flatMap(({ leaves }) => leaves.map(({ value }) => value))

test('a relationship is compared if one was sent, whatever its case, and an observation code if it was not invented', () => {
  const sent = new Map([
    ['NK1-3', new Set(['MTH', 'Mother'])],
    ['PV1-3', new Set(['C'])],
  ])
  const own = (...said: Parameters<typeof fact>) => isItsOwnWord(fact(...said), sent)
  expect([
    own('contacts', 'Patient.contact.relationship.coding.code', 'C'),
    own('contacts', 'RelatedPerson.relationship.coding.display', 'mother'),
  ]).toEqual([true, false])
  expect([
    own('observations', 'Observation.code.coding.code', 'autopsy', 'autopsy'),
    own('observations', 'Observation.code.coding.code', 'K', 'K'),
  ]).toEqual([true, false])
  expect(own('observations', 'Observation.valueCodeableConcept.coding.code', 'Y', 'autopsy')).toBe(
    false,
  )
})

test.each([
  ['death-certificate', ['certified']],
  ['coroner', ['told']],
  ['autopsy', ['Y']],
])('of a death, %s is looked for in its own field', (code, found) => {
  const units = [
    unit('ConditionReported', {
      deathCertified: 'certified',
      deathCoroner: 'told',
      'code.code': 'I21',
    }),
    unit('ProcedureReported', { text: 'Autopsy' }),
    unit('ProcedureReported', { text: 'Appendicectomy' }),
  ]
  expect(
    values(
      toldElsewhere(
        fact('observations', 'Observation.valueCodeableConcept.coding.code', 'Y', code),
        units,
      ),
    ),
  ).toEqual(found)
})

test.each<[Kind, string, string[]]>([
  ['contacts', 'Patient.contact.name.family', ['DOE', 'TELLER']],
  ['contacts', 'Patient>Organization.name', ['MILL HOUSE', 'DOE', 'TELLER']],
  ['names', 'Patient.name.family', ['SMITH']],
  ['visit', 'Encounter>Location.name', ['WARD', 'MORTUARY']],
  ['visit', 'Encounter.class.code', ['OUTPATIENT']],
  ['carers', 'Patient>Practitioner.identifier.value', ['C1']],
  ['observations', 'Observation.note.text', ['seen']],
  ['observations', 'Observation>Location.address.city', ['LEEDS']],
  ['documents', 'DocumentReference>Organization.name', ['CLINIC']],
  ['orders', 'ServiceRequest.code.text', []],
])('%s: %s', (kind, path, found) => {
  const units = [
    unit('RequestReported', {
      'contacts.names.family': 'DOE',
      'participants.practitioner.identifier': 'C1',
      notes: 'seen',
      'service.code': 'UE',
    }),
    unit('AllergyReported', { 'reporter.practitioner.family': 'TELLER', 'code.code': 'P' }),
    unit('DocumentReported', {
      'consents.consenters.family': 'SMITH',
      'toldVisit.patientClass': 'OUTPATIENT',
      text: 'Dear',
    }),
    unit('CareTeamMemberReported', {
      'location.pointOfCare': 'WARD',
      'organisation.name': 'MILL HOUSE',
      'practitioner.family': 'RAO',
    }),
    unit('ConditionReported', { 'deathLocation.pointOfCare': 'MORTUARY', 'code.code': 'I21' }),
    unit('ImmunizationReported', {
      'address.city': 'LEEDS',
      'observations.participants.organisation.name': 'CLINIC',
      'code.code': '08',
    }),
  ]
  expect(values(toldElsewhere(fact(kind, path, 'x'), units))).toEqual(found)
})
