import { expect, test } from 'vitest'
import { fixture } from './fixture.ts'
import { names } from './names.ts'

test.each([
  'services/a/src/utils.ts',
  'services/a/src/helpers/date.ts',
  'services/a/src/index.ts',
  'services/a/src/types.ts',
  'services/a/src/readPid.ts',
  'scripts/lib/a.mjs',
])('%s is refused', async (path) => {
  expect(await names(fixture({ [path]: '' }))).toEqual([expect.stringContaining(path)])
})

test.each([
  'packages/kafka/src/client.ts',
  'services/a/src/mllp-frames.test.ts',
  'schemas/src/events.generated.ts',
  '.dependency-cruiser.mjs',
])('%s passes', async (path) => {
  expect(await names(fixture({ [path]: '' }))).toEqual([])
})
