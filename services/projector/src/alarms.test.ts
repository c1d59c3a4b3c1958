import { type Practitioner, unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { alarmsOf } from './alarms.ts'
import { event, observation, result, visit } from './histories.fixture.ts'

const doctor = (identifier: string): Practitioner => ({ ...unsaid.Practitioner(), identifier })
const codes = (alarms: ReturnType<typeof alarmsOf>) => alarms.map(({ code, place }) => [code, place])

test.each(['LL', 'HH', 'AA'])('a result flagged %s is told to whoever asked for it', (flag) => {
  const alarms = alarmsOf(event(result([observation('F', '7.1', { flags: [flag] })], { requesters: [doctor('C1')], copyTo: [doctor('C2')] }), 0))
  expect(codes(alarms)).toEqual([['CRITICAL_RESULT', 'OBX[1]-8']])
  expect(alarms[0]?.tell.map(({ role, practitioner, organisation }) => [role, practitioner?.identifier ?? null, organisation])).toEqual([
    ['REQUESTER', 'C1', 'RJZ'],
    ['COPY_TO', 'C2', 'RJZ'],
    ['SENDER', null, 'RJZ'],
  ])
})

test('a result of the wrong patient is an alarm of its own, a critical one that was withdrawn is none', () => {
  expect(codes(alarmsOf(event(result([observation('W', '7.1', { flags: ['HH'] }), observation('D', '7.1', { flags: ['HH'], place: 'OBX[2]' })]), 0)))).toEqual([['WRONG_PATIENT', 'OBX[1]-11']])
})

test('a high result is no alarm, nor is an admission', () => {
  expect(alarmsOf(event(result([observation('F', '5.4', { flags: ['H'] })]), 0))).toEqual([])
  expect(alarmsOf(event(visit('PatientAdmitted', null), 0))).toEqual([])
})

test('a retracted document is told to its authors', () => {
  const alarms = alarmsOf(event({ ...unsaid.DocumentReported(), documentId: 'D1', trigger: 'CANCELLED', authors: [doctor('C3')] }, 0, { place: 'TXA[1]' }))
  expect(codes(alarms)).toEqual([['DOCUMENT_RETRACTED', 'TXA[1]']])
  expect(alarms[0]?.tell[0]).toMatchObject({ role: 'AUTHOR', practitioner: { identifier: 'C3' } })
  expect(alarmsOf(event({ ...unsaid.DocumentReported(), documentId: 'D1', trigger: 'ORIGINAL' }, 0))).toEqual([])
})
