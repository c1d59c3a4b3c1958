import { expect, test } from 'vitest'
import { fixture } from './fixture.ts'
import { lockFile, missingBuilds } from './lock-file.ts'

const tool = {
  version: '2.0.0',
  dev: true,
  optionalDependencies: {
    '@tool/linux-x64-gnu': '2.0.0',
    '@tool/darwin-arm64': '2.0.0',
    'tool-win32-x64-msvc': '2.0.0',
    fsevents: '~2.3.3',
  },
}
const here = { version: '2.0.0', dev: true, optional: true }

test('missing builds for other platforms are named, with their platform', () => {
  expect(
    missingBuilds({
      packages: { 'node_modules/tool': tool, 'node_modules/@tool/linux-x64-gnu': here },
    }),
  ).toEqual({
    'node_modules/@tool/darwin-arm64': {
      version: '2.0.0',
      dev: true,
      optional: true,
      os: ['darwin'],
      cpu: ['arm64'],
    },
    'node_modules/tool-win32-x64-msvc': {
      version: '2.0.0',
      dev: true,
      optional: true,
      os: ['win32'],
      cpu: ['x64'],
    },
  })
})

test('a lock file without those builds fails, one with them passes', async () => {
  const packages = {
    'node_modules/tool': tool,
    'node_modules/@tool/linux-x64-gnu': here,
    'node_modules/@tool/darwin-arm64': here,
  }
  expect(await lockFile(fixture({ 'package-lock.json': JSON.stringify({ packages }) }))).toEqual([
    expect.stringContaining('tool-win32-x64-msvc'),
  ])
  const all = { ...packages, 'node_modules/tool-win32-x64-msvc': here }
  expect(
    await lockFile(fixture({ 'package-lock.json': JSON.stringify({ packages: all }) })),
  ).toEqual([])
})
