import { given } from '@tideway/hl7-ingest/normalise/normalise.fixture'
import { patient } from '@tideway/record/entries/histories.fixture'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reportIn, storedAfter } from './match-observation.fixture.ts'

type Sent = { part?: string; value?: string; status?: string; day?: string }

/** OBR, with an observation if there is a value; a part is a specimen, `@1` an isolate. */
const orderOf = ({ part = '', value = '', status = 'F', day = '20260901090000' }: Sent) => {
  const [specimen = '', isolate = ''] = part.split('@')
  const [number = '', kind = ''] = specimen.split('/')
  return [
    `OBR|1|P1|H1|HIST^Histology|||${day}${'|'.repeat(17)}SP|${status}|${isolate && `ORG&Organism^${isolate}`}`,
    ...(value === '' ? [] : [`OBX|1|ST|DX^Diagnosis||${value}||||||${status}`]),
    ...(specimen === '' ? [] : [`SPM|1|${number && `^${number}`}||${kind || 'TISS'}`]),
  ]
}

/** A message of the nth day. */
const message = (nth: number, ...orders: Sent[]): PatientEvent[] => {
  const at = `202609${String(nth + 1).padStart(2, '0')}093000`
  const { events, problem } = given(
    [
      `MSH|^~\\&|LIS|X99|TW|REG|${at}||ORU^R01|P${nth}|P|2.5.1`,
      'PID|1||2002^^^X99^MR||TESTCASE^ADA||19700101|F',
      ...orders.flatMap(orderOf),
    ].join('\r'),
  )
  expect(problem).toBeNull()
  return events
    .filter(({ body }) => body.type === 'ResultReported')
    .map((one) => ({
      ...one,
      patientKey: patient,
      receivedAt: one.receivedAt + nth * 86_400_000_000,
    }))
}

const valuesOf = (entry: Entry) =>
  reportIn(entry).observations.map(({ valueFrom, status, reported }) =>
    valueFrom === null ? status : `${reported[valueFrom]?.value} ${status}`,
  )

/** Of each report status, values, and what may have become of it; without its key. */
const shown = (stored: ReadonlyMap<string, Entry>): string[] =>
  [...stored.values()]
    .map((entry) =>
      [
        reportIn(entry).status,
        ...valuesOf(entry),
        entry.inDoubt === undefined ? '' : entry.inDoubt.withdraws ? 'withdrawn?' : 'changed?',
        entry.aboutOneOf === undefined ? '' : `of ${entry.aboutOneOf.length}`,
      ]
        .filter((word) => word !== '')
        .join(', '),
    )
    .toSorted()

const ordersOf = <T>(all: readonly T[]): T[][] =>
  all.length < 2
    ? [[...all]]
    : all.flatMap((one, index) => ordersOf(all.toSpliced(index, 1)).map((rest) => [one, ...rest]))

/** The same in every order of arrival, told twice, in batches of any size. */
const reportsAfter = (...messages: PatientEvent[][]): string[] => {
  const expected = shown(storedAfter(messages.flat(), 50))
  for (const order of ordersOf(messages))
    for (const batch of [1, 2, 50]) {
      expect(shown(storedAfter(order.flat(), batch))).toEqual(expected)
      expect(shown(storedAfter([...order, ...order].flat(), batch))).toEqual(expected)
    }
  return expected
}

const [a, b] = [
  { part: 'S1', value: 'Benign' },
  { part: 'S2', value: 'Melanoma' },
]

test('a cancellation that names neither of two specimens cancels none, and marks both', () => {
  const expected = [
    'cancelled, of 2',
    'final, Benign final, withdrawn?',
    'final, Melanoma final, withdrawn?',
  ]
  const cancelled = { status: 'X' }
  expect(reportsAfter(message(1, a), message(2, b), message(3, cancelled))).toEqual(expected)
  expect(reportsAfter(message(1, a, b), message(3, cancelled))).toEqual(expected)
})

test('so does one of two isolates, and a correction of a value', () => {
  const [one, two] = [
    { part: '@1', value: 'R' },
    { part: '@2', value: 'S' },
  ]
  expect(reportsAfter(message(1, one), message(2, two), message(3, { status: 'X' }))).toEqual([
    'cancelled, of 2',
    'final, R final, withdrawn?',
    'final, S final, withdrawn?',
  ])
  const corrected = { value: 'Naevus', status: 'C' }
  expect(reportsAfter(message(1, a), message(2, b), message(3, corrected))).toEqual([
    'corrected, Naevus corrected, of 2',
    'final, Benign final, changed?',
    'final, Melanoma final, changed?',
  ])
})

