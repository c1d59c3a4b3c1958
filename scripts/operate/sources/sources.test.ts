import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appliedFile, type SourceFile } from '@tideway/schemas/source'
import { beforeEach, expect, test } from 'vitest'
import { checkout, runTool } from '../../checks/tool.ts'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sources-'))
  cpSync(join(checkout, 'schemas/sources'), dir, { recursive: true })
  rmSync(join(dir, appliedFile), { force: true })
  return () => rmSync(dir, { recursive: true })
})

const run = (subcommand: string, environment = 'development') =>
  runTool('node', [join(checkout, 'scripts/sources.ts'), subcommand], checkout, {
    SOURCES_DIR: dir,
    ENVIRONMENT: environment,
    TIDEWAY_HOME: dir,
  })
const edit = (ods: string, change: (source: SourceFile) => void) => {
  const path = join(dir, `${ods}.json`)
  const source = JSON.parse(readFileSync(path, 'utf8')) as SourceFile
  change(source)
  writeFileSync(path, JSON.stringify(source))
}
const applied = () => readFileSync(join(dir, appliedFile), 'utf8')

test('apply says what changes, and list how the files differ', async () => {
  expect((await run('list')).output).toContain('No set was applied')
  const first = await run('apply')
  expect([first.code, first.output]).toEqual([
    0,
    expect.stringContaining('Version 1 is in force: 5 sources'),
  ])
  const before = applied()
  expect((await run('apply')).output).toContain('Nothing has changed: version 1')
  expect(applied()).toBe(before)

  edit('rjz', (source) => {
    source.name = 'Another name'
  })
  rmSync(join(dir, 'rj2.json'))
  const list = await run('list')
  expect(list.output).toMatch(/Version 1, applied \S+ by \S+\./)
  expect(list.output).toMatch(/RJZ .* MSH-3 and MSH-4 only .* system\.rjz .* its file differs/)
  expect(list.output).toContain('would take over: RJ2 removed, RJZ changed.')
  expect((await run('apply')).output).toContain('4 sources (RJ2 removed, RJZ changed)')
})

test('wrong files are refused whole, with every problem of hl7-ingest and fhir-ingest', async () => {
  await run('apply')
  const before = applied()
  edit('rjz', (source) => {
    Object.assign(source.hl7 ?? {}, { timeZone: 'Nowhere', surprise: true })
  })
  edit('rj1', ({ hl7, fhir }) => {
    Object.assign(hl7?.match ?? {}, { addresses: ['rj1.example'] })
    Object.assign(fhir ?? {}, { patientSystems: ['urn:none'] })
  })
  writeFileSync(join(dir, 'rj2.json'), '{')
  for (const [subcommand, code] of [
    ['check', 1],
    ['apply', 2],
  ] as const) {
    const refused = await run(subcommand)
    expect(refused.code).toBe(code)
    expect(refused.output).toContain('rjz.json /hl7 must NOT have additional properties (surprise)')
    expect(refused.output).toContain('rj1.json /hl7/match/addresses/0 is no address')
    expect(refused.output).toContain('rj1.json /fhir/patientSystems/0 is not in /fhir/systems')
    expect(refused.output).toContain('rj2.json / is not JSON')
  }
  expect(applied()).toBe(before)
})

test('in production each source must prove who it is', async () => {
  const refused = await run('check', 'production')
  expect(refused.code).toBe(1)
  expect(refused.output.match(/\/hl7\/match proves nothing/g)).toHaveLength(5)
  for (const [index, ods] of ['8j998', 'fx998', 'rj1', 'rj2', 'rjz'].entries())
    edit(ods, ({ hl7 }) => {
      Object.assign(
        hl7?.match ?? {},
        index === 0
          ? { ports: [2601], addresses: ['192.0.2.7'] }
          : { certificates: [`${ods}.example`] },
      )
    })
  expect(await run('check', 'production')).toMatchObject({
    code: 0,
    output: expect.stringContaining('5 source files'),
  })
})
