import { entryIdIn } from '@tideway/record/entries/entry'
import { expect, test } from 'vitest'
import { normalise } from '../normalise/normalise.ts'
import { observation, patient, rules, system, trust } from '../sender.fixture.ts'
import { knownFrom } from './known-resource.ts'
import { sharedLog, startProcess } from './process.fixture.ts'

const result = (id: string, code: string) =>
  observation(
    code,
    { valueQuantity: { value: 5 } },
    {
      id,
      identifier: [{ system: system('X99', 'report'), value: 'N1' }],
      subject: { reference: 'Patient/p' },
    },
  )
const entriesIn = (log: ReturnType<typeof sharedLog>) =>
  log.events().flatMap((event) => {
    const id = entryIdIn(event)
    return id === null ? [] : [id]
  })

test('results with one number that are sent at once do not overwrite each other', async () => {
  const log = sharedLog()
  const one = startProcess(log)
  await one.put({ ...patient('A1'), id: 'p' })
  const codes = ['K', 'Na', 'Cl', 'Ur', 'Cr']
  await Promise.all(codes.map((code) => one.put(result(`o-${code}`, code))))
  const entries = entriesIn(log)
  expect(new Set(entries).size).toBe(codes.length)
  await Promise.all(codes.map((code) => one.put({ ...result(`o-${code}`, code), language: 'en' })))
  expect(new Set(entriesIn(log).slice(codes.length))).toEqual(new Set(entries))
  await one.references.close()
})

test('a result that was not durable gives its number back', async () => {
  const log = sharedLog()
  const one = startProcess(log)
  await one.put({ ...patient('A1'), id: 'p' })
  log.failures.after = 0
  await expect(one.put(result('a', 'K'))).rejects.toThrow()
  log.failures.after = Number.POSITIVE_INFINITY
  await one.put(result('b', 'Na'))
  expect(entriesIn(log)).toEqual(['X99|A1|report|N1'])
  await one.references.close()
})

test('another process, and a replay of the archive, give the same keys', async () => {
  const log = sharedLog()
  const [one, other] = [startProcess(log), startProcess(log)]
  await one.put({ ...patient('A1'), id: 'p' })
  await one.put(result('a', 'K'))
  other.readOn()
  await other.put(result('b', 'Na'))
  await other.put({ ...result('a', 'K'), status: 'corrected' })
  const [first, second] = entriesIn(log)
  expect(second).not.toBe(first)
  expect(entriesIn(log)).toEqual([first, second, first])
  const replayed = log.messages().flatMap(({ id, bytes, receivedAt, submission }) => {
    if (submission === null || bytes === null) return []
    const { client, method, base, resolved } = submission
    return normalise(
      {
        source: trust,
        bytes,
        receivedAt,
        messageId: id,
        submitter: { client, method: method as 'PUT', base },
        known: knownFrom(resolved),
      },
      rules,
    ).events.flatMap((event) => entryIdIn(event) ?? [])
  })
  expect(replayed).toEqual(entriesIn(log))
  await Promise.all([one.references.close(), other.references.close()])
})
