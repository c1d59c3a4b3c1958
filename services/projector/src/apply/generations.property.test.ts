import type { PatientEvent } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adt, delivered, hl7, inOrder, stamp } from './generations.fixture.ts'
import { storedAfter } from './match-observation.fixture.ts'
import type { Encounter, Report } from '@tideway/schemas/documents/entry'

const hour = 3_600_000
const day = 24 * hour

/** Steps of a stay after its admission, by the hour they happen. */
const steps = ['A02', 'A08', 'A01', 'A54', 'A11', 'A21'] as const
type Step = { type: (typeof steps)[number]; after: number; isDated: boolean }
type StayPlan = { begins: number; lasts: number; isClosed: boolean; steps: Step[]; late: boolean }

const step = fc.record({
  type: fc.constantFrom(...steps),
  after: fc.integer({ min: 1, max: 60 }),
  isDated: fc.boolean(),
})
const stay = fc.record({
  begins: fc.integer({ min: 0, max: 20 }),
  lasts: fc.integer({ min: 3, max: 9 }),
  isClosed: fc.boolean(),
  steps: fc.array(step, { maxLength: 3 }),
  late: fc.boolean(),
})

/** Messages of one stay, in the order they are sent. @param from  month it is in */
const messagesOf = (plan: StayPlan, index: number): PatientEvent[][] => {
  const began = Date.UTC(2024, index * 8, 1 + plan.begins, 10)
  const ended = began + plan.lasts * day
  const ward = `W${index}`
  const told = plan.steps.map(({ type, after, isDated }, nth) =>
    adt(type, stamp(began + after * hour + nth * 60_000), ward, isDated ? stamp(began) : ''),
  )
  const left = adt('A03', stamp(ended), ward, stamp(began), stamp(ended))
  const coded = adt('A08', stamp(ended + 20 * day), ward, plan.late ? stamp(began) : '')
  return [
    adt('A01', stamp(began), ward, stamp(began)),
    ...told,
    ...(plan.isClosed ? [left, coded] : []),
  ]
}

const oru = (sent: number, collected: number, value: string, status: string) =>
  hl7(
    'ORU^R01',
    stamp(sent),
    `OBR|1||0001|CRP^Test|||${stamp(collected)}||||||||||||||||||${status}`,
    `OBX|1|NM|CRP^Test||${value}|mg/L|0-5||||${status}`,
  )
const report = fc.record({
  day: fc.integer({ min: 0, max: 20 }),
  values: fc.array(
    fc.record({
      value: fc.integer({ min: 1, max: 99 }),
      status: fc.constantFrom('P', 'F', 'C', 'W', 'X'),
      after: fc.integer({ min: 1, max: 20_000 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
})

test('two or three stays of one visit number give the same record in any order of arrival', () => {
  fc.assert(
    fc.property(
      fc
        .array(stay, { minLength: 2, maxLength: 3 })
        .map((plans) => ({ plans, messages: plans.flatMap(messagesOf) }))
        .chain(({ plans, messages }) =>
          fc.tuple(
            fc.constant(plans),
            fc.constant(messages),
            delivered(messages),
            fc.integer({ min: 1, max: 6 }),
          ),
        ),
      ([plans, messages, order, batch]) => {
        const expected = storedAfter(messages.flat(), 1)
        expect(inOrder(storedAfter(order.flat(), batch))).toEqual(inOrder(expected))
        const seen = [...expected.values()].filter(({ kind }) => kind === 'encounter')
        expect(seen).toHaveLength(plans.length)
        for (const { data } of seen) {
          const wards = new Set((data as Encounter).stays.map((one) => one.location.pointOfCare))
          expect(wards.size).toBe(1)
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('two or three reports of one laboratory number give the same record in any order of arrival', () => {
  fc.assert(
    fc.property(
      fc
        .array(report, { minLength: 2, maxLength: 3 })
        .map((plans) =>
          plans.map(({ day: of, values }, index) => {
            const collected = Date.UTC(2024, index * 8, 1 + of, 8)
            return values.map(({ value, status, after }, nth) =>
              oru(collected + after * hour + nth * 60_000, collected, String(value), status),
            )
          }),
        )
        .chain((all) =>
          fc.tuple(fc.constant(all), delivered(all.flat()), fc.integer({ min: 1, max: 6 })),
        ),
      ([all, order, batch]) => {
        const messages = all.flat()
        const expected = storedAfter(messages.flat(), 1)
        expect(inOrder(storedAfter(order.flat(), batch))).toEqual(inOrder(expected))
        const seen = [...expected.values()].filter(({ kind }) => kind === 'report')
        expect(seen.map(({ origins }) => origins.length).toSorted()).toEqual(
          all.map((own) => own.length).toSorted(),
        )
        for (const { data } of seen) expect((data as Report).observations).toHaveLength(1)
      },
    ),
    { numRuns: 300 },
  )
})
