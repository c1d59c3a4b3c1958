import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isInTestFile, type NamedTest } from './documents/named-test.ts'
import { checkout } from './tool.ts'

const document = readFileSync(join(checkout, 'docs/hazards.md'), 'utf8')
const severities = ['Minor', 'Significant', 'Considerable', 'Major', 'Catastrophic']
const likelihoods = ['Very low', 'Low', 'Medium', 'High', 'Very high']
/** Clinical risk by severity and likelihood. DCB0129 implementation guidance, risk matrix. */
const matrix = [
  [1, 1, 2, 2, 3],
  [1, 2, 2, 3, 4],
  [2, 2, 3, 3, 4],
  [2, 3, 3, 4, 5],
  [3, 4, 4, 5, 5],
]

type Hazard = { name: string; text: string; controls: NamedTest[] }

const hazards: Hazard[] = document
  .split(/^## /m)
  .slice(1)
  .map((section) => ({
    name: /<\/a>(H\d+) /.exec(section)?.[1] ?? '',
    text: section,
    controls: [...section.matchAll(/^\| .+? \| (.+) \| `([^`]+\.test\.ts)` \|$/gm)].map(
      ([, title = '', file = '']) => ({ title, file }),
    ),
  }))

const rows = [...document.matchAll(/^\| \[(H\d+) .+\]\(#h\d+\) \| (.+) \| (.+) \| (\d) \|$/gm)]

test('every hazard is listed, with cause, effect and at least one control', () => {
  expect(rows.map(([, name]) => name)).toEqual(hazards.map(({ name }) => name))
  for (const { name, text, controls } of hazards) {
    expect(text, name).toMatch(/^Cause: .+/m)
    expect(text, name).toMatch(/^Effect: .+/m)
    expect(controls.length, name).toBeGreaterThan(0)
  }
})

test.each(
  rows.map(([, name, severity, likelihood, risk]) => ({ name, severity, likelihood, risk })),
)('the risk of $name is that of the matrix', ({ severity = '', likelihood = '', risk }) => {
  const row = matrix[severities.indexOf(severity)]
  expect(Number(risk)).toBe(row?.[likelihoods.indexOf(likelihood)])
})

test.each(hazards.flatMap(({ controls }) => controls))('$title is in $file', (control) => {
  expect(isInTestFile(control)).toBe(true)
})
