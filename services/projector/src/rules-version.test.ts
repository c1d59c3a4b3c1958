import { expect, test } from 'vitest'
import { rulesVersion, versionOfFiles } from './rules-version.ts'

test('the version of the rules follows from their code', () => {
  expect(rulesVersion()).toMatch(/^[0-9a-f]{12}$/)
  expect(rulesVersion()).toBe(rulesVersion())
})

test('comments and layout do not change it, code and names of files do', () => {
  const version = (name: string, text: string) => versionOfFiles([[name, text]])
  const rule = 'export const a = 1\n'
  expect(version('a.ts', `/** Why. */\n// And how.\n  ${rule}\n`)).toBe(version('a.ts', rule))
  expect(version('a.ts', 'export const a = 2\n')).not.toBe(version('a.ts', rule))
  expect(version('b.ts', rule)).not.toBe(version('a.ts', rule))
  expect(version('a.ts', "export const a = '/*'\nb()\nexport const c = '*/'")).not.toBe(
    version('a.ts', "export const a = '/*'\nd()\nexport const c = '*/'"),
  )
})
