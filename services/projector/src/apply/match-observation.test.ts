import type { Entry, Report, ReportObservation } from '@tideway/schemas/documents/entry'
import type { Observation, PatientEvent } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  bundle,
  observation as resource,
  patient as person,
  read,
  subject,
  system,
} from '@tideway/fhir-ingest/sender.fixture'
import { numbered } from '@tideway/fhir-ingest/values/observation'
import { folds } from './apply-events.ts'
import { event, observation, patient, result } from '@tideway/record/entries/histories.fixture'
import { shuffled } from '@tideway/record/entries/random-histories.fixture'
import { type Loaded, project, touchedBy } from './project.ts'

const reportIn = (entry: Entry | undefined) => entry?.data as Report

/**
 * What is stored once these events came, in batches of this size; a batch knows only what the store
 * would load for it.
 */
const storedAfter = (events: readonly PatientEvent[], batch: number): Map<string, Entry> => {
  const stored = new Map<string, Entry>()
  for (let from = 0; from < events.length; from += batch) {
    const arrivals = events.slice(from, from + batch).map((of, index) => ({
      patient,
      offset: from + index,
      event: of,
      record: Buffer.alloc(0),
      messageId: of.messageId,
      eventId: of.id,
      source: of.source,
      traceparent: null,
    }))
    const { entries: ids, alone } = touchedBy(arrivals)
    const entries = new Map(
      [...stored].filter(
        ([id, { holds }]) => ids.includes(id) || holds?.some((one) => alone.includes(one)),
      ),
    )
    const loaded: Loaded = { heads: new Map(), entries, applied: new Map(), held: new Map() }
    for (const { entries: changed } of project(0, arrivals, loaded, folds, new Date(0)))
      for (const entry of changed) {
        expect(entry.version).toBe((stored.get(entry._id)?.version ?? 0) + 1)
        stored.set(entry._id, entry)
      }
  }
  return stored
}

const shownIn = ({ key, status, valueFrom, reported }: ReportObservation) => [
  key,
  status,
  valueFrom === null ? null : reported[valueFrom]?.value,
]
const shown = (stored: ReadonlyMap<string, Entry>) =>
  Object.fromEntries(
    [...stored.values()].map((entry) => [
      reportIn(entry).reportId,
      reportIn(entry).observations.map(shownIn),
    ]),
  )

/** Each sent a minute after the one before it. */
const sent = (...messages: object[]): PatientEvent[] =>
  messages.flatMap((one, minute) => {
    const { faults, events } = read({
      ...one,
      timestamp: new Date(Date.UTC(2026, 6, 1, 9, minute)).toISOString(),
    })
    expect(faults).toEqual([])
    return events
      .map((of) => ({
        ...of,
        patientKey: patient,
        receivedAt: Date.UTC(2026, 6, 1, 10, minute) * 1000,
      }))
      .filter(({ body }) => body.type === 'ResultReported')
  })

const whose = { fullUrl: 'urn:uuid:p', resource: person() }
const reported = (observations: object[], more: object = {}, number = 'L1') => {
  const entries = observations.map((one, index) => ({
    fullUrl: `https://x99.example/fhir/Observation/${(one as { id?: string }).id ?? index}`,
    resource: one,
  }))
  const report = {
    resourceType: 'DiagnosticReport',
    status: 'final',
    identifier: [{ system: system('X99', 'report'), value: number }],
    code: { text: 'U&E' },
    subject,
    result: entries.map(({ fullUrl }) => ({ reference: fullUrl })),
    ...more,
  }
  return bundle('collection', whose, { resource: report }, ...entries)
}
const alone = (one: object) => bundle('collection', whose, { resource: one })
const potassium = (value: string, more: object = {}) =>
  resource('K', { valueString: value }, { id: 'o1', ...more })
const pressure = (...parts: string[]) =>
  resource(
    'BP',
    {
      component: parts.map((value, index) => ({
        code: { coding: [{ code: ['SYS', 'DIA'][index] }] },
        valueString: value,
      })),
    },
    { id: 'o1' },
  )
const back = { status: 'entered-in-error' }
const K = 'K||1'
const [R, O] = ['L1^U&E', '~Observation/o1']

