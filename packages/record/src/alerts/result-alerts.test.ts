import { expect, test } from 'vitest'
import { evolveEntry } from '../entries/entry.ts'
import { event, observation, result } from '../entries/histories.fixture.ts'
import { clinicalAlerts } from './clinical-alerts.ts'

const codes = (alarms: ReturnType<typeof clinicalAlerts>) =>
  alarms.map(({ code, place }) => [code, place])
const critical = (sent: number, status: string) =>
  event(result([observation('F', '7.1', { flags: ['HH'] })], { status }), sent)
const dataAfter = (...events: ReturnType<typeof event>[]) =>
  events.reduce<ReturnType<typeof evolveEntry>>(evolveEntry, null)?.data ?? null

const inWords = (code: string, text: string, sent = 2) =>
  event(result([observation(code, text, { flags: ['HH'] })], { status: 'C' }), sent)

test.each(['Wrong patient', 'Specimen mislabelled'])(
  'a correction that says "%s" raises the alarm for a result of the wrong patient',
  (text) => {
    const [value, words] = [critical(1, 'F'), inWords('C', text)]
    const alarm = [['WRONG_PATIENT', 'OBX[1]']]
    expect(codes(clinicalAlerts(words, dataAfter(value, words)))).toEqual(alarm)
    expect(codes(clinicalAlerts(words, dataAfter(words)))).toEqual(alarm)
    expect(codes(clinicalAlerts(value, dataAfter(words, value)))).toEqual([])
  },
)

test.each(['F', 'X', 'D'])(
  '%s that says so raises it where there is a value before it, once, whichever comes first',
  (code) => {
    const [value, words] = [critical(1, 'F'), inWords(code, 'Wrong patient')]
    expect(codes(clinicalAlerts(words, dataAfter(words)))).toEqual([])
    for (const last of [words, value]) {
      const data = dataAfter(...[value, words].filter((one) => one !== last), last)
      const alarms = clinicalAlerts(last, data)
      expect(codes(alarms)).toEqual([['WRONG_PATIENT', 'OBX[1]']])
      expect(alarms[0]?.message).toBe(words.messageId)
    }
  },
)

test('a correction in error of nobody else, or that denies it, raises none', () => {
  const value = critical(1, 'F')
  for (const text of ['Entered in error', 'No evidence of wrong patient']) {
    const words = event(result([observation('C', text)]), 2)
    expect(clinicalAlerts(words, dataAfter(value, words))).toEqual([])
  }
})

test('a new critical value whose note withdraws the one before is alerted', () => {
  const value = event(result([observation('F', '3.9')]), 1)
  const next = observation('C', '7.1', {
    flags: ['HH'],
    notes: ['Previous result reported in error'],
  })
  const words = event(result([next]), 2)
  expect(codes(clinicalAlerts(words, dataAfter(value, words)))).toEqual([
    ['CRITICAL_RESULT', 'OBX[1]-8'],
  ])
})
