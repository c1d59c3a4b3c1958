import { expect, test } from 'vitest'
import { read, system } from '../sender.fixture.ts'

const patient = { type: 'Patient', identifier: { system: system('X99'), value: 'A1' } }
const appointment = (...participant: object[]) => {
  const { events, unused } = read({
    resourceType: 'Appointment',
    status: 'booked',
    start: '2026-12-01T09:00:00Z',
    end: '2026-12-01T09:30:00Z',
    participant,
  })
  const [event] = events
  return { notes: event?.body.type === 'AppointmentReported' ? event.body.notes : null, unused }
}

test.each([
  ['accepted', []],
  ['declined', ['Patient: declined']],
  ['tentative', ['Patient: tentative']],
  ['needs-action', ['Patient: needs-action']],
])('a patient whose participation is %s', (status, notes) => {
  expect(appointment({ actor: patient, status })).toEqual({ notes, unused: [] })
})

test('another participant is named by what was sent of it', () => {
  expect(
    appointment(
      { actor: patient, status: 'accepted' },
      { actor: { type: 'Practitioner', display: 'Dr Test' }, status: 'declined' },
      { type: [{ text: 'Interpreter' }], status: 'declined' },
    ).notes,
  ).toEqual(['Dr Test: declined', 'Interpreter: declined'])
})
