import { expect, test } from 'vitest'
import { checkout } from '../tool.ts'
import { metricsIn } from './exposed-metrics.ts'
import { expressionProblems, observability } from './observability.ts'

const exposed = new Map(
  metricsIn(`
    metrics.counter('parked', 'Messages, parked (all)', ['state', 'code'])
    metrics.latency<'route'>(
      'ack',
      'Time to answer',
      ['route'],
    )
    metrics.gauge('waiting', 'Waiting', [], (gauge) => gauge.set(depth().waiting))
  `),
)

test('metrics are found with the names of their series and their labels', () => {
  expect([...exposed].map(([name, labels]) => [name, ...labels])).toEqual([
    ['tideway_parked_total', 'state', 'code'],
    ['tideway_ack_seconds_bucket', 'route'],
    ['tideway_ack_seconds_sum', 'route'],
    ['tideway_ack_seconds_count', 'route'],
    ['tideway_waiting'],
  ])
})

test.each([
  ['sum by (code) (rate(tideway_parked_total{state="PARKED"}[5m])) > 0', []],
  ['histogram_quantile(0.99, sum by (le, route) (rate(tideway_ack_seconds_bucket[5m])))', []],
  ['rate(tideway_parked[5m])', ['no service exposes tideway_parked']],
  ['tideway_parked_total{stage="X"}', ['tideway_parked_total has no label stage']],
  ['sum by (colour) (tideway_waiting)', ['none of its metrics has a label colour']],
  ['sum(rate(tideway_waiting[5m])', ['is not a PromQL expression']],
  ['1 > 0', ['is not a PromQL expression']],
])('%s', (expression, problems) => {
  expect(expressionProblems(expression, exposed)).toEqual(problems)
})

test('the alerts and dashboards of this checkout name what services expose', async () => {
  expect(await observability(checkout)).toEqual([])
})
