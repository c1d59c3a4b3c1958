import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { largestBlock } from '@tideway/identity/block-keys'
import { afterEach, expect, test, vi } from 'vitest'
import { matchFile } from './match-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'tideway-match-'))
afterEach(() => {
  for (const file of readdirSync(folder)) rmSync(join(folder, file))
  vi.restoreAllMocks()
})

type Row = Record<string, unknown>
type Link = { a: string; b: string; how: string; rule: string; score: number }

const ann: Row = {
  organisation: 'L01',
  nhsNumber: '9434765919',
  nhsStatus: '01',
  family: 'CARTER',
  given: ['ANN'],
  birthDate: '1974-03-22',
  sex: 'female',
  postcode: 'SE5 9RS',
  addressLine: '12 Canal Road',
  phone: '07700 900123',
}

const matched = async (lines: readonly (Row | string)[]) => {
  const [input, output] = [join(folder, 'in.ndjson'), join(folder, 'out.ndjson')]
  writeFileSync(
    input,
    lines.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n'),
  )
  const summary = await matchFile(input, output, () => undefined)
  const links = readFileSync(output, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Link)
  return { summary, links, files: readdirSync(folder) }
}

test('links and work items are written, and no scratch file is left', async () => {
  const { links, files } = await matched([
    { record: 'r1', ...ann },
    { record: 'r2', ...ann, family: 'OKAFOR' },
    { record: 'r3', ...ann, given: ['PETER'], sex: 'male', more: 'than is known' },
    { record: 'r4', family: null },
  ])
  expect(links).toEqual([
    expect.objectContaining({ a: 'r1', b: 'r2', how: 'auto', rule: 'number-birthday-given-name' }),
    expect.objectContaining({ how: 'work-item', b: 'r3', rule: 'number-shared-given-names' }),
  ])
  expect(files.toSorted()).toEqual(['in.ndjson', 'out.ndjson'])
})

test('what the truth says is not read', async () => {
  const rows = [
    { record: 'r1', ...ann },
    { record: 'r2', ...ann },
  ]
  const without = await matched(rows)
  const misled = await matched(
    rows.map((row, index) => ({ ...row, person: `p${index}`, kinds: ['twin'] })),
  )
  expect(misled.links).toEqual(without.links)
})

test('a line that cannot be read is told with its number, without its content, and left out', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const { summary, links } = await matched([
    { record: 'r1', ...ann },
    '{"record": "CARTER',
    '["CARTER"]',
    '',
    { ...ann },
    { record: 'r2', ...ann },
  ])
  expect(summary).toMatchObject({ records: 2, bad: 3 })
  expect(links).toHaveLength(1)
  const lines = told.mock.calls.map(([text]) => String(text))
  expect(lines.map((line) => line.split(':')[0])).toEqual(['line 2', 'line 3', 'line 5'])
  expect(lines.join()).not.toContain('CARTER')
})

test('a record without a name of its own is called by organisation and identifier', async () => {
  const { links } = await matched([
    { ...ann, identifier: 7 },
    { ...ann, organisation: 'L02', identifier: 'x' },
  ])
  expect(links).toMatchObject([{ a: 'L01|7', b: 'L02|x', how: 'auto' }])
})

test('a key that very many share is counted and compares nobody', async () => {
  const hostel = Array.from({ length: largestBlock + 5 }, (_, index) => ({
    record: `r${index}`,
    family: `X${index.toString(36)}`,
    birthDate: '1980-05-05',
    sex: 'male',
    phone: '020 7946 0001',
  }))
  const twice = { ...ann, nhsNumber: null, addressLine: null, phone: '020 7946 0001' }
  const { summary, links } = await matched([
    ...hostel.map((row, index) => ({
      ...row,
      birthDate: `19${50 + (index % 50)}-0${1 + (index % 9)}-11`,
    })),
    { record: 'a', ...twice },
    { record: 'b', ...twice },
  ])
  expect(summary.largeBlocks).toEqual({ telephone: 1 })
  expect(summary.compared).toBeLessThan(hostel.length)
  expect(links.filter(({ how }) => how === 'auto')).toEqual([])
})

test('automatic links, closed, never hold two numbers', async () => {
  const rows = ['9434765919', '9876543210', null].map((nhsNumber, index) => ({
    record: `r${index}`,
    ...ann,
    nhsNumber,
  }))
  const { links } = await matched(rows)
  expect(links.some(({ how }) => how === 'auto')).toBe(false)
  expect(links.length).toBeGreaterThan(0)
})
