import { base, put, remembering } from '@tideway/fhir-ingest/references/client.fixture'
import { bundle, patient, system } from '@tideway/fhir-ingest/sender.fixture'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import type { PatientRecord } from './record.ts'
import { recordIn, stored } from './withdrawn-record.fixture.ts'

const subject = { reference: 'Patient/p1' }
const number = (value: string) => ({ system: system('X99', 'report'), value })
const at = (minute: number) => ({
  meta: { lastUpdated: new Date(Date.UTC(2026, 6, 1, 9, minute)).toISOString() },
})
const observation = (id: string, code: string, value: number, minute: number, more = {}) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject,
  code: { coding: [{ system: 'http://loinc.org', code, display: `Test ${code}` }] },
  effectiveDateTime: '2026-07-01T08:00:00Z',
  valueQuantity: { value, unit: 'mmol/L' },
  ...at(minute),
  ...more,
})
const report = (status: string, minute: number, ...results: string[]) => ({
  resourceType: 'DiagnosticReport',
  id: 'r1',
  status,
  subject,
  identifier: [number('N1')],
  code: { coding: [{ code: 'UE' }] },
  ...(results.length === 0 ? {} : { result: results.map((reference) => ({ reference })) }),
  ...at(minute),
})
const pressure = {
  resourceType: 'Observation',
  id: 'bp',
  status: 'final',
  subject,
  code: { coding: [{ code: 'BP' }] },
  effectiveDateTime: '2026-07-01T08:00:00Z',
  component: [
    { code: { coding: [{ code: 'SYS' }] }, valueQuantity: { value: 111 } },
    { code: { coding: [{ code: 'DIA' }] }, valueQuantity: { value: 77 } },
  ],
  ...at(1),
}

type Sent = { resourceType: string; id: string }

/** Events of each resource, sent to its own address one after the other. */
const sending = (...resources: Sent[]): PatientEvent[][] => {
  const client = remembering()
  client.put({ ...patient(), id: 'p1' })
  return resources.map((resource) => {
    const { faults, problem, events } = client.put(resource)
    expect([faults, problem]).toEqual([[], null])
    return events
  })
}

const permutations = <T>(all: readonly T[]): T[][] =>
  all.length <= 1
    ? [[...all]]
    : all.flatMap((one, index) =>
        permutations(all.toSpliced(index, 1)).map((rest) => [one, ...rest]),
      )

/** The record, the same in whatever order the events of these messages arrive. */
const recordOfAnyOrder = (messages: PatientEvent[][]): PatientRecord => {
  const [first, ...others] = permutations(messages).map((some) => {
    const { entries } = stored(...some)
    return { entries, record: recordIn(stored(...some)) }
  })
  const versionless = (of: typeof first) =>
    [...(of?.entries.values() ?? [])]
      .map(({ version: _, ...entry }) => entry)
      .toSorted((a, b) => (a._id < b._id ? -1 : 1))
  for (const one of others) expect(versionless(one)).toEqual(versionless(first))
  return (first as NonNullable<typeof first>).record
}

const held = ({ reports }: PatientRecord) =>
  reports.find(({ fillerNumber }) => fillerNumber === 'N1')?.observations ?? []
const alone = ({ reports }: PatientRecord) =>
  reports.filter(({ fillerNumber }) => fillerNumber !== 'N1').flatMap((one) => one.observations)
const shown = (observations: ReturnType<typeof held>) =>
  observations.map(({ code, value, status }) => [code.code, value ?? null, status])

const references = ['Observation/o1', 'Observation/o2']
const two = [observation('o1', 'K', 6.1, 1), observation('o2', 'NA', 140, 1)]

test('a report shows the observations it refers to, with their values and whole codes', () => {
  const record = recordOfAnyOrder(sending(...two, report('final', 2, ...references)))
  expect(shown(held(record))).toEqual([
    ['K', '6.1', 'final'],
    ['NA', '140', 'final'],
  ])
  expect(held(record)[0]?.code).toMatchObject({ system: 'http://loinc.org', text: 'Test K' })
  expect(held(record).map(({ observedAt }) => observedAt)).toEqual(
    two.map(() => '2026-07-01T08:00:00Z'),
  )
})

test.each(['cancelled', 'entered-in-error'])(
  'a report that is %s takes the observations it refers to with it, in every order',
  (status) => {
    for (const listed of [references, []]) {
      const record = recordOfAnyOrder(
        sending(...two, report('final', 2, ...references), report(status, 3, ...listed)),
      )
      const all = [...held(record), ...alone(record)]
      expect(all).toHaveLength(4)
      expect(all.map((one) => [one.status, one.value])).toEqual(all.map(() => [status, undefined]))
      if (status === 'entered-in-error') expect(JSON.stringify(record)).not.toContain('6.1')
      expect(record.summary.reports.lines.flatMap(({ abnormal }) => abnormal)).toEqual([])
    }
  },
)

test('a report entered in error at once takes those with it that were sent before', () => {
  const record = recordOfAnyOrder(sending(...two, report('entered-in-error', 2, ...references)))
  expect([...held(record), ...alone(record)].map(({ status }) => status)).toEqual(
    [1, 2, 3, 4].map(() => 'entered-in-error'),
  )
  expect(JSON.stringify(record)).not.toContain('6.1')
})

