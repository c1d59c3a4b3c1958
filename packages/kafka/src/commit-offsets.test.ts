import { expect, test } from 'vitest'
import { collectCommits } from './commit-offsets.ts'

const place = (partition: number, offset: number) => ({
  topic: 'events',
  partition,
  offset: String(offset),
})
const quiet = { warn: () => undefined }
const offsets = (...partitions: [number, number][]) => ({
  topics: [
    {
      topic: 'events',
      partitions: partitions.map(([partition, offset]) => ({ partition, offset: String(offset) })),
    },
  ],
})

/** A broker with answers controlled by the test. */
const broker = () => {
  const sent: object[] = []
  const answers: { resolve: () => void; reject: (cause: unknown) => void }[] = []
  const send = (offsets: object) =>
    new Promise<void>((resolve, reject) => {
      sent.push(offsets)
      answers.push({ resolve, reject })
    })
  return { sent, answers, send }
}

test('offsets since the last commit are committed together, the newest of each partition, one commit at a time', async () => {
  const { sent, answers, send } = broker()
  const commits = collectCommits(quiet)
  for (const each of [place(0, 5), place(1, 7), place(0, 6)]) commits.add(each, send)
  const first = commits.commit()
  commits.add(place(0, 9), send)
  expect(commits.commit()).toBe(first)
  const flushed = commits.flush()
  answers[0]?.resolve()
  await first
  await Promise.resolve()
  answers[1]?.resolve()
  await flushed
  expect(sent).toEqual([offsets([0, 6], [1, 7]), offsets([0, 9])])
})

test('a failed commit is retried, unless a newer offset was added', async () => {
  const { sent, answers, send } = broker()
  const commits = collectCommits(quiet)
  commits.add(place(0, 5), send)
  commits.add(place(1, 7), send)
  const failing = commits.commit()
  commits.add(place(0, 8), send)
  answers[0]?.reject(new Error('connection closed'))
  await failing
  const again = commits.commit()
  answers[1]?.resolve()
  await again
  expect(sent[1]).toEqual(offsets([0, 8], [1, 7]))
})

test.each([
  [
    'the group rebalanced in between',
    (commits: ReturnType<typeof collectCommits>) => commits.forget(),
    new Error('connection closed'),
  ],
  [
    'the broker reports a new generation',
    () => undefined,
    Object.assign(new Error('moved on'), { type: 'ILLEGAL_GENERATION' }),
  ],
])(
  'nothing is committed for partitions that another member may read: %s',
  async (_, meanwhile, cause) => {
    const { sent, answers, send } = broker()
    const commits = collectCommits(quiet)
    commits.add(place(0, 5), send)
    const failing = commits.commit()
    meanwhile(commits)
    answers[0]?.reject(cause)
    await failing
    await commits.flush()
    expect(sent).toHaveLength(1)
  },
)
