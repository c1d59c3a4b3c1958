import { given } from '@tideway/hl7-ingest/normalise/normalise.fixture'
import { patient } from '@tideway/record/entries/histories.fixture'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { reportIn, storedAfter } from './match-observation.fixture.ts'

const message = (hour: number, ...segments: string[]): PatientEvent[] => {
  const { events, problem } = given(
    [
      `MSH|^~\\&|LIS|X99|TW|REG|202609010${hour}0000||ORU^R01|P${hour}|P|2.5.1`,
      'PID|1||2002^^^X99^MR||TESTCASE^ADA||19700101|F',
      ...segments,
    ].join('\r'),
  )
  expect(problem).toBeNull()
  return events
    .filter(({ body }) => body.type === 'ResultReported')
    .map((one) => ({ ...one, patientKey: patient, receivedAt: one.receivedAt + hour * 60_000_000 }))
}

const line = (value: string, status: string) => `OBX|1|TX|DX^Diagnosis||${value}||||||${status}`
const biopsy = (specimen: string, value: string, status = 'F') => [
  `OBR|1|P1|H1|HIST^Skin biopsy|||20260901090000||||||||${specimen}|||||||||SP|${status}`,
  line(value, status),
]
const withSpecimen = (number: string, value: string, status = 'F') => [
  `OBR|1|P1|H1|HIST^Skin biopsy|||20260901090000||||||||||||||||||${status}`,
  line(value, status),
  `SPM|1|^${number}||TISS`,
]
const isolate = (number: string, value: string, status = 'F') => [
  `OBR|1|P1|M1|SUSC^Sensitivities|||20260901090000|||||||||||||||||MB|${status}|ORG&Organism^${number}`,
  `OBX|1|ST|CIP^Ciprofloxacin||${value}||||||${status}`,
]

/** Observations by report, whatever the report's key: in any order of arrival and batch size. */
const shownAfter = (...messages: PatientEvent[][]) => {
  const shown = (order: PatientEvent[][], batch: number) =>
    [...storedAfter(order.flat(), batch).values()]
      .map((entry) =>
        reportIn(entry).observations.map(({ status, valueFrom, reported }) => [
          valueFrom === null ? null : reported[valueFrom]?.value,
          status,
          reported.map(({ value }) => value).filter((_, index) => index !== valueFrom),
        ]),
      )
      .map((observations) => JSON.stringify(observations))
      .toSorted()
      .map((observations) => JSON.parse(observations) as unknown)
  const expected = shown(messages, 9)
  for (const order of [messages, messages.toReversed(), [...messages, ...messages]])
    for (const batch of [1, 2]) expect(shown(order, batch)).toEqual(expected)
  return expected
}

test('the second of two specimens, corrected alone, is the one that is corrected', () => {
  const [a, b] = ['A^Left arm', 'B^Right calf']
  expect(
    shownAfter(
      message(1, ...biopsy(a, 'Benign'), ...biopsy(b, 'Dysplastic naevus')),
      message(2, ...biopsy(b, 'Malignant melanoma', 'C')),
    ),
  ).toEqual([
    [['Benign', 'final', []]],
    [['Malignant melanoma', 'corrected', ['Dysplastic naevus']]],
  ])
})

test('so is one told apart by its specimen number, and one withdrawn', () => {
  const both = message(1, ...withSpecimen('S1', 'Benign'), ...withSpecimen('S2', 'Naevus'))
  expect(shownAfter(both, message(2, ...withSpecimen('S2', 'Melanoma', 'C')))).toEqual([
    [['Benign', 'final', []]],
    [['Melanoma', 'corrected', ['Naevus']]],
  ])
  expect(shownAfter(both, message(2, ...withSpecimen('S2', 'Naevus', 'W')))).toEqual([
    [['Benign', 'final', []]],
    [[null, 'wrong-patient', ['Naevus', 'Naevus']]],
  ])
})

test('specimens of one number and service, a message each, are reports of their own', () => {
  expect(
    shownAfter(
      message(1, ...withSpecimen('S1', 'Benign')),
      message(2, ...withSpecimen('S2', 'Naevus')),
      message(3, ...withSpecimen('S2', 'Melanoma', 'C')),
    ),
  ).toEqual([[['Benign', 'final', []]], [['Melanoma', 'corrected', ['Naevus']]]])
})

test('sensitivities of a second isolate, sent alone, do not replace those of the first', () => {
  expect(
    shownAfter(
      message(1, ...isolate('1', 'R'), ...isolate('2', 'S')),
      message(2, ...isolate('2', 'I', 'C')),
    ),
  ).toEqual([[['I', 'corrected', ['S']]], [['R', 'final', []]]])
  expect(shownAfter(message(1, ...isolate('1', 'R')), message(2, ...isolate('2', 'S')))).toEqual([
    [['R', 'final', []]],
    [['S', 'final', []]],
  ])
})

test('a report of one specimen is the same report where a message leaves the specimen out', () => {
  expect(
    shownAfter(
      message(1, ...biopsy('', 'Pending', 'P')),
      message(2, ...biopsy('A^Left arm', 'Benign')),
      message(3, ...biopsy('', 'Benign', 'W')),
    ),
  ).toEqual([[[null, 'wrong-patient', ['Pending', 'Benign', 'Benign']]]])
})

test('a correction that names neither of two specimens stands beside both', () => {
  expect(
    shownAfter(
      message(1, ...biopsy('A', 'Benign'), ...biopsy('B', 'Naevus')),
      message(2, ...biopsy('', 'Melanoma', 'C')),
    ),
  ).toEqual([[['Benign', 'final', []]], [['Melanoma', 'corrected', []]], [['Naevus', 'final', []]]])
})

test('two orders of one number, service and specimen in one message stay two reports', () => {
  expect(shownAfter(message(1, ...biopsy('A', 'Benign'), ...biopsy('A', 'Naevus')))).toEqual([
    [['Benign', 'final', []]],
    [['Naevus', 'final', []]],
  ])
})
