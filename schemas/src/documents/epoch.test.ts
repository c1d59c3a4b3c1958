import { expect, test } from 'vitest'
import {
  archivePartitionOf,
  type Epoch,
  type EpochEvidence,
  type EpochReason,
  epochReasons,
  judgeEpoch,
  verdictText,
} from './epoch.ts'

const epoch: Epoch = { id: 'a', log: 1, topics: { raw: 'r1', events: 'e1' }, from: {}, madeAt: '' }
const whole: EpochEvidence = {
  log: { topics: { raw: 'r1', events: 'e1', added: 'x' }, isEmpty: false },
  database: { epoch, isEmpty: false },
  bucket: { epoch, isEmpty: false },
  reached: [{ topic: 'raw', partition: 0, next: 5, end: 5 }],
  handled: [{ topic: 'raw', partition: 0, committed: 4, shown: 5 }],
}
const empty = { epoch: null, isEmpty: true }
const filled = { epoch: null, isEmpty: false }
const place = { topic: 'raw', partition: 2 }

test('the three belong together only if all say so', () => {
  expect(judgeEpoch(whole)).toEqual({ state: 'yes', epoch })
  const { bucket: _, ...withoutBucket } = whole
  expect(judgeEpoch(withoutBucket).state).toBe('yes')
})

test.each<[EpochReason, Partial<EpochEvidence>]>([
  ['NO_EPOCH', { database: filled, bucket: empty }],
  ['NO_EPOCH', { database: empty, bucket: filled }],
  ['NO_EPOCH', { database: empty, bucket: empty }],
  ['DATABASE_WITHOUT_EPOCH', { database: empty }],
  ['DATABASE_WITHOUT_EPOCH', { database: filled }],
  ['BUCKET_WITHOUT_EPOCH', { bucket: empty }],
  ['DIFFERENT_EPOCHS', { bucket: { epoch: { ...epoch, id: 'b' }, isEmpty: false } }],
  ['DATABASE_OLDER', { bucket: { epoch: { ...epoch, log: 2 }, isEmpty: false } }],
  ['BUCKET_OLDER', { database: { epoch: { ...epoch, log: 2 }, isEmpty: false } }],
  ['LOG_MADE_ANEW', { log: { topics: { raw: 'r2', events: 'e1' }, isEmpty: false } }],
  ['LOG_MADE_ANEW', { log: { topics: { raw: 'r1' }, isEmpty: false } }],
  ['LOG_MADE_ANEW', { log: { topics: {}, isEmpty: true } }],
  ['LOG_SHORTER', { reached: [{ ...place, next: 9, end: 8 }] }],
  ['DATABASE_OLDER', { handled: [{ ...place, committed: 9, shown: 8 }] }],
])('%s is noticed', (reason, changed) => {
  const verdict = judgeEpoch({ ...whole, ...changed })
  expect(verdict).toMatchObject({ state: 'no', reason })
  const { command } = epochReasons[reason]
  if (command !== null) expect(verdictText(verdict as never)).toContain(command)
})

test('what does not answer leaves it unknown, whatever the others say', () => {
  for (const name of ['log', 'database', 'bucket'])
    expect(judgeEpoch({ ...whole, [name]: null })).toMatchObject({ state: 'unknown' })
})

test('an epoch begins only where all three are empty', () => {
  const log = { topics: {}, isEmpty: true }
  expect(judgeEpoch({ log, database: empty, bucket: empty })).toEqual({ state: 'new' })
  expect(judgeEpoch({ log, database: empty })).toEqual({ state: 'new' })
  const begun = { epoch, isEmpty: true }
  expect(judgeEpoch({ log, database: begun, bucket: empty })).toEqual({ state: 'new' })
  expect(judgeEpoch({ log, database: empty, bucket: filled })).toMatchObject({ state: 'no' })
  expect(judgeEpoch({ log, database: filled, bucket: empty })).toMatchObject({ state: 'no' })
})

test('partitions of a later log have numbers of their own', () => {
  expect(archivePartitionOf(1, 3)).toBe(3)
  expect(archivePartitionOf(2, 3)).toBe(1_003)
})
