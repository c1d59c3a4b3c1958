import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { appliedFile, type SourceFile } from '@tideway/schemas/source'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { readApplied, readSourcesInForce, writeApplied } from './applied-sources.ts'
import { followSources } from './follow-sources.ts'
import { readSourceFiles } from './source-files.ts'

const shipped = new URL('../../../schemas/sources', import.meta.url).pathname
const any = { ofOne: () => [], ofTwo: () => [] }
let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sources-'))
  cpSync(shipped, dir, { recursive: true })
  rmSync(join(dir, appliedFile), { force: true })
  return () => rmSync(dir, { recursive: true })
})

const edit = (ods: string, change: (source: SourceFile) => void) => {
  const path = join(dir, `${ods}.json`)
  const source = JSON.parse(readFileSync(path, 'utf8')) as SourceFile
  change(source)
  writeFileSync(path, JSON.stringify(source))
}
const rename = (name: string) =>
  edit('rjz', (source) => {
    source.name = name
  })
const apply = () => writeApplied(dir, readSourceFiles(dir, any), 'operator')
const inForce = () => {
  const { version, sources } = readSourcesInForce(dir, any)
  return [version, sources.find(({ ods }) => ods === 'RJZ')?.name]
}

test('until a set is applied the files are in force; then only what is applied', () => {
  rename('One')
  expect([inForce(), readApplied(dir)]).toEqual([[0, 'One'], null])
  expect(apply()).toMatchObject({ version: 1, by: 'operator' })
  rename('Two')
  expect(inForce()).toEqual([1, 'One'])
  writeFileSync(join(dir, 'rj1.json'), '{ half a fi')
  expect(inForce()).toEqual([1, 'One'])
  rmSync(join(dir, 'rj1.json'))
  apply()
  expect(inForce()).toEqual([2, 'Two'])
})

test('an applied set that a service does not accept is refused, each problem with its file', () => {
  apply()
  const checks = { ...any, ofOne: ({ ods }: SourceFile) => (ods === 'RJZ' ? ['/x is wrong'] : []) }
  expect(() => readSourcesInForce(dir, checks)).toThrow(/\n {2}rjz\.json \/x is wrong$/)
})

test.each(['', '{', 'null', '{}', '{"version":"1","sources":[]}', '{"version":1}'])(
  'a damaged file of applied sources is refused, not taken for none: %s',
  (content) => {
    writeFileSync(join(dir, appliedFile), content)
    expect(inForce).toThrow('sources.applied is not what')
    expect(apply).toThrow('sources.applied is not what')
  },
)

test('two operators do not apply at once', () => {
  writeFileSync(join(dir, `${appliedFile}.new`), '')
  expect(apply).toThrow('someone else applies')
  rmSync(join(dir, `${appliedFile}.new`))
  expect(apply().version).toBe(1)
})

test('a process follows: it takes each set over whole, and keeps the one before if it cannot', async () => {
  const metrics = createMetrics()
  const used: (string | undefined)[] = []
  let isBroken = false
  const follower = followSources({
    dir,
    version: 0,
    worker: 1,
    load: () => readSourcesInForce(dir, any),
    use: (sources) => {
      if (isBroken) throw new Error('a port is taken')
      used.push(sources.find(({ ods }) => ods === 'RJZ')?.name)
    },
    metrics,
    log: createLog('test', 'fatal'),
  })
  onTestFinished(follower.close)
  const version = async () => /sources_version\{worker="1"\} (\d+)/.exec(await metrics.text())?.[1]
  expect(await version()).toBe('0')
  rename('One')
  apply()
  await expect.poll(version, { timeout: 5_000 }).toBe('1')
  isBroken = true
  rename('Two')
  apply()
  await expect
    .poll(metrics.text, { timeout: 5_000 })
    .toContain('sources_refused_total{worker="1"} 1')
  expect([used, await version()]).toEqual([['One'], '1'])
  isBroken = false
  await expect.poll(version, { timeout: 10_000 }).toBe('2')
  expect(used).toEqual(['One', 'Two'])
})

test('a set that was applied while a process started is taken over', async () => {
  const metrics = createMetrics()
  apply()
  const used: number[] = []
  const follower = followSources({
    dir,
    version: 0,
    worker: 0,
    load: () => readSourcesInForce(dir, any),
    use: (sources) => void used.push(sources.length),
    metrics,
    log: createLog('test', 'fatal'),
  })
  onTestFinished(follower.close)
  await expect.poll(() => used, { timeout: 5_000 }).toEqual([5])
})
