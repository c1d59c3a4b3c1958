import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { normalising } from '@tideway/fhir-ingest/normalise/normalise'
import {
  bundle,
  bytesOf,
  observation,
  patient,
  rules,
  trust,
} from '@tideway/fhir-ingest/sender.fixture'
import { atOnce, type Steps, takeTurns } from './cooperative-scheduler.ts'

/** A slice of no time at all: others are heard after each step. */
const inTurns = takeTurns(0)

function* counting(to: number, said: string[], name = ''): Steps<number> {
  for (let step = 0; step < to; step++) {
    said.push(name)
    yield
  }
  return to
}

test('others are heard between the slices of what is long', async () => {
  const said: string[] = []
  const long = inTurns(counting(50, said))
  await turn()
  expect(said.length).toBeLessThan(5)
  expect(await long).toBe(50)
})

test('what is long comes one after the other, what is short at once', async () => {
  const said: string[] = []
  const all = [
    inTurns(counting(5, said, 'a')),
    inTurns(counting(5, said, 'b')),
    inTurns(counting(0, said, 'c')),
  ]
  expect(await all[2]).toBe(0)
  await Promise.all(all)
  expect(said.join('')).toBe('abaaaabbbb')
})

test('what fails does not keep the next from its turn', async () => {
  const failing = function* (): Steps<never> {
    yield
    yield
    throw new Error('x')
  }
  const [first, second] = await Promise.allSettled([inTurns(failing()), inTurns(counting(3, []))])
  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled'])
})

test('a Bundle is read in steps no longer than a hundred entries, and the faults of each have their place', () => {
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
