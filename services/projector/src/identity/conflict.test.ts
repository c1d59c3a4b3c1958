import { patient } from '@tideway/record/entries/histories.fixture'
import type { Report } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { openPatient, restored, withdrawn } from '../remake/patient-in-memory.fixture.ts'
import { decided, newborn, oldMan, registered, reported } from './identity.fixture.ts'

const valuesIn = ({ entries }: ReturnType<ReturnType<typeof openPatient>['seen']>) =>
  entries.map(({ data }) => (data as Report).observations[0]?.reported[0]?.value).toSorted()
const alarmsIn = ({ changes }: ReturnType<typeof openPatient>) =>
  changes.flatMap((one) => one.changes.flatMap(({ alarms }) => alarms.map(({ code }) => code)))
const parkedIn = ({ parked }: ReturnType<typeof openPatient>) =>
  parked.map(({ messageId, state, problem }) => `${messageId} ${state} ${problem.code}`)

const after = async (events: readonly PatientEvent[], batch = 50) => {
  const record = openPatient()
  await record.apply(events, batch)
  return record
}

const hiv = reported(0, oldMan, 'HIV positive')
const born = registered(10, newborn)
const ofBaby = reported(11, newborn, '4.1')

test("a number given to a newborn puts nothing of an old man's into the newborn's record, nor the other way round", async () => {
  const record = await after([...hiv, born, ...ofBaby])
  const [head] = record.seen().heads
  expect(valuesIn(record.seen())).toEqual(['HIV positive'])
  expect(head).toMatchObject({
    birthDate: '1931-05-12',
    conflict: {
      messages: ['m10', 'm11'],
      senders: { RJZ: { fields: ['birthDate', 'names', 'sex'] } },
    },
  })
  expect(JSON.stringify(head)).not.toContain('BABY')
  expect([...record.conflicts.values()]).toMatchObject([
    { patient, source: 'RJZ', message: 'm10', stated: { birthDate: '2026-06-30', sex: 'female' } },
  ])
  expect(parkedIn(record)).toEqual(['m10 PARKED IDENTITY_CONFLICT', 'm11 PARKED IDENTITY_CONFLICT'])
})

test("a laboratory's mistyped number shows its potassium to nobody, whichever comes first", async () => {
  const own = registered(1, { name: 'GREEN^MARY', birthDate: '1962-02-03', sex: 'FEMALE' })
  const wrong = reported(2, { name: 'BROWN^EVE', birthDate: '1981-11-23' }, '7.9', 'XL1', ['HH'])
  const right = reported(3, { name: 'GREEN^MARY', birthDate: '1962-02-03' }, '4.0', 'XL1')
  for (const order of [
    [own, ...wrong, ...right],
    [...wrong, own, ...right],
    [...wrong, ...right, own],
    [...right, ...wrong, own],
  ])
    for (const batch of [1, 2, 50]) {
      const record = await after(order, batch)
      expect(valuesIn(record.seen())).toEqual(['4.0'])
      expect(record.seen().heads).toMatchObject([
        { birthDate: '1962-02-03', conflict: { messages: ['m2'] } },
      ])
      expect(parkedIn(record)).toContain('m2 PARKED IDENTITY_CONFLICT')
    }
})

test('messages that agree, and those of others that say nothing, are applied as ever', async () => {
  const record = await after([...hiv, born])
  await record.apply([
    ...reported(20, oldMan, '5.0'),
    ...reported(21, { name: 'OLDMAN^J', birthDate: '1931-05-12' }, '6.0', 'XL1'),
    ...reported(22, null, '7.0', 'XL2'),
  ])
  expect(valuesIn(record.seen())).toEqual(['5.0', '6.0', '7.0', 'HIV positive'])
})

test('what does not say whose it is goes with the last word of its sender', async () => {
  const record = await after([...hiv, born, ...reported(12, null, '4.2')])
  expect(valuesIn(record.seen())).toEqual(['HIV positive'])
  await record.apply([registered(13, oldMan), ...reported(14, null, '4.3')])
  expect(valuesIn(record.seen())).toEqual(['4.3', 'HIV positive'])
  expect(record.seen().heads[0]?.conflict?.messages).toEqual(['m10', 'm12'])
})

test('repeats and redelivery change nothing, in batches of any size', async () => {
  const events = [...hiv, born, ...ofBaby]
  const seen = (await after(events)).seen()
  for (const batch of [1, 2, 3]) {
    const record = await after([...events, ...events], batch)
    expect(record.seen()).toEqual(seen)
    expect(parkedIn(record)).toHaveLength(2)
  }
})

