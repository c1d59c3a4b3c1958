import { histories } from '@tideway/record/entries/random-histories.fixture'
import { patient } from '@tideway/record/entries/histories.fixture'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { act, openPatient, restored, withdrawn } from './patient-in-memory.fixture.ts'

/** The event with its observations in segments that no other event of its message has. */
const inOwnSegments = (event: PatientEvent, index: number): PatientEvent => {
  const { body } = event
  const place = event.place.replace(/\d+/, String(index + 1))
  if (body.type !== 'ResultReported') return { ...event, place }
  const observations = body.observations.map((one, n) => ({
    ...one,
    place: `OBX[${10 * index + n + 1}]`,
  }))
  return { ...event, place, body: { ...body, observations } }
}

/** Events of a history in messages of up to three, each event from a segment of its own. */
const inMessages = (
  events: readonly PatientEvent[],
  sizes: readonly number[],
): PatientEvent[][] => {
  const messages: PatientEvent[][] = []
  for (let from = 0; from < events.length; ) {
    const size = sizes[from % sizes.length] ?? 1
    const [first, ...rest] = events.slice(from, from + size)
    if (first === undefined) break
    const { messageId, sentAt, receivedAt, source } = first
    messages.push(
      [first, ...rest].map((event, index) => ({
        ...inOwnSegments(event, index),
        ...{ messageId, sentAt, receivedAt, source, id: `${messageId}.${index}` },
      })),
    )
    from += size
  }
  return messages
}

const cases = histories
  .chain((events) =>
    fc.tuple(
      fc.constant(events),
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
    ),
  )
  .map(([events, sizes]) => inMessages(events, sizes))
  .chain((messages) =>
    fc.record({
      messages: fc.constant(messages),
      arrival: fc.shuffledSubarray(messages, { minLength: messages.length }),
      withdraw: fc.nat({ max: messages.length - 1 }),
      /** Where among the events the withdrawal comes. */
      place: fc.nat(),
      batch: fc.integer({ min: 1, max: 6 }),
    }),
  )

const recordOf = async (events: readonly PatientEvent[]) => {
  const record = openPatient()
  await record.apply(events)
  return record.seen()
}

test('a message withdrawn at any time leaves the record as if it had never been sent, and restored as if nothing had happened', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ messages, arrival, withdraw, place, batch }) => {
      const message = messages[withdraw]?.[0]?.messageId ?? ''
      const events = messages.flat()
      const others = await recordOf(events.filter(({ messageId }) => messageId !== message))
      const record = openPatient()
      const came = arrival.flat()
      const at = place % (came.length + 1)
      await record.apply(came.toSpliced(at, 0, withdrawn(message, patient, 1)), batch)
      expect(record.seen()).toEqual(others)
      await record.apply(came, batch)
      expect(record.seen()).toEqual(others)
      await record.apply([restored(message, patient, 2)], batch)
      expect(record.seen()).toEqual(await recordOf(events))
    }),
    { numRuns: 150 },
  )
})

test('a message mapped otherwise leaves the record as if it had always been mapped so', async () => {
  await fc.assert(
    fc.asyncProperty(cases, cases, async ({ messages, arrival, withdraw, batch }, other) => {
      const [first] = messages[withdraw] ?? []
      const { messageId = '', sentAt = null, receivedAt = 0, source = '' } = first ?? {}
      const now = (other.messages[0] ?? []).map((event, index) => ({
        ...event,
        ...{ messageId, sentAt, receivedAt, source, id: `${messageId}.${index}` },
      }))
      const replayed = act(
        {
          type: 'MessageReplayed',
          message: messageId,
          by: 'operator',
          events: now.map(({ id }) => id),
        },
        patient,
        1,
      )
      const record = openPatient()
      await record.apply(arrival.flat(), batch)
      // A replay says so only where events are left out; others are compared as they come.
      const isLess = now.length < (messages[withdraw]?.length ?? 0)
      await record.apply(isLess || batch % 2 === 0 ? [replayed, ...now] : now, batch)
      const wanted = messages.map((one, index) => (index === withdraw ? now : one))
      expect(record.seen()).toEqual(await recordOf(wanted.flat()))
    }),
    { numRuns: 150 },
  )
})
