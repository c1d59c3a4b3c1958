import { expect, test } from 'vitest'
import { fixture } from './fixture.ts'
import { typeNames } from './type-names.ts'

test('a name that two files export for a type is found', async () => {
  const root = fixture({
    'a.ts': 'export type Patient = { a: 1 }\nexport type Ports = { a: 1 }\ntype Asked = 1\n',
    'b.ts': 'export interface Patient {\n  b: 1\n}\nexport type Asked = 2\n',
    'c.ts': "export type { Ports } from './a.ts'\nexport const Patient = 1\n",
    'd.fixture.ts': 'export type Ports = 1\n',
    'e.test.ts': 'export type Ports = 1\n',
    'services/a/src/config.ts': 'export type Config = 1\n',
    'services/b/src/config.ts': 'export type Config = 2\n',
  })
  expect(await typeNames(root)).toEqual(['Patient is exported by a.ts, b.ts'])
})

test('a schema and the type of it are one', async () => {
  const root = fixture({ 'a.ts': 'export const Message = 1\nexport type Message = 1\n' })
  expect(await typeNames(root)).toEqual([])
})
