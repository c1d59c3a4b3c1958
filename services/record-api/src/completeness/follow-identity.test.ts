import { expect, test } from 'vitest'
import { followIdentity } from './follow-identity.ts'

const seen = (at: number) => ({ proven: at, told: at })

test('what was projected counts once identity has considered what was announced by then', () => {
  const follow = followIdentity()
  expect(follow(10, seen(8), 9)).toEqual({ proven: null, told: null })
  expect(follow(20, seen(18), 10)).toEqual(seen(8))
  expect(follow(30, seen(28), 30)).toEqual(seen(28))
})

test('while identity does not go on, nothing newer counts', () => {
  const follow = followIdentity()
  expect(follow(10, seen(8), 10)).toEqual(seen(8))
  expect(follow(20, seen(18), 10)).toEqual(seen(8))
  expect(follow(30, seen(28), null)).toEqual(seen(8))
  expect(follow(40, seen(38), 25)).toEqual(seen(18))
})
