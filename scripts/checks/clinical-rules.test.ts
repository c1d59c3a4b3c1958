import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkout } from './tool.ts'

type Row = { title: string; file: string }
type Kind = { name: string; tests: Row[] }

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

/** A title stands in quotes in its file, with anything on that line for each `…`. */
const isIn = ({ title, file }: Row): boolean => {
  const path = join(checkout, file)
  if (!existsSync(path)) return false
  const pattern = title
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('…', String.raw`[^'\n]+`)
  return new RegExp(`'${pattern}'`).test(readFileSync(path, 'utf8'))
}

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
  expect(isIn(row)).toBe(true)
})

test('a test or a file that is not there is found', () => {
  const [row] = kinds.flatMap(({ tests }) => tests) as [Row]
  expect(isIn({ ...row, file: 'services/nowhere.test.ts' })).toBe(false)
  expect(isIn({ ...row, title: `${row.title}, never` })).toBe(false)
})
