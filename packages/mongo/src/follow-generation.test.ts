import { expect, test } from 'vitest'
import { followGeneration, onCurrent } from './follow-generation.ts'

type Followed = Parameters<typeof followGeneration>[0]

const openFollowed = () => {
  const state = { current: 1, now: 0, looks: 0, fails: false }
  const mongo = {
    generations: {
      read: async () => {
        state.looks += 1
        if (state.fails) throw new Error('no database')
        return { current: state.current }
      },
    },
    inGeneration: (generation: number) => ({ generation }),
  } as unknown as Followed
  const built: number[] = []
  const follow = followGeneration(
    mongo,
    (collections) => {
      const { generation } = collections as unknown as { generation: number }
      built.push(generation)
      return { generation: async () => generation }
    },
    () => state.now,
  )
  return { state, built, follow, of: async () => (await follow()).generation() }
}

test('looks once for all who ask, and again when what it knows is old', async () => {
  const { state, built, of } = openFollowed()
  expect(await Promise.all([of(), of(), of()])).toEqual([1, 1, 1])
  expect(state.looks).toBe(1)
  state.current = 2
  state.now = 400
  expect(await of()).toBe(1)
  state.now = 500
  expect(await of()).toBe(2)
  state.now = 5_000
  expect(await of()).toBe(2)
  expect([state.looks, built]).toEqual([3, [1, 2]])
})

test('answers from no generation that may have been replaced', async () => {
  const { state, of } = openFollowed()
  await of()
  state.fails = true
  state.now = 1_000
  await expect(of()).rejects.toThrow('no database')
  state.fails = false
  expect(await of()).toBe(1)
})

test('functions are called on what is current then', async () => {
  const { state, follow } = openFollowed()
  const { generation } = onCurrent(follow, ['generation'])
  expect(await generation()).toBe(1)
  state.current = 7
  state.now = 600
  expect(await generation()).toBe(7)
})
