import { expect, test } from 'vitest'
import { isAddressRange, isInRanges, isWideRange } from './address-ranges.ts'

const ranges = ['192.0.2.0/28', '198.51.100.7', '2001:db8:1::/48']

test.each([
  ['192.0.2.0', true],
  ['192.0.2.15', true],
  ['192.0.2.16', false],
  ['198.51.100.7', true],
  ['198.51.100.8', false],
  ['2001:db8:1:2::3', true],
  ['2001:db8:2::3', false],
  ['?', false],
  ['', false],
])('%s is in the ranges: %s', (address, expected) => {
  expect(isInRanges(address, ranges)).toBe(expected)
})

test.each([
  ['192.0.2.0/24', true],
  ['192.0.2.7', true],
  ['2001:db8::/32', true],
  ['192.0.2.0/33', false],
  ['192.0.2.0/-1', false],
  ['192.0.2.0/', false],
  ['192.0.2.0/24/1', false],
  ['192.0.2', false],
  ['engine.example', false],
  ['', false],
])('%s is a range: %s', (text, expected) => {
  expect(isAddressRange(text)).toBe(expected)
})

test.each([
  ['0.0.0.0/0', true],
  ['128.0.0.0/1', true],
  ['::/0', true],
  ['10.0.0.0/8', false],
  ['fc00::/16', false],
])('%s names nearly everyone: %s', (text, expected) => {
  expect(isWideRange(text)).toBe(expected)
})