/** The same whichever comes first, alone or with others. */
const inAnyOrder = (messages: object[], expected: object) => {
  const events = sent(...messages)
  for (const order of [events, events.toReversed(), [...events, ...events]])
    for (const batch of [1, 2, 9]) expect(shown(storedAfter(order, batch))).toEqual(expected)
}

test('a value that is taken back where it is told of by itself does not stand in a report that holds it, by its id or its number', () => {
  inAnyOrder([reported([potassium('6.9')]), alone(potassium('6.9', back))], {
    [R]: [[K, 'entered-in-error', null]],
    [O]: [[K, 'entered-in-error', null]],
  })
  const number = { id: 'other', identifier: [{ value: 'K1' }] }
  inAnyOrder(
    [reported([potassium('6.9', number)]), alone(potassium('6.9', { ...number, ...back }))],
    { [R]: [[K, 'entered-in-error', null]], K1: [[K, 'entered-in-error', null]] },
  )
})

test.each([
  ['corrected', 'corrected'],
  ['amended', 'amended'],
  ['corrected', 'corrected'],
  ['final', 'final'],
])('one that is %s has the newer value in both, and what was there stays', (status, expected) => {
  const messages = [reported([potassium('6.9')]), alone(potassium('4.1', { status }))]
  inAnyOrder(messages, { [R]: [[K, expected, '4.1']], [O]: [[K, expected, '4.1']] })
  const [observed] = reportIn(
    storedAfter(sent(...messages), 1).get(`${patient}|report|${R}`),
  ).observations
  expect(observed?.reported.map(({ value, elsewhere }) => [value, elsewhere])).toEqual([
    ['6.9', undefined],
    ['4.1', true],
  ])
})

test('what a report corrects or takes back does not stand where it was told of by itself', () => {
  inAnyOrder([alone(potassium('6.9')), reported([potassium('4.1', { status: 'corrected' })])], {
    [R]: [[K, 'corrected', '4.1']],
    [O]: [[K, 'corrected', '4.1']],
  })
  inAnyOrder([alone(potassium('6.9')), reported([potassium('6.9', back)])], {
    [R]: [[K, 'entered-in-error', null]],
    [O]: [[K, 'entered-in-error', null]],
  })
})

test('a newer word of the report stands against an older one taken back', () => {
  inAnyOrder(
    [reported([potassium('6.9')]), alone(potassium('6.9', back)), reported([potassium('4.1')])],
    { [R]: [[K, 'final', '4.1']], [O]: [[K, 'entered-in-error', null]] },
  )
})

test('of an observation with parts the whole is taken back, and a part that a correction leaves out has no value', () => {
  const [systolic, diastolic] = ['SYS|BP|1', 'DIA|BP|1']
  const gone = [
    [diastolic, 'entered-in-error', null],
    [systolic, 'entered-in-error', null],
  ]
  const bare = resource('BP', {}, { id: 'o1', ...back })
  inAnyOrder([reported([pressure('120', '80')]), alone(bare)], {
    [R]: gone,
    [O]: [['BP||1', 'entered-in-error', null]],
  })
  inAnyOrder([alone(pressure('120', '80')), reported([bare])], {
    [R]: [['BP||1', 'entered-in-error', null]],
    [O]: gone,
  })
  expect(
    shown(storedAfter(sent(reported([pressure('120', '80')]), reported([bare])), 1))[R],
  ).toEqual([...gone, ['BP||1', 'entered-in-error', null]])
  inAnyOrder(
    [reported([pressure('120', '80')]), alone({ ...pressure('125'), status: 'corrected' })],
    {
      [R]: [
        [diastolic, 'corrected', null],
        [systolic, 'corrected', '125'],
      ],
      [O]: [[systolic, 'corrected', '125']],
    },
  )
})

test('parts rank by when their observation was issued, as it does, and not by when a report of it was', () => {
  const issued = { issued: '2026-07-01T08:00:00Z' }
  const whole = { ...pressure('120', '80'), ...issued, note: [{ text: 'Sitting' }] }
  const messages = sent(
    reported([whole], { issued: '2026-07-01T08:30:00Z' }),
    alone({ ...whole, ...back }),
  )
  for (const order of [messages, messages.toReversed()])
    expect(shown(storedAfter(order, 1))[R]).toEqual(
      [K, 'DIA|BP|1', 'SYS|BP|1'].map((key) => [key.replace('K', 'BP'), 'entered-in-error', null]),
    )
})

