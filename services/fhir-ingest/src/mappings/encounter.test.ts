import { expect, test } from 'vitest'
import { bundle, patient, read, subject, system } from '../sender.fixture.ts'

test.each([
  ['planned', ['PatientPreAdmitted']],
  ['in-progress', ['PatientAdmitted']],
  ['finished', ['PatientAdmitted', 'PatientDischarged']],
  ['cancelled', ['AdmissionCancelled']],
])('a visit with status %s', (status, types) => {
  const visit = {
    resourceType: 'Encounter',
    status,
    class: { code: 'IMP' },
    identifier: [{ system: system('X99', 'visit'), value: 'V1' }],
    period: { start: '2026-07-01T09:15:00+01:00' },
    subject,
  }
  const { events } = read(
    bundle('collection', { fullUrl: 'urn:uuid:p', resource: patient() }, { resource: visit }),
  )
  const happened = events.map(({ body }) => body).filter((body) => 'visit' in body)
  expect(happened.map(({ type }) => type)).toEqual(types)
  expect(happened[0]).toMatchObject({
    encounterId: 'V1',
    visit: { patientClass: 'INPATIENT', admittedAt: '2026-07-01T09:15:00+01:00' },
  })
})

test('the standard system of a known class counts as read, that of another class does not', () => {
  const unused = (code: string) =>
    read({
      resourceType: 'Encounter',
      status: 'planned',
      class: { code, system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode' },
      subject: { identifier: { system: system('X99'), value: 'A1' } },
    }).unused
  expect(unused('IMP')).toEqual([])
  expect(unused('XYZ')).toEqual(['Encounter.class.system'])
})
