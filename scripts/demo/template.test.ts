import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { peek } from '../measure/load/peek.ts'
import { fill } from './template.ts'

const dir = new URL('./story/', import.meta.url)
const files = readdirSync(dir).sort()

test('times are relative to now in local time, including summer time', () => {
  expect(
    fill('A|{{-1h30m}}\nB|{{-1d}}\n', new Date('2026-07-01T12:00:00Z'), 'Europe/London').toString(),
  ).toBe('A|20260701113000\rB|20260630130000\r')
})

test.each(files)('%s has no unfilled time, and the control id of its position', (file) => {
  const bytes = fill(readFileSync(new URL(file, dir), 'utf8'), new Date(), 'Europe/London')
  expect(bytes.toString()).not.toMatch(/\{\{|\n/)
  expect(peek(bytes)?.controlId).toBe(`STORY-${file.slice(0, 2)}`)
})
