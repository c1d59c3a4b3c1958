import { bundle, observation, patient, system } from '@tideway/fhir-ingest/sender.fixture'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { entryOf } from './any-entry.ts'
import type { ReportAnswer } from './report.ts'
import { eventsOf, receivedAs } from './said-later.fixture.ts'
import { recordIn, stored } from './withdrawn-record.fixture.ts'

const whose = { fullUrl: 'urn:uuid:p', resource: patient() }
const at = (minute: number) => ({
  timestamp: new Date(Date.UTC(2026, 8, 1, 9, minute)).toISOString(),
})
const address = (id: string) => `https://x99.example/fhir/Observation/${id}`
const high = [{ coding: [{ code: 'HH' }] }]
/** An observation `id`, of the code of that name. */
const member = (id: string, value: string, more: object = {}) => ({
  ...observation(id, { valueString: value, interpretation: high }, more),
  id,
})

const reportOf = (result: object[], more: object) => ({
  resourceType: 'DiagnosticReport',
  status: 'final',
  identifier: [{ system: system('X99', 'report'), value: 'L1' }],
  code: { coding: [{ code: 'U&E' }] },
  subject: { reference: 'urn:uuid:p' },
  result,
  ...more,
})

/** The ways in which a version of a report holds its members. */
const ways = {
  contained: (minute: number, members: { id: string }[], more: object = {}) => ({
    ...bundle('collection', whose, {
      resource: reportOf(
        members.map(({ id }) => ({ reference: `#${id}` })),
        { contained: members.map((one) => ({ ...one, subject: undefined })), ...more },
      ),
    }),
    ...at(minute),
  }),
  'in the Bundle': (minute: number, members: { id: string }[], more: object = {}) => ({
    ...bundle(
      'collection',
      whose,
      {
        resource: reportOf(
          members.map(({ id }) => ({ reference: address(id) })),
          more,
        ),
      },
      ...members.map((resource) => ({ fullUrl: address(resource.id), resource })),
    ),
    ...at(minute),
  }),
  'named by type and id': (minute: number, members: { id: string }[], more: object = {}) => ({
    ...bundle(
      'collection',
      whose,
      {
        resource: reportOf(
          members.map(({ id }) => ({ reference: `Observation/${id}` })),
          more,
        ),
      },
      ...members.map((resource) => ({ resource })),
    ),
    ...at(minute),
  }),
} as const

const alone = (minute: number, resource: object) => ({
  ...bundle('collection', whose, { resource }),
  ...at(minute),
})

/** Value, status and mark of each observation of each report, by key; the same in any order. */
const shownAfter = (...messages: object[]) => {
  const events = messages.map((message, nth) => eventsOf(message, receivedAs(nth)))
  const shown = (all: PatientEvent[][]) =>
    Object.fromEntries(
      [...stored(...all).entries.values()]
        .filter(({ kind }) => kind === 'report')
        .map((entry) => entryOf(entry, { archive: new Map() }) as ReportAnswer)
        .map(({ reportId, observations }) => [
          reportId,
          observations
            .map(({ code, value, status, notCurrent }) =>
              [code.code, value, status, notCurrent].filter((part) => part != null).join(' '),
            )
            .toSorted(),
        ]),
    )
  expect(shown(events.toReversed())).toEqual(shown(events))
  const [first = [], ...rest] = events
  expect(shown([...rest, first])).toEqual(shown(events))
  return shown(events)
}
const abnormalAfter = (...messages: object[]): string[] => {
  const events = messages.map((message, nth) => eventsOf(message, receivedAs(nth)))
  const { summary } = recordIn(stored(...events))
  return summary.reports.lines.flatMap(({ abnormal }) => abnormal.map(({ value }) => value ?? ''))
}

test.each(Object.entries(ways))(
  '%s: a result that a later version no longer lists is not current',
  (_, way) => {
    const first = way(0, [member('K', '6.9'), member('NA', '120')])
    const second = way(1, [member('NA', '121', { status: 'corrected' })])
    expect(shownAfter(first, second)['L1^U&E']).toEqual([
      'K 6.9 final not-in-latest-version',
      'NA 121 corrected',
    ])
    expect(abnormalAfter(first, second)).toEqual(['121'])
  },
)

test.each(Object.entries(ways))('%s: a result listed again later is current again', (_, way) => {
  const [first, second, third] = [
    way(0, [member('K', '6.9'), member('NA', '120')]),
    way(1, [member('NA', '120')]),
    way(2, [member('K', '6.8'), member('NA', '120')]),
  ]
  expect(shownAfter(first, second, third)['L1^U&E']).toEqual(['K 6.8 final', 'NA 120 final'])
})

test.each(Object.entries(ways))(
  '%s: a version without results has none that are current',
  (_, way) => {
    expect(shownAfter(way(0, [member('K', '6.9')]), way(1, []))['L1^U&E']).toEqual([
      'K 6.9 final not-in-latest-version',
    ])
    expect(abnormalAfter(way(0, [member('K', '6.9')]), way(1, []))).toEqual([])
  },
)

test.each(Object.entries(ways))(
  '%s: of two results of one code the one left out is not current',
  (_, way) => {
    const [one, two] = [
      { ...member('K', '5.1'), id: 'k0' },
      { ...member('K', '21.4'), id: 'k1' },
    ] as const
    const corrected = { ...two, valueString: '12.4', status: 'corrected' }
    const shown = shownAfter(way(0, [one, two]), way(1, [corrected]))['L1^U&E']
    expect(shown).toContain('K 5.1 final not-in-latest-version')
    expect(shown).toContain('K 12.4 corrected')
    expect(shown).not.toContain('K 21.4 final')
  },
)

test('an observation told by itself afterwards is its own statement, and does not return to the report', () => {
  const way = ways['in the Bundle']
  const first = way(0, [member('K', '6.9'), member('NA', '120')])
  const second = way(1, [member('NA', '120')])
  const own = alone(2, member('K', '6.8', { status: 'corrected' }))
  const shown = shownAfter(first, second, own)
  expect(shown['L1^U&E']).toEqual(['K 6.8 corrected not-in-latest-version', 'NA 120 final'])
  expect(shown['~Observation/K']).toEqual(['K 6.8 corrected'])
})

test('a component that a later version of an observation leaves out is not current', () => {
  const pressure = (minute: number, ...codes: string[]) =>
    alone(minute, {
      ...observation('BP', {}, { id: 'bp' }),
      component: codes.map((code) => ({ code: { coding: [{ code }] }, valueString: '120' })),
    })
  expect(shownAfter(pressure(0, 'SYS', 'DIA'), pressure(1, 'SYS'))['~Observation/bp']).toEqual([
    'DIA 120 final not-in-latest-version',
    'SYS 120 final',
  ])
})

test('a withdrawn result that a later version leaves out stays withdrawn', () => {
  const way = ways['in the Bundle']
  const [first, second, third] = [
    way(0, [member('K', '6.9'), member('NA', '120')]),
    way(1, [member('K', '6.9', { status: 'entered-in-error' }), member('NA', '120')]),
    way(2, [member('NA', '120')]),
  ]
  expect(shownAfter(first, second, third)['L1^U&E']).toEqual(['K entered-in-error', 'NA 120 final'])
})
