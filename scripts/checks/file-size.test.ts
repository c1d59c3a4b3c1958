import { expect, test } from 'vitest'
import { fileSize } from './file-size.ts'
import { fixture } from './fixture.ts'

const lines = (count: number) => 'const a = 1\n'.repeat(count)
const short = Object.fromEntries(
  Array.from({ length: 40 }, (_, index) => [`services/a/src/short-${index}.ts`, lines(10)]),
)

test('251 lines are too many without a reason; other files are not looked at', async () => {
  const root = fixture({
    ...short,
    'services/a/src/long.ts': lines(251),
    'services/a/src/fits.ts': lines(250),
    'services/a/src/reasoned.ts': `// Over 250 lines: one table of the standard\n${lines(300)}`,
    'services/a/src/unreasoned.ts': `// Over 250 lines:\n${lines(300)}`,
    'services/a/src/events.generated.ts': lines(900),
    'node_modules/a/a.js': lines(900),
  })
  expect(await fileSize(root)).toEqual([
    expect.stringContaining('services/a/src/long.ts has 251 lines'),
    expect.stringContaining('services/a/src/unreasoned.ts has 301 lines'),
  ])
})

test('most files are shorter than 150 lines', async () => {
  const few = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`services/a/src/b-${index}.ts`, lines(150)]),
    )
  expect(await fileSize(fixture({ ...short, ...few(4) }))).toEqual([])
  expect(await fileSize(fixture({ ...short, ...few(5) }))).toEqual([
    'the 90th percentile of all files is 150 lines; it must be under 150',
  ])
})