test('so does a report that is deleted', () => {
  const client = remembering()
  const messages = [{ ...patient(), id: 'p1' }, ...two, report('final', 2, ...references)].map(
    (resource) => client.put(resource).events,
  )
  const gone = client.post({
    ...bundle('transaction', { request: { method: 'DELETE', url: 'DiagnosticReport/r1' } }),
    timestamp: '2026-07-01T09:05:00Z',
  })
  expect(gone.faults).toEqual([])
  const record = recordIn(stored(...messages, gone.events))
  expect([...held(record), ...alone(record)].map(({ status }) => status)).toEqual(
    [1, 2, 3, 4].map(() => 'entered-in-error'),
  )
})

test('a report that refers to them again after it was cancelled states them again', () => {
  const record = recordOfAnyOrder(
    sending(...two, report('cancelled', 2, ...references), report('final', 3, ...references)),
  )
  expect(shown([...held(record), ...alone(record)])).toEqual(
    [1, 2].flatMap(() => [
      ['K', '6.1', 'final'],
      ['NA', '140', 'final'],
    ]),
  )
})

test('an observation stated again after its report was taken back stands by itself alone', () => {
  const record = recordOfAnyOrder(
    sending(
      two[0] as Sent,
      report('final', 2, 'Observation/o1'),
      report('entered-in-error', 3),
      observation('o1', 'K', 4.4, 4),
    ),
  )
  expect(shown(held(record))).toEqual([['K', null, 'entered-in-error']])
  expect(shown(alone(record))).toEqual([['K', '4.4', 'final']])
})

test('a correction of the observation reaches the report, and its withdrawal too', () => {
  const said = (minute: number, more: object) => observation('o1', 'K', 5.1, minute, more)
  const corrected = recordOfAnyOrder(
    sending(two[0] as Sent, report('final', 2, 'Observation/o1'), said(3, { status: 'corrected' })),
  )
  expect(shown(held(corrected))).toEqual([['K', '5.1', 'corrected']])
  const back = recordOfAnyOrder(
    sending(
      two[0] as Sent,
      report('final', 2, 'Observation/o1'),
      said(3, { status: 'entered-in-error' }),
    ),
  )
  expect(shown([...held(back), ...alone(back)]).map(([, , status]) => status)).toEqual([
    'entered-in-error',
    'entered-in-error',
  ])
})

test('what a later version of the report no longer refers to is not in its latest version', () => {
  const record = recordOfAnyOrder(
    sending(...two, report('final', 2, ...references), report('corrected', 3, 'Observation/o2')),
  )
  expect(held(record).map(({ code, notCurrent }) => [code.code, notCurrent])).toEqual([
    ['K', 'not-in-latest-version'],
    ['NA', undefined],
  ])
})

test('the parts of a blood pressure, and the members of a panel', () => {
  const panel = {
    ...observation('panel', 'PANEL', 1, 1),
    valueQuantity: undefined,
    hasMember: references.map((reference) => ({ reference })),
  }
  const messages = sending(
    pressure,
    ...two,
    panel,
    report('final', 2, 'Observation/bp', 'Observation/panel'),
    report('entered-in-error', 3),
  )
  const final = recordIn(stored(...messages.slice(0, -1)))
  expect(shown(held(final)).map(([code, value]) => [code, value])).toEqual(
    expect.arrayContaining([
      ['SYS', '111'],
      ['DIA', '77'],
      ['K', '6.1'],
      ['NA', '140'],
    ]),
  )
  const back = recordIn(stored(...messages))
  const stands = [...held(back), ...alone(back)].filter(
    ({ status, code }) => status !== 'entered-in-error' && code.code !== 'PANEL',
  )
  expect(stands).toEqual([])
})

test("another patient's observation is not in the report", () => {
  const client = remembering()
  client.put({ ...patient(), id: 'p1' })
  client.put({ ...patient('B2'), id: 'p2' })
  const others = client.put({ ...two[0], subject: { reference: 'Patient/p2' } }).events
  const { events, faults } = client.put(report('final', 2, 'Observation/o1'))
  expect(faults).toEqual([])
  const { entries } = stored(others, events)
  expect([...entries.values()].filter(({ holds }) => (holds?.length ?? 0) > 0)).toEqual([])
})

test('results of a report sent in one message stay current when a later version refers to them', () => {
  const client = remembering()
  const sent = client.post({
    ...bundle(
      'transaction',
      put({ ...patient(), id: 'p1' } as Sent, `${base}/Patient/p1`),
      put(report('preliminary', 1, ...references)),
      ...two.map((one) => put(one)),
    ),
    timestamp: '2026-07-01T09:01:00Z',
  })
  expect(sent.faults).toEqual([])
  const later = client.put(report('final', 2, ...references))
  const record = recordOfAnyOrder([sent.events, later.events])
  expect(held(record).map(({ value, status, notCurrent }) => [value, status, notCurrent])).toEqual([
    ['6.1', 'final', undefined],
    ['140', 'final', undefined],
  ])
})
