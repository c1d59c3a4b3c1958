import type { PatientEvent } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adt, delivered, hl7, inOrder, stamp } from './generations.fixture.ts'
import { storedAfter } from './match-observation.fixture.ts'

/** Two to `most` messages, each with its events, give one record however they are delivered. */
const expectOneRecord = (message: fc.Arbitrary<PatientEvent[]>, most: number): void =>
  fc.assert(
    fc.property(
      fc
        .array(message, { minLength: 2, maxLength: most })
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

/** Events of which some say more than is read; of the same bytes always the same ones. */
const unreadIn = (events: readonly PatientEvent[]): PatientEvent[] =>
  events.map((event) => ({
    ...event,
    notShown: /^[0-7]/.test(event.messageId) ? { count: 1, places: ['Z-1'] } : null,
  }))

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
    return {
      type,
      sent: stamp(Date.UTC(2024, happened[0] * 3, 1 + happened[1], 9)),
      ward,
      began,
    }
  })
  .map(({ type, sent, ward, began }) => unreadIn(adt(type, sent, ward, began)))

test('any messages of one visit number give the same record in any order of arrival', () => {
  expectOneRecord(anyMessage, 9)
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
  expectOneRecord(orderMessage, 9)
})

/** An order of two services with one number, or a message that names none of them. */
const sharedMessage = fc
  .record({
    control: fc.constantFrom('NW', 'NW', 'CA', 'DC', 'HD'),
    sent: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 40 })),
    isAlone: fc.boolean(),
  })
  .map(({ control, sent: [month, days], isAlone }) => {
    const sent = stamp(Date.UTC(2024, month * 3, 1 + days, 9))
    const orc = `ORC|${control}|P1|||||||${sent}`
    return control !== 'NW' && isAlone
      ? hl7('ORM^O01', sent, orc)
      : hl7(
          'OMG^O19',
          sent,
          ...['UE', 'CRP'].flatMap((service) => [orc, `OBR|1|P1||${service}^Test^LOCAL`]),
        )
  })

test('messages of orders that share a number give the same record in any order of arrival', () => {
  expectOneRecord(sharedMessage, 7)
})

const reportMessage = fc
  .record({
    collected: fc.option(fc.integer({ min: 0, max: 2 })),
    sent: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 400 })),
    status: fc.constantFrom('P', 'F', 'C', 'X', ''),
    values: fc.subarray(['K', 'NA']),
    value: fc.constantFrom('P', 'F', 'W', ''),
    snapshot: fc.constantFrom(true, null),
  })
  .map(({ collected, sent: [month, hours], status, values, value, snapshot }) => {
    const at = (of: number, after: number) => stamp(Date.UTC(2024, of * 6, 1, 8 + after))
    const obr7 = collected === null ? '' : at(collected, 0)
    const sent = at(Math.max(month, collected ?? 0), hours)
    const events = hl7(
      'ORU^R01',
      sent,
      `OBR|1||0001|CRP^Test|||${obr7}${'|'.repeat(18)}${status}`,
      ...values.map((code, n) => `OBX|${n + 1}|NM|${code}^Test||${hours}|mmol/L|||||${value}`),
    )
    return unreadIn(events).map((event) => ({
      ...event,
      body: { ...event.body, snapshot } as typeof event.body,
    }))
  })

test('versions of reports of one number give the same record in any order of arrival', () => {
  expectOneRecord(reportMessage, 7)
})
