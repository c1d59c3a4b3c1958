import type { Report } from '@tideway/schemas/documents/entry'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { folded, oru, shown, told } from './report-history.fixture.ts'

const messages = fc.array(
  fc.record({
    status: fc.constantFrom('P', 'F', 'C', 'X', null),
    snapshot: fc.constantFrom(true, null),
    keys: fc.subarray(['A', 'B']),
    code: fc.constantFrom('P', 'F'),
  }),
  { minLength: 1, maxLength: 8 },
)

test('whatever was sent in whatever order: nothing cancelled, unconfirmed or omitted is current', () => {
  fc.assert(
    fc.property(
      messages.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      ),
      ([all, arriving]) => {
        const events = arriving.map((one) =>
          oru(
            all.indexOf(one),
            one.status,
            one.keys.map((key, n) => told(key, one.code, 'v', `OBX[${n + 1}]`)),
            { snapshot: one.snapshot },
          ),
        )
        for (const [key, [, value, mark]] of Object.entries(shown(folded(events).data as Report))) {
          const last = all.findLastIndex(({ keys }) => keys.includes(key))
          const [own, ...later] = all.slice(last)
          if ([own, ...later].some((one) => one?.status === 'X')) expect(value).toBeNull()
          else if (later.some(({ snapshot }) => snapshot === true)) expect(mark).toBeDefined()
          else if (
            later.some(({ status }) => status === 'F' || status === 'C') &&
            all
              .slice(all.findLastIndex(({ status }) => status === 'X') + 1)
              .every(({ code }) => code === 'P')
          )
            expect(mark).toBe('not-confirmed')
          else if (later.length === 0) expect([value, mark]).toEqual(['v', undefined])
        }
      },
    ),
    { numRuns: 1_000 },
  )
})