test('a message is about the only specimen that was told of until it was made', () => {
  expect(reportsAfter(message(1, a), message(2, { status: 'X' }), message(3, b))).toEqual([
    'cancelled, cancelled',
    'final, Melanoma final',
  ])
  expect(
    reportsAfter(message(1, { value: 'Pending', status: 'P' }), message(2, a), message(3, b)),
  ).toEqual(['final, Benign final', 'final, Melanoma final'])
})

test('a report stated again is in doubt no more; a specimen named is cancelled alone', () => {
  expect(
    reportsAfter(message(1, a), message(2, b), message(3, { status: 'X' }), message(4, a)),
  ).toEqual(['cancelled, of 2', 'final, Benign final', 'final, Melanoma final, withdrawn?'])
  expect(
    reportsAfter(message(1, a), message(2, b), message(3, { part: 'S2', status: 'X' })),
  ).toEqual(['cancelled, cancelled', 'final, Benign final'])
})

test('one that names only what both specimens are is about neither', () => {
  expect(
    reportsAfter(
      message(1, { part: 'S1/SKIN', value: 'Benign' }),
      message(2, { part: 'S2/SKIN', value: 'Melanoma' }),
      message(3, { part: '/SKIN', status: 'X' }),
    ),
  ).toEqual([
    'cancelled, of 2',
    'final, Benign final, withdrawn?',
    'final, Melanoma final, withdrawn?',
  ])
})

test('the day of collection tells which specimen a message without one is about', () => {
  const later = { ...b, day: '20260401090000' }
  expect(
    reportsAfter(
      message(1, a),
      message(2, later),
      message(3, { status: 'X', day: '20260401090000' }),
    ),
  ).toEqual(['cancelled, cancelled', 'final, Benign final'])
})

test('a number used again: what names no day marks each report it may be about', () => {
  const [first, second] = [
    { value: '5.1', day: '20260301090000' },
    { value: '6.9', day: '20260801090000' },
  ]
  expect(
    reportsAfter(message(1, first), message(2, second), message(3, { status: 'X', day: '' })),
  ).toEqual(['cancelled, of 2', 'final, 5.1 final, withdrawn?', 'final, 6.9 final, withdrawn?'])
})

test('a specimen that is cancelled marks what is known by its isolate alone', () => {
  const [specimen, isolate] = [
    { part: 'S1', value: 'Growth' },
    { part: '@1', value: 'R' },
  ]
  expect(
    reportsAfter(
      message(1, specimen),
      message(2, isolate),
      message(3, { part: 'S1', status: 'X' }),
    ),
  ).toEqual(['cancelled, cancelled, of 1', 'final, R final, withdrawn?'])
})

/** What may be about several; without a day, so that what is said on each day is kept. */
const vague = fc.constantFrom('', '', 'S1', '/SKIN', '@1').map((part) => ({ part, day: '' }))
const named = fc.record({
  part: fc.constantFrom('S2/SKIN', 'S1@1', 'S1@2', '@2'),
  day: fc.constantFrom('', '20260901090000'),
})
const anySent = fc
  .record({
    of: fc.oneof(vague, named),
    value: fc.constantFrom('', 'Benign', 'Melanoma'),
    status: fc.constantFrom('P', 'F', 'C', 'X'),
  })
  .map(({ of, ...said }) => ({ ...of, ...said }))

const anyHistory = fc
  .array(fc.array(anySent, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 6 })
  .chain((all) =>
    fc.record({
      all: fc.constant(all),
      order: fc.shuffledSubarray([...all.keys()], { minLength: all.length }),
      batch: fc.integer({ min: 1, max: 4 }),
    }),
  )

test('any messages give the same reports in any order of arrival', () => {
  fc.assert(
    fc.property(anyHistory, ({ all, order, batch }) => {
      const messages = all.map((orders, nth) => message(nth, ...orders))
      expect(
        shown(
          storedAfter(
            order.flatMap((nth) => messages[nth] ?? []),
            batch,
          ),
        ),
      ).toEqual(shown(storedAfter(messages.flat(), 50)))
    }),
    { numRuns: 300 },
  )
})

test('no message that names no specimen changes what another specimen says', () => {
  fc.assert(
    fc.property(fc.array(anySent, { maxLength: 3 }), (said) => {
      const messages = said.map((one, nth) => message(nth + 3, { ...one, part: '' }))
      const after = shown(storedAfter([message(1, a, b), ...messages].flat(), 3))
      expect(after.filter((one) => one.startsWith('final, Benign final'))).not.toEqual([])
      expect(after.filter((one) => one.startsWith('final, Melanoma final'))).not.toEqual([])
    }),
  )
})
