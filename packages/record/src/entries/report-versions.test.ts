import type { Report } from '@tideway/schemas/documents/entry'
import type { Observation, PatientEvent, ResultReported } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evolveEntry } from './entry.ts'
import { event, observation, result } from './histories.fixture.ts'

type Entry = NonNullable<ReturnType<typeof evolveEntry>>

const folded = (events: readonly PatientEvent[]): Entry =>
  events.reduce<Entry | null>(evolveEntry, null) as Entry

/** The report after these; the same in every order and when each comes twice. */
const given = (...events: PatientEvent[]): Report => {
  const entry = folded(events)
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...events, ...events], {
        minLength: 2 * events.length,
        maxLength: 2 * events.length,
      }),
      (some) => expect(folded(some)).toEqual(entry),
    ),
    { numRuns: 20 },
  )
  return entry.data as Report
}

const told = (key: string, code: string | null, value: string | null, place = 'OBX[1]') =>
  observation(code, value, { key, place })

/** @param sent  minute of the message */
const oru = (
  sent: number,
  status: string | null,
  observations: Observation[],
  more: Partial<ResultReported> = {},
  place = 'OBR[1]',
): PatientEvent => event(result(observations, { status, ...more }), sent, { place })

const resource = (sent: number, status: string, observations: Observation[]): PatientEvent =>
  oru(
    sent,
    status,
    observations.map((one) => ({ ...one, place: `Bundle.entry[${one.key.length}].resource` })),
    {},
    'Bundle.entry[9].resource',
  )

const shown = ({ observations }: Report) =>
  Object.fromEntries(
    observations.map(({ key, status, valueFrom, reported, notCurrent }) => [
      key,
      [status, valueFrom === null ? null : reported[valueFrom]?.value, notCurrent].filter(
        (part) => part !== undefined,
      ),
    ]),
  )

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
  expect(shown(given(oru(0, 'X', []), first))).toEqual({ K: ['final', '5.1'], NA: ['final', '140'] })
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

test.each(['F', 'C'])('OBR-25 %s: a preliminary result it omits is not confirmed', (status) => {
  const preliminary = oru(1, 'P', [told('ORG|1', 'P', 'CNS'), told('GRAM', 'R', 'cocci')])
  expect(shown(given(preliminary, oru(2, status, [told('ORG|2', status, 'E. coli')])))).toEqual({
    'ORG|1': ['preliminary', 'CNS', 'not-confirmed'],
    GRAM: ['preliminary', 'cocci', 'not-confirmed'],
    'ORG|2': [status === 'F' ? 'final' : 'corrected', 'E. coli'],
  })
})

test.each(['P', 'R', 'A', 'M', 'S', 'I', 'O', 'N', 'Y', 'Q', null])(
  'OBR-25 %s is not final and confirms nothing',
  (status) => {
    expect(
      shown(given(oru(1, 'P', [told('K', 'P', '5.1')]), oru(2, status, [told('NA', 'P', '140')]))),
    ).toEqual({ K: ['preliminary', '5.1'], NA: ['preliminary', '140'] })
  },
)

test('a result that is final stays, whatever a later final report omits', () => {
  expect(shown(given(first, oru(2, 'F', [told('UREA', 'F', '7')])))).toEqual({
    K: ['final', '5.1'],
    NA: ['final', '140'],
    UREA: ['final', '7'],
  })
})

test('a preliminary value that follows a final one does not undo it, and is not asked to be confirmed', () => {
  const late = oru(2, 'P', [told('K', 'P', '9.9')])
  expect(shown(given(first, late, oru(3, 'F', [told('NA', 'F', '141')])))).toEqual({
    K: ['final', '5.1'],
    NA: ['final', '141'],
  })
})

test('U in the final report confirms the preliminary value', () => {
  const preliminary = oru(1, 'P', [told('K', 'P', '5.1'), told('NA', 'P', '140', 'OBX[2]')])
  expect(shown(given(preliminary, oru(2, 'F', [told('K', 'U', null)])))).toEqual({
    K: ['final', '5.1'],
    NA: ['preliminary', '140', 'not-confirmed'],
  })
})

test('a result stated again after the final report that omits it is current', () => {
  const [preliminary, final] = [oru(1, 'P', [told('K', 'P', '5.1')]), oru(2, 'F', [])]
  expect(shown(given(preliminary, final))).toEqual({ K: ['preliminary', '5.1', 'not-confirmed'] })
  expect(shown(given(preliminary, final, oru(3, 'P', [told('K', 'P', '5.2')])))).toEqual({
    K: ['preliminary', '5.2'],
  })
})

test('a value without a status is as preliminary as its report', () => {
  const final = oru(2, 'F', [told('NA', 'F', '140')])
  expect(shown(given(oru(1, 'P', [told('K', null, '5.1')]), final))['K']).toEqual([
    'unknown',
    '5.1',
    'not-confirmed',
  ])
  for (const status of ['F', null])
    expect(shown(given(oru(1, status, [told('K', null, '5.1')]), final))['K']).toEqual([
      'unknown',
      '5.1',
    ])
})

test('what a snapshot omits is not in the latest version; what comes later is', () => {
  const snapshot = oru(2, 'F', [told('K', 'F', '5.1')], { snapshot: true })
  expect(shown(given(first, snapshot))).toEqual({
    K: ['final', '5.1'],
    NA: ['final', '140', 'not-in-latest-version'],
  })
  expect(shown(given(first, snapshot, oru(3, 'F', [told('NA', 'F', '140')])))).toEqual({
    K: ['final', '5.1'],
    NA: ['final', '140'],
  })
})

test('a DiagnosticReport is a snapshot unless its source is incremental', () => {
  const said = resource(1, 'final', [told('K', 'F', '5.1'), told('NA', 'F', '140')])
  const later = resource(2, 'amended', [told('K', 'F', '5.2')])
  expect(shown(given(said, later))['NA']).toEqual(['final', '140', 'not-in-latest-version'])
  const incremental = { ...later, body: { ...(later.body as ResultReported), snapshot: false } }
  expect(shown(given(said, incremental as PatientEvent))['NA']).toEqual(['final', '140'])
})

test('a snapshot says nothing of what another source, or the other standard, sent', () => {
  const snapshot = oru(2, 'F', [told('K', 'F', '5.1')], { snapshot: true })
  for (const other of [{ ...first, source: 'RJ1' }, resource(1, 'final', [told('NA', 'F', '140')])])
    expect(shown(given(other, snapshot))['NA']).toEqual(['final', '140'])
})

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
  const after = evolveEntry(stored, oru(3, 'F', [told('UREA', 'F', '7')]))
  expect(shown(after?.data as Report)).toEqual({ ...cancelled, UREA: ['final', '7'] })
})
