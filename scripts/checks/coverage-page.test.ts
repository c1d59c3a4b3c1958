import { expect, test } from 'vitest'
import { measureCoverage } from '../measure/coverage/measure.ts'
import { coveragePage } from '../measure/coverage/page.ts'
import { coverageIsTrue } from './coverage-page.ts'
import { fixture } from './fixture.ts'

const message =
  'MSH|^~\\&|PAS|X99|||202607010915||ADT^A28|1|P|2.4\rPID|1||1002003^^^X99^MR||DOE^JANE||19800101|F\r'
const corpus = () => fixture({ 'hl7v2/a__b/one.hl7': message })
const quiet = () => undefined

test('an edited page and a missing page are found', async () => {
  const folder = corpus()
  const page = coveragePage(
    (await measureCoverage(folder)) as NonNullable<Awaited<ReturnType<typeof measureCoverage>>>,
  )
  expect(await coverageIsTrue(fixture({ 'docs/coverage.md': page }), folder, quiet)).toEqual([])
  expect(
    await coverageIsTrue(
      fixture({ 'docs/coverage.md': page.replace('1 of 1', '2 of 2') }),
      folder,
      quiet,
    ),
  ).toEqual([expect.stringContaining('docs/coverage.md')])
  expect(await coverageIsTrue(fixture({}), folder, quiet)).toEqual([
    expect.stringContaining('docs/coverage.md'),
  ])
})

test('without a corpus nothing is checked, and the output says so', async () => {
  const said: string[] = []
  expect(await coverageIsTrue(fixture({}), fixture({}), (line) => said.push(line))).toEqual([])
  expect(said).toEqual([expect.stringContaining('skipped')])
})
