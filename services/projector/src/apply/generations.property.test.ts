import type { PatientEvent } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adt, hl7 } from './generations.fixture.ts'
import { storedAfter } from './match-observation.fixture.ts'
import type { Encounter, Entry, Report } from '@tideway/schemas/documents/entry'

const stamp = (time: number): string => new Date(time).toISOString().replace(/\D/g, '').slice(0, 14)
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

const withoutVersion = ({ version: _, dissolved: __, ...entry }: Entry) => entry
const inOrder = (stored: ReadonlyMap<string, Entry>) =>
  [...stored.values()].map(withoutVersion).toSorted((a, b) => (a._id < b._id ? -1 : 1))

/** An order in which some messages could come, some of them twice. */
const delivered = (messages: readonly PatientEvent[][]) =>
  fc
    .tuple(
      fc.shuffledSubarray([...messages], { minLength: messages.length }),
      fc.array(fc.constantFrom(...messages), { maxLength: 4 }),
    )
    .chain(([all, again]) =>
      fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }),
    )

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

const anything = ['A01', 'A02', 'A03', 'A05', 'A06', 'A08', 'A11', 'A13', 'A14', 'A38'] as const
const anyMessage = fc
  .record({
    type: fc.constantFrom(...anything),
    happened: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 4 })),
    admitted: fc.option(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 4 }))),
    ward: fc.constantFrom('W1', 'W2', ''),
    isDay: fc.boolean(),
  })
  .map(({ type, happened, admitted, ward, isDay }) => {
    const at = ([month, days]: readonly number[]) =>
      stamp(Date.UTC(2024, (month as number) * 3, 1 + (days as number), 9)).slice(0, isDay ? 8 : 14)
    const began = admitted === null ? '' : at(admitted)
    return { type, sent: stamp(Date.UTC(2024, happened[0] * 3, 1 + happened[1], 9)), ward, began }
  })
  .map(({ type, sent, ward, began }) => adt(type, sent, ward, began))

test('any messages of one visit number give the same record in any order of arrival', () => {
  fc.assert(
    fc.property(
      fc
        .array(anyMessage, { minLength: 2, maxLength: 9 })
        .chain((messages) =>
          fc.tuple(fc.constant(messages), delivered(messages), fc.integer({ min: 1, max: 6 })),
        ),
      ([messages, order, batch]) => {
        expect(inOrder(storedAfter(order.flat(), batch))).toEqual(
          inOrder(storedAfter(messages.flat(), 50)),
        )
      },
    ),
    { numRuns: 300 },
  )
})

const orderMessage = fc
  .record({
    control: fc.constantFrom('NW', 'NW', 'SC', 'CA', 'DC', 'XO'),
    sent: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 40 })),
    service: fc.constantFrom('UE', 'CRP'),
    isDated: fc.boolean(),
  })
  .map(({ control, sent: [month, days], service, isDated }) => {
    const sent = stamp(Date.UTC(2024, month * 3, 1 + days, 9))
    return hl7(
      'ORM^O01',
      sent,
      `ORC|${control}|P1|||||||${isDated ? sent : ''}`,
      `OBR|1|P1||${service}^Test^LOCAL`,
    )
  })

test('any messages of one order number give the same record in any order of arrival', () => {
  fc.assert(
    fc.property(
      fc
        .array(orderMessage, { minLength: 2, maxLength: 9 })
        .chain((messages) =>
          fc.tuple(fc.constant(messages), delivered(messages), fc.integer({ min: 1, max: 6 })),
        ),
      ([messages, order, batch]) => {
        expect(inOrder(storedAfter(order.flat(), batch))).toEqual(
          inOrder(storedAfter(messages.flat(), 50)),
        )
      },
    ),
    { numRuns: 300 },
  )
})