test('in a report of several the one that is meant is, though it has another place there', () => {
  const [first, second] = [
    resource('K', { valueString: '1' }, { id: 'a' }),
    resource('K', { valueString: '2' }, { id: 'b' }),
  ]
  const stored = storedAfter(sent(reported([first, second]), alone({ ...second, ...back })), 1)
  expect(shown(stored)[R]).toEqual([
    [K, 'final', '1'],
    ['K||2', 'entered-in-error', null],
  ])
})

test('one that its report takes back alone has another place there, and does not stand in the first', () => {
  const [first, second] = [potassium('1'), potassium('2', { id: 'b' })]
  const stored = storedAfter(sent(reported([first, second]), reported([{ ...second, ...back }])), 1)
  expect(shown(stored)[R]).toContainEqual(['K||2', 'entered-in-error', null])
})

test('one that another took the place of in its report is no longer meant there', () => {
  const other = potassium('2', { id: 'b' })
  inAnyOrder(
    [
      reported([potassium('1')]),
      reported([other]),
      alone(potassium('9', { status: 'corrected' })),
      alone(other),
    ],
    {
      [R]: [[K, 'final', '2']],
      [O]: [[K, 'corrected', '9']],
      '~Observation/b': [[K, 'final', '2']],
    },
  )
})

test('two reports that hold it do not speak for each other, and both hear of what is said of it by itself', () => {
  const two = [reported([potassium('6.9')]), reported([potassium('5')], {}, 'L2')]
  inAnyOrder(two, { [R]: [[K, 'final', '6.9']], 'L2^U&E': [[K, 'final', '5']] })
  inAnyOrder([...two, alone(potassium('5', back))], {
    [R]: [[K, 'entered-in-error', null]],
    'L2^U&E': [[K, 'entered-in-error', null]],
    [O]: [[K, 'entered-in-error', null]],
  })
})

test('a report that is taken back takes its values with it; one told of by itself stands', () => {
  const messages = [
    reported([potassium('6.9')]),
    alone(potassium('6.9')),
    reported([potassium('6.9')], back),
  ]
  inAnyOrder(messages, { [R]: [[K, 'entered-in-error', null]], [O]: [[K, 'final', '6.9']] })
})

test('what does not tell one observation from another brings none together', () => {
  const same = { identifier: [{ value: 'L1' }] }
  const sodium = resource('NA', { valueString: '140' }, { id: 'o2', ...same })
  expect(
    shown(
      storedAfter(
        sent(
          reported([potassium('6.9', same), sodium]),
          alone(potassium('6.9', { ...same, ...back })),
        ),
        1,
      ),
    )[R],
  ).toEqual([
    [K, 'final', '6.9'],
    ['NA||1', 'final', '140'],
  ])
  const contained = { ...potassium('6.9'), subject: undefined }
  const within = reported([], { contained: [contained], result: [{ reference: '#o1' }] })
  expect(shown(storedAfter(sent(within, alone(potassium('6.9', back))), 1))[R]).toEqual([
    [K, 'final', '6.9'],
  ])
})

test('a report that goes on with ever new observations holds no more than it keeps', () => {
  const stored = storedAfter(
    Array.from({ length: 130 }, (_, n) =>
      event(
        result([observation('F', String(n), { ownReportId: `~Observation/${n}`, ownKey: 'K' })]),
        n,
      ),
    ),
    10,
  )
  expect(stored.get(`${patient}|report|R1`)?.holds).toHaveLength(100)
})

test('however often it is told of by itself, its report still knows it', () => {
  const named = { ownReportId: 'o1', ownKey: 'K' }
  const often = Array.from({ length: 150 }, (_, n) =>
    event(result([observation('F', String(n), named)], { reportId: 'o1' }), n + 1),
  )
  const stored = storedAfter(
    [
      event(result([observation('F', '6.9', named)]), 0),
      ...often,
      event(result([observation('D', null, named)], { reportId: 'o1' }), 200),
    ],
    10,
  )
  expect(shown(stored)).toEqual({
    R1: [['K', 'entered-in-error', null]],
    o1: [['K', 'entered-in-error', null]],
  })
})

