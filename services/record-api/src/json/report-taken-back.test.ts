import { remembering } from '@tideway/fhir-ingest/references/client.fixture'
import { bundle, patient } from '@tideway/fhir-ingest/sender.fixture'
import { expect, test } from 'vitest'
import {
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
