import { expect, test } from 'vitest'
import { deadCode } from './dead-code.ts'
import { fixture } from './fixture.ts'

const project = (files: Record<string, string>) =>
  fixture({
    'package.json': '{ "name": "fixture", "type": "module" }',
    'knip.json': '{ "entry": ["main.ts"], "project": ["*.ts"] }',
    ...files,
  })

test('an unused file is found', async () => {
  expect(
    (
      await deadCode(project({ 'main.ts': 'export {}\n', 'forgotten.ts': 'export const a = 1\n' }))
    ).join('\n'),
  ).toContain('forgotten.ts')
})

test('an unused export is found', async () => {
  const files = {
    'main.ts': "import { a } from './b.ts'\na()\n",
    'b.ts': 'export const a = () => 1\nexport const never = 2\n',
  }
  expect((await deadCode(project(files))).join('\n')).toContain('never')
})

test('used code passes', async () => {
  expect(
    await deadCode(
      project({
        'main.ts': "import { a } from './b.ts'\na()\n",
        'b.ts': 'export const a = () => 1\n',
      }),
    ),
  ).toEqual([])
})
