import { expect, test } from 'vitest'
import { eventsOf, hl7, receivedAs } from './said-later.fixture.ts'
import { adt, entriesIn, pid, storedAfter, subject, whereIn } from './short-form.fixture.ts'
import { recordIn } from './withdrawn-record.fixture.ts'

const a01 = adt('A01', '20260901100000')

test('sex and patient class have the code as sent beside our word', () => {
  const documents = storedAfter(a01)
  const { patients, patient } = recordIn(documents)
  expect(patients[0]).toMatchObject({ sex: 'female', sexAsSent: 'F' })
  expect(patient).toMatchObject({ sexAsSent: 'F', said: [{ sex: 'female', sexAsSent: 'F' }] })
  expect(whereIn(documents)).toMatchObject({ patientClass: 'inpatient', patientClassAsSent: 'I' })
  expect(entriesIn(documents, 'encounter')[0]).toMatchObject({
    patientClassAsSent: 'I',
    movements: [{ patientClassAsSent: 'I' }],
  })
})

test('a code in no table is the value as sent, and one of the source file is too', () => {
  const odd = storedAfter(a01.replace('|19700101|F', '|19700101|X7').replace('|I|W1', '|QQ|W1'))
  expect(recordIn(odd).patients[0]).toMatchObject({ sex: 'unknown', sexAsSent: 'X7' })
  expect(whereIn(odd)).toMatchObject({ patientClass: 'unknown', patientClassAsSent: 'QQ' })
  expect(eventsOf(a01, receivedAs(0))[0]?.body).toMatchObject({ sex: 'FEMALE', sexAsSent: 'F' })
})

test('a sex that its sender emptied is empty, code and word', () => {
  const emptied = storedAfter(
    a01,
    adt('A08', '20260902100000').replace('|19700101|F', '|19700101|""'),
  )
  expect(recordIn(emptied).patients[0]).not.toHaveProperty('sexAsSent')
  expect(recordIn(emptied).patients[0]).not.toHaveProperty('sex')
})

test('the code of a sex is never that of another sender', () => {
  const byLaboratory = { ...eventsOf(a01.replace('|19700101|F', '|19700101|M'), receivedAs(0))[0] }
  expect(byLaboratory.body).toMatchObject({ sex: 'MALE', sexAsSent: 'M' })
})

test('a contact has both', () => {
  const nk1 = `NK1|1|DOE^JO|MTH^Mother${'|'.repeat(12)}F`
  expect(entriesIn(storedAfter(adt('A01', '20260901100000', nk1)), 'contact')[0]).toMatchObject({
    said: { sex: 'female', sexAsSent: 'F' },
  })
})

const encounter = (status: string, more: object = {}) => ({
  resourceType: 'Encounter',
  id: 'E1',
  status,
  class: { code: 'IMP' },
  subject,
  period: { start: '2026-09-01T10:00:00+01:00' },
  ...more,
})

test('an encounter has the status and class of FHIR as sent', () => {
  const documents = storedAfter(encounter('triaged'))
  expect(entriesIn(documents, 'encounter')[0]).toMatchObject({
    status: 'open',
    statusAsSent: 'triaged',
    statusSystem: 'http://hl7.org/fhir/encounter-status',
    patientClass: 'inpatient',
    patientClassAsSent: 'IMP',
  })
  expect(whereIn(documents)).toMatchObject({ patientClassAsSent: 'IMP' })
})

test('it is that of the newest word: a step of HL7 v2 has none', () => {
  const finished = encounter('finished', {
    period: { start: '2026-09-01T10:00:00+01:00', end: '2026-09-02T10:00:00+01:00' },
  })
  expect(entriesIn(storedAfter(encounter('arrived'), finished), 'encounter')[0]).toMatchObject({
    status: 'closed',
    statusAsSent: 'finished',
  })
  expect(entriesIn(storedAfter(a01), 'encounter')[0]).not.toHaveProperty('statusAsSent')
})

test('reports in the summary and facts of a medicine have the code of their status', () => {
  const oru = hl7(
    'ORU^R01',
    '20260901100000',
    'O1',
    pid,
    `OBR|1|P1|F1|K^Potassium|||20260901${'|'.repeat(17)}CH|F`,
    'OBX|1|NM|K||4||||||F',
  )
  const dispensed = {
    resourceType: 'MedicationDispense',
    id: 'D1',
    status: 'completed',
    subject,
    medicationCodeableConcept: { text: 'Aspirin' },
  }
  const record = recordIn(storedAfter(oru, dispensed))
  expect(record.summary.reports.lines[0]).toMatchObject({ status: 'final', statusAsSent: 'F' })
  expect(record.medicines[0]?.dispensed[0]).toMatchObject({
    status: 'completed',
    statusAsSent: 'completed',
  })
})
