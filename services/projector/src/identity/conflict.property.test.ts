import { patient } from '@tideway/record/entries/histories.fixture'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openPatient, restored, withdrawn } from '../remake/patient-in-memory.fixture.ts'
import { decided, newborn, oldMan, reported } from './identity.fixture.ts'

const eve = { name: 'BROWN^EVE', birthDate: '1981-11-23', sex: 'FEMALE' } as const
const married = { ...eve, name: 'GREEN^EVE' }

const told = fc.record({
  who: fc.constantFrom(oldMan, newborn, eve, married, null),
  source: fc.constantFrom('RJZ', 'RJZ', 'XL1', 'XL2'),
})

/** Messages a minute apart; their order of arrival is that in which they were made, or another. */
const histories = fc.array(told, { minLength: 2, maxLength: 7 }).chain((all) =>
  fc.shuffledSubarray(
    all.map(({ who, source }, index) => reported(index, who, String(index), source)),
    { minLength: all.length },
  ),
)

const deciding = fc.constantFrom('SAME_PERSON', 'OTHER_PERSON', 'WRONG_MESSAGE')

const after = async (events: readonly PatientEvent[], batch: number) => {
  const record = openPatient()
  await record.apply(events, batch)
  return record
}

test('however the messages are batched and repeated, the same are held', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.integer({ min: 1, max: 5 }), async (messages, batch) => {
      const events = messages.flat()
      const once = await after(events, 100)
      const record = await after(events, batch)
      expect(record.seen()).toEqual(once.seen())
      await record.apply(events, batch)
      expect(record.seen()).toEqual(once.seen())
    }),
    { numRuns: 150 },
  )
}, 60_000)

test('what is withdrawn and restored leaves the same held, also after a decision', async () => {
  await fc.assert(
    fc.asyncProperty(histories, deciding, fc.nat(), async (messages, decision, which) => {
      const record = await after(messages.flat(), 3)
      const held = record.seen().heads[0]?.conflict?.messages ?? []
      if (held.length > 0) await record.apply([decided(decision, held, 50)])
      const seen = record.seen()
      const one = messages[which % messages.length]?.[0]?.messageId ?? ''
      if (decision === 'WRONG_MESSAGE' && held.includes(one)) return
      await record.apply([withdrawn(one, patient, 1), restored(one, patient, 2)], 1)
      expect(record.seen()).toEqual(seen)
    }),
    { numRuns: 150 },
  )
}, 60_000)

test('without a decision nobody is ever shown what is said of another', async () => {
  const people = ['OLDMAN', 'SMITH', 'EVE']
  await fc.assert(
    fc.asyncProperty(histories, async (messages) => {
      const record = await after(messages.flat(), 2)
      for (const { details } of record.seen().heads) {
        const said = JSON.stringify(details)
        expect(people.filter((name) => said.includes(name)).length).toBeLessThan(2)
      }
    }),
    { numRuns: 150 },
  )
}, 60_000)
