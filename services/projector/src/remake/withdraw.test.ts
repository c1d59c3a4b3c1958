import {
  details,
  event,
  observation,
  patient,
  result,
} from '@tideway/record/entries/histories.fixture'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { act, openPatient, restored, withdrawn } from './patient-in-memory.fixture.ts'
import { sampleMessages } from './samples.fixture.ts'

const seenAfter = async (events: readonly PatientEvent[]) => {
  const record = openPatient()
  await record.apply(events)
  return record.seen()
}

const types = new Set(sampleMessages.flat().map(({ body }) => body.type))

/** So many patients share the samples: what a head over its bound leaves out goes with batches. */
const patients = 12
const groups = 3

test.each(Array.from({ length: patients }, (_, index) => index))(
  'of the samples of every message type each can be withdrawn and restored: part %i',
  { timeout: 60_000 },
  async (part) => {
    expect(types.size).toBeGreaterThan(40)
    const messages = sampleMessages.filter((_, index) => index % patients === part)
    const record = openPatient()
    const events = messages.flat()
    await record.apply(events)
    const all = record.seen()
    for (let group = 0; group < groups; group += 1) {
      const some = messages.filter((_, index) => index % groups === group)
      const left = new Set(some.map(([one]) => one?.messageId ?? ''))
      await record.apply([...left].map((message) => withdrawn(message, patient, 2 * group)))
      expect(record.seen()).toEqual(
        await seenAfter(events.filter((one) => !left.has(one.messageId))),
      )
      await record.apply([...left].map((message) => restored(message, patient, 2 * group + 1)))
      expect(record.seen()).toEqual(all)
    }
  },
)

const critical = event(result([observation('F', '7.1', { flags: ['HH'] })]), 1)
const reported = (sent: number, status: 'F' | 'P', value: string) =>
  event(result([observation(status, value)], { status }), sent)

test('what newer messages pushed out of a long history comes back', async () => {
  const events = [
    reported(0, 'F', '4.0'),
    ...Array.from({ length: 240 }, (_, n) => reported(n + 1, n === 130 ? 'F' : 'P', String(n))),
    event(details({ sex: 'MALE' }), 300),
    event(details({ sex: 'FEMALE' }), 301),
  ]
  const record = openPatient()
  await record.apply(events)
  for (const message of ['m131', 'm0', 'm301'])
    await record.apply([withdrawn(message, patient, events.length)])
  expect(record.seen()).toEqual(
    await seenAfter(events.filter(({ messageId }) => !['m131', 'm0', 'm301'].includes(messageId))),
  )
})

test('a patient of whom one message alone told is gone with it, and its version does not begin anew', async () => {
  const record = openPatient()
  await record.apply([reported(1, 'F', '4.0')])
  await record.apply([withdrawn('m1', patient, 1)])
  expect(record.seen()).toEqual({ heads: [], entries: [] })
  await record.apply([event(details({ sex: 'MALE' }), 2)])
  expect(record.changes.map(({ version }) => version)).toEqual([1, 2, 3])
})

const alarmsIn = (record: ReturnType<typeof openPatient>, from = 0) =>
  record.changes
    .slice(from)
    .flatMap(({ changes }) => changes.flatMap(({ alarms }) => alarms.map(({ code }) => code)))
test('killed before any write of a withdrawal or a restoring, it is done when it is delivered again, and announced', async () => {
  const events = [
    event(details({ sex: 'MALE' }), 0),
    critical,
    event(details({ sex: 'FEMALE' }), 1, { id: 'm1.1' }),
    reported(2, 'F', '4.0'),
  ]
  const without = await seenAfter(events.filter(({ messageId }) => messageId !== 'm1'))
  const whole = await seenAfter(events)
  for (let killedAt = 1; killedAt < 30; killedAt += 1) {
    let ticks = Number.NEGATIVE_INFINITY
    const record = openPatient(() => {
      ticks += 1
      if (ticks === killedAt) throw new Error('killed')
    })
    await record.apply(events)
    for (const [act, seen] of [
      [withdrawn('m1', patient, 1), without],
      [restored('m1', patient, 2), whole],
    ] as const) {
      const from = record.changes.length
      ticks = 0
      await record.apply([act])
      expect(record.seen()).toEqual(seen)
      expect(record.changes.slice(from).flatMap(({ changes }) => changes)).toContainEqual(
        expect.objectContaining({ kind: 'patient', event: act.body.type }),
      )
    }
  }
})

