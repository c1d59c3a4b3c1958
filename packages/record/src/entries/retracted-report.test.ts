import type { Report } from '@tideway/schemas/documents/entry'
import { expect, test } from 'vitest'
import { evolveEntry } from './entry.ts'
import { folded, given, oru, resource, shown, told } from './report-history.fixture.ts'
import { asStoredBefore } from './settle-in-report.ts'

const first = oru(1, 'F', [told('K', 'F', '5.1'), told('NA', 'F', '140', 'OBX[2]')])
const cancelled = { K: ['cancelled', null], NA: ['cancelled', null] }

test.each([
  ['without any', []],
  ['with some of them', [told('K', 'X', null)]],
  ['with final ones', [told('K', 'F', '5.1'), told('NA', 'F', '140', 'OBX[2]')]],
])('a cancelled report leaves no value, %s', (_, observations) => {
  const report = given(first, oru(2, 'X', observations))
  expect(report.status).toBe('cancelled')
  expect(shown(report)).toEqual(cancelled)
})

test('only what is stated after the cancellation stands again', () => {
  const again = oru(3, 'C', [told('K', 'C', '4.9')])
  const report = given(first, oru(2, 'X', []), again)
  expect(report.status).toBe('corrected')
  expect(shown(report)).toEqual({ K: ['corrected', '4.9'], NA: ['cancelled', null] })
  expect(shown(given(first, oru(2, 'X', []), oru(3, 'F', [])))).toEqual(cancelled)
})

test('a value stated after the cancellation in a message without OBR-25 stands; the report is not cancelled', () => {
  const report = given(first, oru(2, 'X', []), oru(3, null, [told('K', 'F', '4.9')]))
  expect([report.status, report.statusAsSent]).toEqual(['unknown', null])
  expect(shown(report)).toEqual({ K: ['final', '4.9'], NA: ['cancelled', null] })
})

test('a cancellation older than a value changes nothing of it', () => {
  expect(shown(given(oru(0, 'X', []), first))).toEqual({
    K: ['final', '5.1'],
    NA: ['final', '140'],
  })
})

test.each(['U', 'V'])('%s after a cancellation does not bring the value back', (code) => {
  const report = given(
    oru(1, 'P', [told('K', 'P', '5.1')]),
    oru(2, 'X', []),
    oru(3, 'F', [told('K', code, null)]),
  )
  expect(shown(report)).toEqual({ K: ['cancelled', null] })
})

test('a value of another patient stays so in a cancelled report', () => {
  const wrong = oru(2, 'C', [told('K', 'W', null)])
  expect(shown(given(first, wrong, oru(3, 'X', [])))).toEqual({
    K: ['wrong-patient', null],
    NA: ['cancelled', null],
  })
})

test.each(['cancelled', 'entered-in-error'])(
  'a DiagnosticReport %s retracts all its results, listed or not',
  (status) => {
    const said = resource(1, 'final', [told('K', 'F', '5.1'), told('NA', 'F', '140')])
    expect(shown(given(said, resource(2, status, [told('K', 'F', '5.1')])))).toEqual({
      K: [status, null],
      NA: [status, null],
    })
  },
)

test('an entry of an earlier release: its cancellation holds once another message comes', () => {
  const { data, ...entry } = folded([first, oru(2, 'X', [])])
  const { versions: _, ...report } = data as Report
  const stored = {
    ...entry,
    data: {
      ...report,
      observations: report.observations.map((one) => ({ ...one, status: 'final', valueFrom: 0 })),
    } as Report,
  }
  expect(shown(asStoredBefore(stored.data))).toEqual(cancelled)
  const after = evolveEntry(stored, oru(3, 'F', [told('UREA', 'F', '7')]))
  expect(shown(after?.data as Report)).toEqual({ ...cancelled, UREA: ['final', '7'] })
})
