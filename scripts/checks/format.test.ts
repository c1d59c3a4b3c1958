import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fixture } from './fixture.ts'
import { format } from './format.ts'
import { checkout } from './tool.ts'

const project = {
  'biome.json': readFileSync(join(checkout, 'biome.json'), 'utf8'),
  '.gitignore': 'node_modules/\n',
}

test('a file that is not formatted is named', async () => {
  const files = { 'a.ts': "export const a = 'b'\n", 'b.ts': 'export const b={c:"d"};\n' }
  expect(await format(fixture({ ...project, ...files }))).toEqual([
    'b.ts is not formatted: npx biome format --write',
  ])
})

test('formatted files pass', async () => {
  expect(await format(fixture({ ...project, 'a.ts': "export const a = 'b'\n" }))).toEqual([])
})