const codes = fc.constantFrom('F', 'F', 'P', 'C', 'D', 'X', 'O', null)
const parts = fc.subarray(['BP||1', 'SYS|BP|1', 'DIA|BP|1'], { minLength: 1 })
const one = fc
  .record({
    of: fc.constantFrom('o1', 'o2'),
    code: codes,
    value: fc.constantFrom('1', '2', '3'),
    keys: parts,
  })
  .map(({ of, code, value, keys }) =>
    keys.map(
      (key, index): Observation =>
        observation(code, code === 'D' ? null : value, {
          key,
          ownReportId: of,
          ownKey: key,
          place: `Bundle.entry[${of}].resource.component[${index}]`,
        }),
    ),
  )
const toldAlone = one.map((observations) =>
  result(observations, {
    reportId: observations[0]?.ownReportId as string,
    status: observations[0]?.status === 'D' ? 'entered-in-error' : null,
  }),
)
const toldInReport = fc
  .record({
    observations: fc.uniqueArray(
      fc.oneof(
        one,
        one,
        one.map((all) => all.map((each) => ({ ...each, ownReportId: null, ownKey: null }))),
      ),
      { selector: ([first]) => first?.ownReportId, maxLength: 3 },
    ),
    reportId: fc.constantFrom('R1', 'R2'),
    status: fc.constantFrom('F', 'F', 'F', null, 'entered-in-error'),
  })
  .map(({ observations, ...said }) => result(numbered(observations.flat()), said))
const histories = fc
  .array(fc.oneof(toldAlone, toldInReport), { minLength: 1, maxLength: 12 })
  .map((all) => all.map((body, sentAt) => event(body, sentAt)))

const withoutVersion = ({ version: _, ...entry }: Entry) => entry
const inOrder = (stored: ReadonlyMap<string, Entry>) =>
  [...stored.values()].map(withoutVersion).toSorted((a, b) => (a._id < b._id ? -1 : 1))

test('any order and repetition, in batches of any size, ends in the same documents', () => {
  fc.assert(
    fc.property(
      histories.chain((events) =>
        fc.tuple(fc.constant(events), shuffled(events), fc.integer({ min: 1, max: 5 })),
      ),
      ([events, other, batch]) => {
        expect(inOrder(storedAfter(other, batch))).toEqual(
          inOrder(storedAfter(events, events.length)),
        )
      },
    ),
    { numRuns: 1_000 },
  )
})

/**
 * The newest that was said of an observation in a report, where it is told of by itself, and of
 * that in any report.
 */
const newestOf = (
  events: readonly PatientEvent[],
  reportId: string,
  { key }: ReportObservation,
): Pick<Observation, 'status' | 'value'> | undefined => {
  const told = events.flatMap(({ body }) => (body.type === 'ResultReported' ? [body] : []))
  const name = told
    .flatMap((of) => (of.reportId === reportId ? of.observations : []))
    .findLast((each) => each.key === key && each.ownReportId !== null)
  const words = told.flatMap(
    ({ reportId: where, observations }): Pick<Observation, 'status' | 'value'>[] => {
      const here = where === reportId ? observations.find((each) => each.key === key) : undefined
      if (here !== undefined) return [here]
      if (name === undefined) return []
      if (![reportId, name.ownReportId].includes(where) && reportId !== name.ownReportId) return []
      const parts = observations.filter(({ ownReportId }) => ownReportId === name.ownReportId)
      const part = parts.find(({ ownKey }) => ownKey === name.ownKey)
      if (part !== undefined) return [part]
      return parts
        .filter(({ status }) => status === 'C' || status === 'D' || status === 'X')
        .slice(0, 1)
        .map(({ status }) => ({ status, value: null }))
    },
  )
  return words.at(-1)
}

test('what was corrected or taken back last is nowhere read as it was', () => {
  fc.assert(
    fc.property(
      histories.chain((events) =>
        fc.tuple(fc.constant(events), shuffled(events), fc.integer({ min: 1, max: 5 })),
      ),
      ([events, other, batch]) => {
        for (const entry of storedAfter(other, batch).values())
          for (const observed of reportIn(entry).observations) {
            const newest = newestOf(events, reportIn(entry).reportId, observed)
            const [, , value] = shownIn(observed)
            if (newest?.status === 'D' || newest?.status === 'X') expect(value).toBeNull()
            if (newest?.status === 'C' && reportIn(entry).status !== 'entered-in-error')
              expect(value).toBe(newest.value)
          }
      },
    ),
    { numRuns: 1_000 },
  )
})
