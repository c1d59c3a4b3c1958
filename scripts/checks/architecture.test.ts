import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkout } from './tool.ts'

type Step = { file: string; name: string }
type Spine = { title: string; atMost: number; steps: Step[] }

/** The tables of docs/architecture.md that follow a `spine` comment, with its limit. */
const spinesIn = (document: string): Spine[] =>
  [...document.matchAll(/<!-- spine: (\w+), at most (\d+) -->\n\n((?:\|.*\n)+)/g)].map(
    ([, title = '', atMost, table = '']) => ({
      title,
      atMost: Number(atMost),
      steps: [...table.matchAll(/\| `([^`]+\.ts)` \| `(\w+)` \|/g)].map(
        ([, file = '', name = '']) => ({ file, name }),
      ),
    }),
  )

const isDefinedIn = ({ file, name }: Step): boolean => {
  const path = join(checkout, file)
  if (!existsSync(path)) return false
  const defined = new RegExp(
    String.raw`\b(const|function\*?|async) ${name}\b|\b${name}(<[^>]*>)?[(:]`,
  )
  return defined.test(readFileSync(path, 'utf8'))
}

const document = readFileSync(join(checkout, 'docs/architecture.md'), 'utf8')

test('the three spines are there and short', () => {
  const spines = spinesIn(document)
  expect(spines.map(({ title, atMost }) => [title, atMost])).toEqual([
    ['ingest', 15],
    ['project', 12],
    ['read', 12],
  ])
  for (const { title, atMost, steps } of spines) {
    const files = new Set(steps.map(({ file }) => file))
    expect(files.size, title).toBeGreaterThan(5)
    expect(files.size, title).toBeLessThanOrEqual(atMost)
  }
})

test.each(spinesIn(document).flatMap(({ steps }) => steps))('$file has $name', (step) => {
  expect(isDefinedIn(step)).toBe(true)
})

test('a file or a function that is not there is found', () => {
  expect(isDefinedIn({ file: 'services/nowhere.ts', name: 'receive' })).toBe(false)
  expect(isDefinedIn({ file: 'services/hl7-ingest/src/receive.ts', name: 'recieve' })).toBe(false)
})

test('every path that the guides name exists', () => {
  const guides = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/architecture.md'].concat(
    ['hl7v2', 'fhir', 'record-api', 'operations', 'topics', 'glossary', 'clinical-rules'].map(
      (name) => `docs/${name}.md`,
    ),
  )
  const missing = guides.flatMap((guide) => {
    const text = readFileSync(join(checkout, guide), 'utf8')
    const named = [
      ...text.matchAll(/`((?:services|packages|schemas|scripts|docs|deploy)\/[^`<>{}* ]*)`/g),
    ].map(([, path = '']) => join(checkout, path))
    const linked = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, path = '']) =>
      join(checkout, guide, '..', path),
    )
    return [...named, ...linked]
      .filter((path) => !existsSync(path))
      .map((path) => `${guide}: ${path}`)
  })
  expect(missing).toEqual([])
})
