import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadMappings } from './load-mappings.ts'

const modules = (folder: string) =>
  readdirSync(new URL(folder, import.meta.url))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.replace('.ts', ''))

test('the folders are the register', async () => {
  const { types, fixes } = await loadMappings()
  expect([...types.keys()]).toEqual(
    expect.arrayContaining(['ADT^A01', 'ADT^A04', 'ADT^A40', 'ORU^R01', 'ORU']),
  )
  expect(new Set(types.values()).size).toBe(modules('../mappings/').length)
  expect([...fixes.keys()]).toEqual(modules('../fixes/').sort())
})
