import { base, put, remembering } from '@tideway/fhir-ingest/references/client.fixture'
import { bundle, patient } from '@tideway/fhir-ingest/sender.fixture'
import { expect, test } from 'vitest'
import {
  subject,
  at,
  observation,
  report,
  sending,
  recordOfAnyOrder,
  held,
  alone,
  shown,
  references,
  two,
  type Sent,
} from './report-by-reference.fixture.ts'
import { recordIn, stored } from './withdrawn-record.fixture.ts'

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
