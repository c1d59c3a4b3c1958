import { execFileSync } from 'node:child_process'
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { composeSchema } from '@tideway/schemas/event-schemas'
import type avro from 'avsc'
import { expect, test } from 'vitest'
import { fixture } from './fixture.ts'
import {
  incompatibilities,
  released,
  releasedSchemas,
  releaseText,
  rewritten,
} from './released-schemas.ts'

const all = released.map(
  ({ name, envelope }) =>
    [`schemas/released/${name}/1.avsc`, releaseText(composeSchema(envelope))] as const,
)
const files = Object.fromEntries(all)
const first = all[0]?.[0] as string

const record = (...fields: object[]) =>
  releaseText({ type: 'record', name: 'Fact', fields } as unknown as avro.Schema)
const id = { name: 'id', type: 'string' }
const note = { name: 'note', type: ['null', 'string'], default: null }

test('without a release the problem says how to make one', async () => {
  expect(await releasedSchemas(fixture({}))).toEqual([
    'schemas/released is empty: run npm run release-schemas',
  ])
})

test('current schemas that are released pass', async () => {
  expect(await releasedSchemas(fixture(files))).toEqual([])
})

test('a schema that changed since its release is found', async () => {
  const older = files[first]?.replace('"doc": "', '"doc": "Once: ') as string
  expect(await releasedSchemas(fixture({ ...files, [first]: older }))).toEqual([
    expect.stringContaining('differs from release 1'),
  ])
})

test('a field that earlier records lack needs a default', () => {
  expect(
    incompatibilities('facts.v1', [record(id), record(id, { name: 'note', type: 'string' })]),
  ).toEqual([expect.stringContaining('schema 2 cannot read what schema 1 wrote')])
  expect(incompatibilities('facts.v1', [record(id), record(id, note)])).toEqual([])
})

test('every earlier schema is compared, not only the previous one', () => {
  const withAge = record(id, { name: 'age', type: 'int', default: 0 })
  const ageNeeded = record(id, { name: 'age', type: 'int' })
  expect(incompatibilities('facts.v1', [record(id), withAge, ageNeeded])).toEqual([
    expect.stringContaining('schema 3 cannot read what schema 1 wrote'),
  ])
})

const git = (root: string, ...args: string[]) =>
  execFileSync(
    'git',
    [
      '-c',
      'user.name=Test',
      '-c',
      'user.email=test@example.org',
      '-c',
      'commit.gpgsign=false',
      ...args,
    ],
    { cwd: root, stdio: 'ignore' },
  )

const repository = () => {
  const root = fixture({ [first]: 'one\n' })
  git(root, 'init')
  git(root, 'add', '.')
  git(root, 'commit', '-m', 'release')
  return root
}

test('an edited released file is found, before and after the commit', async () => {
  const root = repository()
  expect(await rewritten(root)).toEqual([])
  writeFileSync(join(root, first), 'two\n')
  expect(await rewritten(root)).toEqual([`${first} was changed after its release`])
  git(root, 'commit', '--all', '-m', 'rewrite history')
  expect(await rewritten(root)).toEqual([`${first} was changed after its release`])
})

test('a moved released file is found', async () => {
  const root = repository()
  renameSync(join(root, first), join(root, 'elsewhere.avsc'))
  git(root, 'add', '--all')
  git(root, 'commit', '-m', 'move')
  expect(await rewritten(root)).not.toEqual([])
})

test('a further release is not a change', async () => {
  const root = repository()
  writeFileSync(join(root, first.replace('1.avsc', '2.avsc')), 'two\n')
  git(root, 'add', '.')
  git(root, 'commit', '-m', 'second release')
  expect(await rewritten(root)).toEqual([])
})
