import { expect, test } from 'vitest'
import { read, system } from '../sender.fixture.ts'

const visit = (places: number) => ({
  resourceType: 'Encounter',
  status: 'in-progress',
  class: { code: 'IMP' },
  subject: { identifier: { system: system('X99'), value: 'A1' } },
  location: Array.from({ length: places }, (_, n) => ({
    location: { display: `W${n}` },
    period: { start: '2026-07-01T09:00:00Z' },
  })),
})

test('a visit with too many locations is rejected', () => {
  expect(read(visit(1_000)).events).toHaveLength(1_000)
  expect(read(visit(1_001)).faults).toMatchObject([
    { code: 'TOO_MANY_ENTRIES', at: 'Encounter.location' },
  ])
})
