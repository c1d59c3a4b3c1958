import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fixture } from './fixture.ts'
import { lint } from './lint.ts'
import { checkout } from './tool.ts'

const project = {
  'biome.json': readFileSync(join(checkout, 'biome.json'), 'utf8'),
  '.gitignore': 'node_modules/\n',
}

const bad: [string, string, string][] = [
  [
    'noUnusedVariables',
    'services/a/src/unused.ts',
    'export const a = () => {\n  const unused = 1\n}\n',
  ],
  ['noDefaultExport', 'services/a/src/default.ts', 'export default 1\n'],
  ['noBarrelFile', 'services/a/src/barrel.ts', "export * from './default.ts'\n"],
  ['noProcessEnv', 'services/a/src/env.ts', "export const home = process.env['HOME']\n"],
  ['noConsole', 'services/a/src/console.ts', "console.log('who')\n"],
  [
    'noNonNullAssertion',
    'services/a/src/certain.ts',
    'export const first = (all: string[]) => all[0]!\n',
  ],
]

test('every rule finds its violation; a warning is enough to fail', async () => {
  const found = await lint(
    fixture({ ...project, ...Object.fromEntries(bad.map(([, path, text]) => [path, text])) }),
  )
  const missed = bad.filter(
    ([rule, path]) =>
      !found.some((line) => line.startsWith(`${path}:`) && line.includes(`/${rule}:`)),
  )
  expect(missed.map(([rule]) => rule)).toEqual([])
})

test('default exports of mappings, the environment in config and the console in commands are allowed', async () => {
  const files = {
    'services/hl7-ingest/src/mappings/adt-a01.ts': 'export default { handles: [] }\n',
    'services/a/src/config.ts': 'export const load = () => process.env\n',
    'scripts/send.ts': "console.log('sent')\n",
  }
  expect(await lint(fixture({ ...project, ...files }))).toEqual([])
})