test('a withdrawal names what disappeared and alarms nobody; neither does restoring what was announced', async () => {
  const record = openPatient()
  await record.apply([critical])
  expect(alarmsIn(record)).toEqual(['CRITICAL_RESULT'])
  await record.apply([withdrawn('m1', patient, 1)])
  expect(record.changes.at(-1)).toMatchObject({
    messages: ['m1'],
    changes: [
      { kind: 'patient', event: 'MessageWithdrawn', removed: false },
      { kind: 'report', event: 'MessageWithdrawn', removed: true },
    ],
  })
  await record.apply([restored('m1', patient, 2)])
  expect(record.changes.at(-1)).toMatchObject({
    changes: [{ kind: 'patient' }, { kind: 'report', event: 'MessageRestored', removed: false }],
  })
  expect(alarmsIn(record, 1)).toEqual([])
})

test('what came while its message was withdrawn is announced with its alarms when it is restored, once', async () => {
  const record = openPatient()
  await record.apply([withdrawn('m1', patient, 1)])
  await record.apply([critical])
  expect(alarmsIn(record)).toEqual([])
  await record.apply([restored('m1', patient, 2)])
  expect(alarmsIn(record)).toEqual(['CRITICAL_RESULT'])
  await record.apply([restored('m1', patient, 2), critical])
  expect(alarmsIn(record)).toEqual(['CRITICAL_RESULT'])
})

test('a replay announces nothing that could be read before, also just after the partition was assigned', async () => {
  const record = openPatient()
  const events = [critical, event(details({ sex: 'MALE' }), 2)]
  await record.apply(events)
  const from = record.changes.length
  await record.apply(events)
  await record.apply(events, 50, true)
  expect(record.changes.slice(from)).toEqual([])
})

test('a message mapped otherwise announces what is new, and only alarms that it did not raise', async () => {
  const record = openPatient()
  await record.apply([critical])
  const more = {
    ...critical,
    body: result([
      observation('F', '7.1', { flags: ['HH'], place: 'OBX[1]' }),
      observation('F', '1.1', { key: 'NA||1', flags: ['LL'], place: 'OBX[2]' }),
    ]),
  }
  await record.apply([more], 50, true)
  expect(record.changes).toHaveLength(2)
  expect(alarmsIn(record, 1)).toEqual(['CRITICAL_RESULT'])
  expect(record.seen()).toEqual(await seenAfter([more]))
})

test('a message whose events reach the projector in two batches raises the alarms of both', async () => {
  const record = openPatient()
  const second = { ...critical, id: 'm1.1', place: 'OBR[2]' }
  await record.apply([event(details({}), 1), second], 1)
  expect(alarmsIn(record)).toEqual(['CRITICAL_RESULT'])
})

test('what a replay no longer has of a patient is withdrawn, and what it has under another key moves', async () => {
  const record = openPatient()
  const old = [event(details({ nhsNumber: '9434765919' }), 1), event(details({ sex: 'MALE' }), 0)]
  const [first, extra] = [reported(2, 'F', '4.0'), { ...reported(2, 'F', '5.0'), id: 'm2.1' }]
  await record.apply([...old, first, { ...extra, place: 'OBR[2]' }])
  const now = [
    { ...(old[0] as PatientEvent), body: details({}) },
    { ...first, body: result([observation('F', '4.0')], { reportId: 'R2' }) },
  ]
  const replayed = act(
    { type: 'MessageReplayed', message: 'm2', by: 'operator', events: ['m2.0'] },
    patient,
    3,
  )
  await record.apply([replayed, ...now], 1)
  expect(record.seen()).toEqual(await seenAfter([...now, old[1] as PatientEvent]))
  const seen = record.seen()
  await record.apply([replayed, ...now])
  expect(record.seen()).toEqual(seen)
})
