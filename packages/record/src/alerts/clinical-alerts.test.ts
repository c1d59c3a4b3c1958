import { type Practitioner, unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { evolveEntry } from '../entries/entry.ts'
import { clinicalAlerts } from './clinical-alerts.ts'
import { documentSent, event, observation, result, visit } from '../entries/histories.fixture.ts'

const doctor = (identifier: string): Practitioner => ({ ...unsaid.Practitioner(), identifier })
const codes = (alarms: ReturnType<typeof clinicalAlerts>) =>
  alarms.map(({ code, place }) => [code, place])

test.each(['LL', 'HH', 'AA'])('a result flagged %s alerts the requester', (flag) => {
  const alarms = clinicalAlerts(
    event(
      result([observation('F', '7.1', { flags: [flag] })], {
        requesters: [doctor('C1')],
        copyTo: [doctor('C2')],
      }),
      0,
    ),
  )
  expect(codes(alarms)).toEqual([['CRITICAL_RESULT', 'OBX[1]-8']])
  expect(
    alarms[0]?.tell.map(({ role, practitioner, organisation }) => [
      role,
      practitioner?.identifier ?? null,
      organisation,
    ]),
  ).toEqual([
    ['REQUESTER', 'C1', 'RJZ'],
    ['COPY_TO', 'C2', 'RJZ'],
    ['SENDER', null, 'RJZ'],
  ])
})

test('a result of the wrong patient raises an alarm; a critical result that was withdrawn raises none', () => {
  expect(
    codes(
      clinicalAlerts(
        event(
          result([
            observation('W', '7.1', { flags: ['HH'] }),
            observation('D', '7.1', { flags: ['HH'], place: 'OBX[2]' }),
          ]),
          0,
        ),
      ),
    ),
  ).toEqual([['WRONG_PATIENT', 'OBX[1]-11']])
})

const critical = (sent: number, status: string, code = 'F') =>
  event(result([observation(code, '7.1', { flags: ['HH'] })], { status }), sent)
const dataAfter = (...events: ReturnType<typeof event>[]) =>
  events.reduce<ReturnType<typeof evolveEntry>>(evolveEntry, null)?.data ?? null

test('a critical value of a cancelled report raises no alarm, nor does one that comes after its cancellation', () => {
  expect(clinicalAlerts(critical(1, 'X'))).toEqual([])
  const cancellation = event(result([], { status: 'X' }), 2)
  for (const sent of [1, 3]) {
    const late = critical(sent, 'F')
    expect(codes(clinicalAlerts(late, dataAfter(cancellation, late)))).toEqual(
      sent === 1 ? [] : [['CRITICAL_RESULT', 'OBX[1]-8']],
    )
  }
})

test.each([
  ['not confirmed', { status: 'F' }],
  ['not in the latest version', { status: 'P', snapshot: true }],
])('a critical value that comes late and is %s raises no alarm', (_, header) => {
  const newer = event(result([observation('F', '140', { key: 'NA' })], header), 2)
  const late = critical(1, 'P', 'P')
  expect(clinicalAlerts(late, dataAfter(newer, late))).toEqual([])
  expect(codes(clinicalAlerts(late, dataAfter(late)))).toHaveLength(1)
})

test('a high result raises no alarm, nor does an admission', () => {
  expect(clinicalAlerts(event(result([observation('F', '5.4', { flags: ['H'] })]), 0))).toEqual([])
  expect(clinicalAlerts(event(visit('PatientAdmitted', null), 0))).toEqual([])
})

test.each([
  { trigger: 'CANCELLED' },
  { availability: 'entered-in-error', status: 'D' },
  { completion: 'entered-in-error' },
])('a retracted document (%o) alerts its authors', (how) => {
  const alarms = clinicalAlerts(
    event(documentSent({ ...how, authors: [doctor('C3')] }), 0, { place: 'TXA[1]' }),
  )
  expect(codes(alarms)).toEqual([['DOCUMENT_RETRACTED', 'TXA[1]']])
  expect(alarms[0]?.tell[0]).toMatchObject({ role: 'AUTHOR', practitioner: { identifier: 'C3' } })
})

test.each([
  { trigger: 'ORIGINAL' },
  { trigger: 'ORIGINAL', availability: 'UN' },
  { availability: 'current', completion: 'final' },
])('a document that was not retracted (%o) raises no alarm', (how) =>
  expect(clinicalAlerts(event(documentSent(how), 0))).toEqual([]),
)

test('a retracted report alerts its requester and interpreter, and its values are no longer critical', () => {
  const alarms = clinicalAlerts(
    event(
      result([observation('F', '7.1', { flags: ['HH'] })], {
        status: 'entered-in-error',
        requesters: [doctor('C1')],
        interpreters: [doctor('C2')],
      }),
      0,
    ),
  )
  expect(codes(alarms)).toEqual([['RESULT_RETRACTED', 'OBR[1]']])
  expect(
    alarms[0]?.tell.map(({ role, practitioner }) => [role, practitioner?.identifier ?? null]),
  ).toEqual([
    ['REQUESTER', 'C1'],
    ['INTERPRETER', 'C2'],
    ['SENDER', null],
  ])
})

test.each([
  ['Composition', 'entered-in-error', ['DOCUMENT_RETRACTED']],
  ['Composition', 'final', []],
  ['CarePlan', 'entered-in-error', []],
])('a %s that is %s: %j', (resourceType, status, expected) => {
  expect(
    clinicalAlerts(
      event({ ...unsaid.ResourceReported(), resourceKey: 'R1', resourceType, status }, 0),
    ).map(({ code }) => code),
  ).toEqual(expected)
})
