import { atOnce, type Steps } from '@tideway/fhir/cooperative-scheduler'
import { expect, test } from 'vitest'
import { bundle, bytesOf, observation, patient, rules, trust } from '../sender.fixture.ts'
import { normalising } from './normalise.ts'

test('no step of a Bundle is longer than a hundred entries, and each fault keeps its place', () => {
  const entries = Array.from({ length: 250 }, (_, index) => ({
    fullUrl: `urn:uuid:${index}`,
    resource: observation(`K${index}`, { valueQuantity: { value: 1 } }),
  }))
  const wrong = entries.map((entry, index) =>
    index === 0 || index === 230 ? { ...entry, fullUrl: 5 } : entry,
  )
  const steps = normalising(
    {
      source: trust,
      bytes: bytesOf(
        bundle('collection', { fullUrl: 'urn:uuid:p', resource: patient() }, ...wrong),
      ),
      receivedAt: 1,
    },
    rules,
  )
  let count = 0
  const counted = (function* (): Steps<unknown> {
    for (;;) {
      const { done, value } = steps.next()
      if (done === true) return value
      count += 1
      yield
    }
  })()
  const read = atOnce(counted) as { faults: { at: string; code: string }[] }
  expect(count).toBeGreaterThan(250)
  expect(read.faults.filter(({ at }) => at?.endsWith('.fullUrl')).map(({ at }) => at)).toEqual([
    'Bundle.entry[1].fullUrl',
    'Bundle.entry[231].fullUrl',
  ])
})
