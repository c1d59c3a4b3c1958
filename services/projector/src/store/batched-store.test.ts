import { expect, test } from 'vitest'
import { gathering } from './batched-store.ts'

const counted = () => {
  const calls: number[][] = []
  const act = gathering(async (items: readonly number[]) => {
    calls.push([...items])
    return items.length
  })
  return { calls, act }
}

test('calls of one turn become one call, and each gets its result', async () => {
  const { calls, act } = counted()
  expect(await Promise.all([act([1, 2]), act([3]), act([])])).toEqual([3, 3, 3])
  expect(calls).toEqual([[1, 2, 3]])
})

test('a call made while another is in progress is a separate call', async () => {
  const { calls, act } = counted()
  const first = act([1])
  await new Promise((resolve) => setImmediate(resolve))
  await Promise.all([first, act([2])])
  expect(calls).toEqual([[1], [2]])
})

test('a failure rejects every call, and the next call is attempted again', async () => {
  let fails = true
  const act = gathering(async () => {
    if (fails) throw new Error('away')
    return 'done'
  })
  expect((await Promise.allSettled([act([1]), act([2])])).map(({ status }) => status)).toEqual([
    'rejected',
    'rejected',
  ])
  fails = false
  expect(await act([1])).toBe('done')
})
