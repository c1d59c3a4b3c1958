import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { patchedVersion } from './install-kafkajs.ts'

const require = createRequire(import.meta.url)

test('kafkajs has the version the patches were written for', () => {
  const { version } = require('kafkajs/package.json') as { version: string }
  expect(version, 'measure again, and check every file under patches/').toBe(patchedVersion)
})
