import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkout, runTool } from '../checks/tool.ts'

const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}
const commands = Object.keys(scripts).filter((name) => !name.startsWith('pre'))

/** A checkout without node_modules, and an npm that only says that it was called. */
const root = mkdtempSync(join(tmpdir(), 'tideway-clone-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const bin = join(root, 'bin')
const clone = join(root, 'clone')
mkdirSync(bin)
for (const part of ['package.json', 'package-lock.json', 'scripts'])
  cpSync(join(checkout, part), join(clone, part), { recursive: true })

/** The programs of the machine, not those that this test run has from node_modules. */
const machinePath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
const find = (name: string) =>
  machinePath.map((folder) => join(folder, name)).find((path) => existsSync(path))
const node = find('node') ?? process.execPath
symlinkSync(node, join(bin, 'node'))
writeFileSync(join(bin, 'npm'), '#!/bin/sh\necho "npm $*" >&2\nexit 1\n')
chmodSync(join(bin, 'npm'), 0o755)
const npm = find('npm')

/** Addresses of every part, so that nothing of the machine but Node is needed. */
const parts = {
  KAFKA_BROKERS: '127.0.0.1:1',
  SCHEMA_REGISTRY_URL: 'http://127.0.0.1:1',
  MONGODB_URL: 'mongodb://127.0.0.1:1',
  S3_ENDPOINT: 'http://127.0.0.1:1',
  OIDC_ISSUER: 'http://127.0.0.1:1',
}

test.skipIf(npm === undefined).each(commands.filter((name) => name !== 'test:scripts'))(
  'on a fresh clone, npm run %s installs before anything else',
  async (name) => {
    const { code, output } = await runTool(npm as string, ['run', name], clone, {
      ...parts,
      TIDEWAY_HOME: join(root, 'home'),
      PATH: [bin, ...machinePath].join(delimiter),
    })
    expect(code).not.toBe(0)
    expect(output).toContain('npm ci --no-audit --no-fund')
    expect(output).toContain('npm ci failed; its output is above')
    expect(output).not.toMatch(/^\s+at /m)
    expect(existsSync(join(root, 'home'))).toBe(false)
  },
)

test('what runs before the installation writes nothing to standard output', () => {
  const { stdout } = spawnSync(node, ['scripts/install.mjs'], {
    cwd: clone,
    encoding: 'utf8',
    env: { ...process.env, ...parts, PATH: [bin, ...machinePath].join(delimiter) },
  })
  expect(stdout).toBe('')
})
