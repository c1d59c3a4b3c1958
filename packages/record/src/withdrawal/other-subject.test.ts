import { expect, test } from 'vitest'
import { movedPlace, namesOtherSubject } from './other-subject.ts'

test.each([
  [{ subject: {} }, 'Observation.subject'],
  [{ patient: {} }, 'Observation.patient'],
  [{ for: {} }, 'Observation.for'],
  [{ participant: [] }, 'Observation.participant'],
  [{}, 'Observation.subject'],
])('the element that names the patient of %o', (resource, place) => {
  expect(movedPlace('Observation', resource)).toBe(place)
  expect(namesOtherSubject({ place })).toBe(true)
})

test.each([
  'Observation',
  'Bundle.entry[3].resource',
  'Patient.contact[0]',
  'Patient.link[1]',
  'Encounter.location[0]',
  'Encounter.period.end',
  'OBX[1]',
  'PID[1]',
])('an event at %s says something of its own', (place) => {
  expect(namesOtherSubject({ place })).toBe(false)
})
