import { expect, test } from 'vitest'
import { selfTimes } from './profile.ts'

const node = (id: number, functionName: string) => ({
  id,
  callFrame: { functionName, url: '', lineNumber: 0 },
})

test('shares are of the time the process was busy', () => {
  const profile = {
    nodes: [node(1, '(idle)'), node(2, 'parse'), node(3, 'fold')],
    samples: [1, 2, 3, 2],
    timeDeltas: [900, 30, 10, 60],
  }
  expect(selfTimes(profile)).toEqual([
    { what: 'parse', share: 0.9 },
    { what: 'fold', share: 0.1 },
  ])
})
