import { afterAll, beforeAll, expect, test } from 'vitest'
import { pollUntil } from '../client/poll.ts'
import { openMaternity } from './mother-and-newborn.fixture.ts'

type Maternity = Awaited<ReturnType<typeof openMaternity>>
let maternity: Maternity
beforeAll(async () => {
  maternity = await openMaternity()
}, 120_000)
afterAll(() => maternity?.close())

const alarms = (changes: Awaited<ReturnType<Maternity['announced']>>) =>
  changes.flatMap((change) => change.alarms.map(({ code, message }) => [code, message]))

test('a withdrawn message is gone from the record until it is restored; a replay after the file is mended parts mother and newborn and announces nothing twice', {
  timeout: 300_000,
}, async () => {
  const { keys, messages, changes, command, replay, recordOf, announced } = maternity
  const first = await replay()
  expect(first.said).toContain('replayed 4 of 4 messages')
  const together = await recordOf(keys.mother, 4)
  expect(together.kinds).toEqual(['encounter', 'encounter', 'report', 'report'])
  expect(together.head).toMatchObject({ nhsNumber: '9434765919', birthDate: '1990-01-01' })
  expect(alarms(await announced(keys.mother, 0, 5)).toSorted()).toEqual(
    [
      ['CRITICAL_RESULT', messages.jaundiced.id],
      ['CRITICAL_RESULT', messages.result.id],
    ].toSorted(),
  )

  let from = changes.length
  const withdrawn = await command('withdraw', messages.result.id, '--reason', 'sent in error')
  expect(withdrawn.said).toContain(`withdrawn  ${messages.result.id}`)
  expect(withdrawn.code).toBe(0)
  const without = await recordOf(keys.mother, 4)
  expect(JSON.stringify([without.head, without.entries])).not.toContain(messages.result.id)
  expect((await maternity.ledgerOf(messages.result))?.withdrawn).toMatchObject({
    state: 'WITHDRAWN',
    reason: 'sent in error',
  })
  expect(await announced(keys.mother, from, 2)).toEqual([
    expect.objectContaining({ kind: 'patient', event: 'MessageWithdrawn', alarms: [] }),
    expect.objectContaining({ kind: 'report', event: 'MessageWithdrawn', removed: true }),
  ])

  from = changes.length
  const again = await replay()
  expect(again.said).toContain('replayed 3 of 4 messages')
  expect(again.said).toContain('1 withdrawn, not replayed')
  expect((await command('withdraw', messages.result.id, '--undo')).code).toBe(0)
  expect(await recordOf(keys.mother, 4)).toEqual(together)
  const restored = await announced(keys.mother, from, 2)
  expect([restored.map(({ event }) => event), alarms(restored)]).toEqual([
    ['MessageRestored', 'MessageRestored'],
    [],
  ])

  maternity.mend()
  from = changes.length
  const mended = await replay()
  expect(mended.said).toContain('2 no longer say all that they said before: that is withdrawn')
  const mother = await recordOf(keys.mother, 2)
  expect(mother.kinds).toEqual(['encounter', 'report'])
  expect(mother.head).toMatchObject({ nhsNumber: null, birthDate: '1990-01-01' })
  for (const { id } of [messages.born, messages.jaundiced])
    expect(JSON.stringify([mother.head, mother.entries])).not.toContain(id)
  const newborn = await recordOf(keys.newborn, 2)
  expect(newborn.head).toMatchObject({ nhsNumber: null, birthDate: '1990-01-01' })
  expect(alarms(await announced(keys.newborn, from, 3))).toEqual([
    ['CRITICAL_RESULT', messages.jaundiced.id],
  ])
  expect(alarms(await announced(keys.mother, from, 1))).toEqual([])

  from = changes.length
  const same = await replay()
  expect(same.said).toContain('replayed 4 of 4 messages')
  // What comes after the replay on the log is announced after it.
  await command('withdraw', messages.admitted.id, '--reason', 'test')
  await announced(keys.mother, from, 1)
  expect(changes.slice(from).flatMap((one) => one.changes.map(({ event }) => event))).toEqual(
    expect.not.arrayContaining(['ResultReported', 'PatientAdmitted']),
  )
  expect(
    await pollUntil(
      async () => alarms(changes.slice(from).flatMap((one) => one.changes)),
      () => true,
      0,
    ),
  ).toEqual([])
})
