import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isInTestFile, type NamedTest } from './documents/named-test.ts'
import { checkout } from './tool.ts'

type Kind = { name: string; tests: NamedTest[] }

/** The sections of docs/clinical-rules.md with the tests they name. */
const kindsIn = (document: string): Kind[] =>
  document
    .split(/^## /m)
    .slice(1)
    .map((section) => ({
      name: section.slice(0, section.indexOf('\n')),
      tests: [...section.matchAll(/^\| (.+) \| `([^`]+\.test\.ts)` \|$/gm)].map(
        ([, title = '', file = '']) => ({ title, file }),
      ),
    }))

const document = readFileSync(join(checkout, 'docs/clinical-rules.md'), 'utf8')
const kinds = kindsIn(document)

test('every kind of fault has a rule, and at least five tests beside the one that found it', () => {
  const listed = [...document.matchAll(/^\| \[(.+)\]\(#/gm)].map(([, name]) => name)
  expect(kinds.map(({ name }) => name)).toEqual(listed)
  expect(listed).toHaveLength(8)
  for (const { name, tests } of kinds) {
    expect(tests.length, name).toBeGreaterThanOrEqual(6)
    expect(new Set(tests.map(({ title }) => title)).size, name).toBe(tests.length)
  }
})

test.each(kinds.flatMap(({ tests }) => tests))('$title is in $file', (row) => {
  expect(isInTestFile(row)).toBe(true)
})

test('a test or a file that is not there is found', () => {
  const [row] = kinds.flatMap(({ tests }) => tests) as [NamedTest]
  expect(isInTestFile({ ...row, file: 'services/nowhere.test.ts' })).toBe(false)
  expect(isInTestFile({ ...row, title: `${row.title}, never` })).toBe(false)
})