test('SAME_PERSON releases what is held, with its alarms, and what it states is known', async () => {
  const critical = reported(11, newborn, '7.9', 'RJZ', ['HH'])
  const record = await after([...hiv, born, ...critical])
  expect(alarmsIn(record)).toEqual([])
  const decision = decided('SAME_PERSON', ['m10', 'm11'], 20)
  await record.apply([decision])
  expect(valuesIn(record.seen())).toEqual(['7.9', 'HIV positive'])
  const [head] = record.seen().heads
  expect([head?.birthDate, head?.conflict]).toEqual(['2026-06-30', undefined])
  expect(alarmsIn(record)).toEqual(['CRITICAL_RESULT'])
  expect(record.parked.slice(2)).toMatchObject([
    { messageId: 'm10', state: 'RELEASED', by: 'steward' },
    { messageId: 'm11', state: 'RELEASED', by: 'steward' },
  ])
  await record.apply([...reported(21, newborn, '4.2'), ...reported(22, oldMan, '4.3')])
  expect(valuesIn(record.seen())).toEqual(['4.2', '4.3', '7.9', 'HIV positive'])
  const seen = record.seen()
  await record.apply([decision])
  expect(record.seen()).toEqual(seen)
  expect(alarmsIn(record)).toEqual(['CRITICAL_RESULT'])
})

test('a decision about one message releases those that say the same', async () => {
  const record = await after([...hiv, born, ...ofBaby])
  await record.apply([decided('SAME_PERSON', ['m10'], 20)])
  expect(valuesIn(record.seen())).toEqual(['4.1', 'HIV positive'])
})

test('WRONG_MESSAGE withdraws what is held, and says so to the ledger', async () => {
  const record = await after([...hiv, born, ...ofBaby])
  await record.apply([decided('WRONG_MESSAGE', ['m10', 'm11'], 20)])
  const without = await after(hiv)
  expect(record.seen()).toEqual(without.seen())
  expect(record.parked.slice(-2)).toMatchObject([
    { messageId: 'm10', state: 'WITHDRAWN', by: 'steward' },
    { messageId: 'm11', state: 'WITHDRAWN', by: 'steward' },
  ])
  await record.apply([born, ...ofBaby])
  expect(record.seen()).toEqual(without.seen())
})

test('without the message that said first who it is, the next one says it', async () => {
  const events = [...hiv, born, ...ofBaby]
  const record = await after(events)
  const all = record.seen()
  await record.apply([withdrawn('m0', patient, 30)])
  expect(record.seen()).toEqual((await after([born, ...ofBaby])).seen())
  await record.apply([restored('m0', patient, 31)])
  expect(record.seen()).toEqual(all)
})

test('killed before any write, a conflict and its decision are done when they are delivered again', async () => {
  const wrong = reported(2, { name: 'BROWN^EVE', birthDate: '1981-11-23' }, '7.9', 'XL1', ['HH'])
  const own = registered(3, { name: 'GREEN^MARY', birthDate: '1962-02-03' })
  const batches = [wrong, [own], [decided('SAME_PERSON', ['m2'], 20)]]
  const seenAfter = async (count: number) => {
    const record = openPatient()
    for (const batch of batches.slice(0, count)) await record.apply(batch)
    return record.seen()
  }
  const expected = [await seenAfter(1), await seenAfter(2), await seenAfter(3)]
  for (let killedAt = 1; killedAt < 40; killedAt += 1) {
    let ticks = 0
    const record = openPatient(() => {
      ticks += 1
      if (ticks === killedAt) throw new Error('killed')
    })
    for (const [index, batch] of batches.entries()) {
      await record.apply(batch)
      expect(record.seen()).toEqual(expected[index])
    }
    const states = new Set(parkedIn(record))
    expect(states).toEqual(
      new Set(['m2 PARKED IDENTITY_CONFLICT', 'm2 RELEASED IDENTITY_CONFLICT']),
    )
    expect(record.projections.get(`m2|${patient}`)?.pending).toBeUndefined()
  }
})

test('three people under one number: the number is suspected to be a placeholder', async () => {
  const people = ['1950-01-01', '1960-06-02', '1970-11-13'].map((birthDate, index) =>
    registered(20 + index, { name: `${'ABC'[index]}ROWN^${'XYZ'[index]}EVE`, birthDate }),
  )
  const two = await after([...hiv, ...people.slice(0, 2)])
  expect(two.seen().heads[0]?.placeholderSuspected).toBeUndefined()
  await two.apply(people)
  expect(two.seen().heads[0]?.placeholderSuspected).toBe(true)
})
