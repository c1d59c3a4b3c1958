import { expect, test } from 'vitest'
import { holdsWords, says } from './element-text.ts'

test.each([
  ['6.8', '6.8'],
  [' K ', 'K'],
  [' ', ' '],
  ['20260701100000', '2026-07-01T10:00:00+01:00'],
  ['202607011005', '2026-07-01T10:05+01:00'],
  ['20260701091530.2500+0100', '2026-07-01T09:15:30.2500+01:00'],
  ['2026070109', '2026-07-01'],
  ['2026', '2026'],
  [String.raw`55\T\60 %.\.br\Signed`, '55&60 %.\nSigned'],
  ['6.80', 6.8],
] as const)('%j says %j', (sent, value) => expect(says(sent, value)).toBe(true))

test.each([
  ['6.8', '6.80'],
  ['20260701', '2026-07-02'],
  ['202607011006', '2026-07-01T10:05+01:00'],
  ['20260701', '2026-07'],
  ['', ''],
  [String.raw`55\T\60`, '55&61'],
  [String.raw`\T\60`, 'x&60y'],
  ['K', 'Potassium'],
  ['', 0],
] as const)('%j does not say %j', (sent, value) => expect(says(sent, value)).toBe(false))

test('words assembled from components', () => {
  expect(holdsWords('EXAMPLE^ROBIN^^^DR', 'DR ROBIN EXAMPLE')).toBe(true)
  expect(holdsWords('EXAMPLE^ROBIN', 'DR ROBIN EXAMPLE')).toBe(false)
  expect(holdsWords('<^5', '<5')).toBe(true)
  expect(holdsWords('anything', '---')).toBe(false)
})
