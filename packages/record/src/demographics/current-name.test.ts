import { type PersonName, unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { currentName } from './current-name.ts'

const now = '2026-09-01T09:00:00Z'
const name = (family: string, use: string | null, from?: string, until?: string): PersonName => ({
  ...unsaid.PersonName(),
  family,
  use,
  detail: {
    ...unsaid.PersonNameDetail(),
    validFrom: from ?? null,
    validUntil: until ?? null,
  },
})

test.each([
  ['official before old', [name('Old', 'old'), name('New', 'official')]],
  ['legal before maiden', [name('Old', 'M'), name('New', 'L')]],
  ['legal before birth', [name('Old', 'B'), name('New', 'L')]],
  ['untyped before birth', [name('Old', 'B'), name('New', null)]],
  ['usual before alias', [name('Old', 'A'), name('New', 'usual')]],
  ['legal before maiden, in any case', [name('Old', 'm'), name('New', 'l')]],
  ['a type in no table before birth', [name('Old', 'B'), name('New', 'constructor')]],
  ['legal before a type in no table', [name('Old', 'toString'), name('New', 'L')]],
  ['alias before maiden', [name('Old', 'maiden'), name('New', 'A')]],
  ['in force before over', [name('Old', 'L', undefined, '2001-01-01'), name('New', 'usual')]],
  ['in force before not yet', [name('Old', 'L', '2027-01-01'), name('New', 'usual')]],
  ['over by the month', [name('Old', 'L', undefined, '2026-08'), name('New', null)]],
  ['ends today', [name('New', 'L', undefined, '2026-09-01'), name('Old', null)]],
  ['ends this year', [name('New', 'L', undefined, '2026'), name('Old', null)]],
  ['the first of two alike', [name('New', 'L'), name('Old', 'L')]],
  ['the only one, though it is old', [name('New', 'old', undefined, '2001')]],
])('%s', (_, names) => {
  expect(currentName(names, now)?.family).toBe('New')
})

test('no name at all', () => {
  expect(currentName([], now)).toBeNull()
  expect(currentName(null, now)).toBeNull()
})
