import { patient } from '@tideway/record/entries/histories.fixture'
import type { Report } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { openPatient, restored, withdrawn } from '../remake/patient-in-memory.fixture.ts'
import { decided, newborn, oldMan, registered, reported } from './identity.fixture.ts'

const second = `${patient}~2`
type Record = ReturnType<typeof openPatient>

const after = async (events: readonly PatientEvent[], batch = 50) => {
  const record = openPatient()
  await record.apply(events, batch)
  return record
}

/** Values of reports by patient. */
const valuesOf = (record: Record): { [patient: string]: (string | null | undefined)[] } => {
  const { heads, entries } = record.seen()
  return Object.fromEntries(
    heads.map(({ _id }) => [
      _id,
      entries
        .filter((entry) => entry.patient === _id)
        .map(({ data }) => (data as Report).observations[0]?.reported[0]?.value)
        .toSorted(),
    ]),
  )
}

const alarmsIn = ({ changes }: Record) =>
  changes.flatMap((one) =>
    one.changes.flatMap(({ alarms }) => alarms.map(({ code }) => `${code} ${one.patientKey}`)),
  )

const hiv = reported(0, oldMan, 'HIV positive')
const born = registered(10, newborn)
const ofBaby = reported(11, newborn, '7.9', 'RJZ', ['HH'])
const other = decided('OTHER_PERSON', ['m10', 'm11'], 20)
const both = [...hiv, born, ...ofBaby, other]

test('OTHER_PERSON: the number is given to another person, and the old one keeps his data and is found as before', async () => {
  const record = await after(both.slice(0, -1))
  await record.apply([other])
  expect(valuesOf(record)).toEqual({ [patient]: ['HIV positive'], [second]: ['7.9'] })
  const [old, young] = record.seen().heads
  expect(old).toMatchObject({ _id: patient, identifier: 'T100', birthDate: '1931-05-12' })
  expect(young).toMatchObject({
    ...{ _id: second, identifier: 'T100', organisation: 'RJZ', generation: 2 },
    birthDate: '2026-06-30',
  })
  expect([old?.conflict, young?.conflict, old?.generation]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(old?.id).not.toBe(young?.id)
  expect(alarmsIn(record)).toEqual([`CRITICAL_RESULT ${second}`])
  expect(record.parked.slice(-2)).toMatchObject([
    { messageId: 'm10', state: 'RELEASED', patientKey: patient, by: 'steward' },
    { messageId: 'm11', state: 'RELEASED', patientKey: patient, by: 'steward' },
  ])
})

const later = [
  ...reported(30, newborn, '4.1'),
  ...reported(31, { name: 'JONES^ADA', birthDate: '2026-06-30' }, '4.2', 'XL1'),
  ...reported(32, oldMan, '4.3', 'XL1'),
  ...reported(33, null, '4.4'),
  ...reported(5, null, '4.5'),
]

test.each([1, 2, 50])(
  'from then on each message goes to the one it agrees with, else by its time: %i',
  async (batch) => {
    const record = await after([...both, ...later], batch)
    expect(valuesOf(record)).toEqual({
      [patient]: ['4.3', '4.5', 'HIV positive'],
      [second]: ['4.1', '4.2', '4.4', '7.9'],
    })
    const seen = record.seen()
    await record.apply([...both, ...later], batch)
    expect(record.seen()).toEqual(seen)
    await record.apply([withdrawn('m30', patient, 40), restored('m30', patient, 41)], 1)
    expect(record.seen()).toEqual(seen)
  },
)

test('a third person under the number is held, and can be given it too', async () => {
  const third = registered(50, { name: 'GREEN^MARY', birthDate: '1962-02-03', sex: 'FEMALE' })
  const record = await after([...both, ...later, third])
  expect(record.seen().heads.map(({ conflict }) => conflict?.messages)).toEqual([
    undefined,
    ['m50'],
  ])
  await record.apply([decided('OTHER_PERSON', ['m50'], 60)])
  expect(record.seen().heads.map(({ _id, birthDate }) => [_id, birthDate])).toEqual([
    [patient, '1931-05-12'],
    [second, '2026-06-30'],
    [`${patient}~3`, '1962-02-03'],
  ])
})

test('a later SAME_PERSON joins them again exactly', async () => {
  const same = decided('SAME_PERSON', ['m10', 'm11'], 70)
  const record = await after([...both, ...later, same])
  const never = await after([
    ...hiv,
    born,
    ...ofBaby,
    decided('SAME_PERSON', ['m10', 'm11'], 20),
    ...later,
  ])
  expect(record.seen()).toEqual(never.seen())
  const byKeys = decided('SAME_PERSON', [], 70, { patientKeys: [patient, second] })
  expect((await after([...both, ...later, byKeys])).seen()).toEqual(never.seen())
})

test('WRONG_MESSAGE after OTHER_PERSON leaves nothing of the second person', async () => {
  const record = await after([...both, decided('WRONG_MESSAGE', ['m10', 'm11'], 70)])
  const [only, ...others] = record.seen().heads
  expect([only?._id, others]).toEqual([patient, []])
  expect(valuesOf(record)).toEqual({ [patient]: ['HIV positive'] })
})

test('SPLIT_NUMBER moves what was said from a time on, and is taken back exactly', async () => {
  // Nothing in these contradicts, as for a number that was given to a namesake.
  const namesake = { name: 'OLDMAN^JOHN', birthDate: '1931-05-15' }
  const history = [
    ...hiv,
    ...reported(20, namesake, '4.1'),
    ...reported(21, null, '4.2'),
    ...reported(22, oldMan, '4.3', 'XL1'),
  ]
  const whole = await after(history)
  expect(Object.keys(valuesOf(whole))).toEqual([patient])
  const from = Date.UTC(2026, 6, 1, 0, 15)
  const record = await after([...history, decided('SPLIT_NUMBER', [], 30, { from })])
  expect(valuesOf(record)).toEqual({
    [patient]: ['4.3', 'HIV positive'],
    [second]: ['4.1', '4.2'],
  })
  await record.apply([decided('SAME_PERSON', [], 40, { patientKeys: [patient, second] })])
  expect(record.seen()).toEqual(whole.seen())
})

test('killed before any write, a number is given to another person when the decision comes again', async () => {
  const batches = [[...hiv, born, ...ofBaby], [other], later]
  const expected = (await after(batches.flat())).seen()
  for (let killedAt = 1; killedAt < 80; killedAt += 1) {
    let ticks = 0
    const record = openPatient(() => {
      ticks += 1
      if (ticks === killedAt) throw new Error('killed')
    })
    for (const batch of batches) await record.apply(batch)
    expect(record.seen()).toEqual(expected)
    expect(new Set(alarmsIn(record))).toEqual(new Set([`CRITICAL_RESULT ${second}`]))
    expect([...record.projections.values()].filter(({ pending }) => pending)).toEqual([])
  }
})
