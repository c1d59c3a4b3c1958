import { expect, test } from 'vitest'
import { readAgain } from './read-again.ts'

const object = (first: number, last: number) => ({ first, last })
const log = { from: 0, low: 0, committed: 100 }

test('goes on behind the last object where nothing is missing', () => {
  expect(readAgain([object(40, 99), object(0, 39)], log)).toEqual({ at: 100, lost: [] })
  expect(readAgain([object(0, 119)], log)).toEqual({ at: 120, lost: [] })
})

test('reads again from the first offset that no object covers', () => {
  expect(readAgain([], log)).toEqual({ at: 0, lost: [] })
  expect(readAgain([object(0, 39), object(60, 99)], log)).toEqual({ at: 40, lost: [] })
  expect(readAgain([object(0, 39)], log)).toEqual({ at: 40, lost: [] })
  expect(readAgain([object(0, 39)], { ...log, from: 20 })).toEqual({ at: 40, lost: [] })
})

test('says what neither the log nor an object has', () => {
  expect(readAgain([], { ...log, low: 30 })).toEqual({ at: 30, lost: [{ first: 0, last: 29 }] })
  expect(readAgain([], { ...log, low: 100 })).toEqual({ at: 100, lost: [{ first: 0, last: 99 }] })
  expect(readAgain([object(0, 9), object(20, 99)], { ...log, low: 50 })).toEqual({
    at: 100,
    lost: [{ first: 10, last: 19 }],
  })
  expect(readAgain([object(0, 9), object(20, 49)], { ...log, low: 15 })).toEqual({
    at: 15,
    lost: [{ first: 10, last: 14 }],
  })
})

test('what the log had before the archive began in it is not missing', () => {
  expect(readAgain([], { from: 70, low: 0, committed: 100 })).toEqual({ at: 70, lost: [] })
})
