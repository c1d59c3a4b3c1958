import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { checkout, runTool } from '../checks/tool.ts'

const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}
const files = readdirSync(join(checkout, 'scripts')).filter((file) => file.endsWith('.ts'))
const written = ['package-lock.json', 'docs/coverage.md', 'schemas/src/events.generated.ts']
const modified = () => written.map((file) => statSync(join(checkout, file)).mtimeMs)
const home = {
  'data/kafka/log': 'records',
  'logs/archiver.log': 'a line',
  'addresses.json': '{"recordApi":"http://127.0.0.1:1"}',
}

type Run = { code: number; output: string; left: Record<string, string>; touched: boolean }
const runs = new Map<string, Run>()
const atOnce = 4

/** Runs a command with a home of its own, in which anything started or deleted would show. */
const runWith = async (file: string, option: string): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'tideway-command-'))
  for (const [path, text] of Object.entries(home)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const before = modified()
  const { code, output } = await runTool(
    'node',
    [join(checkout, 'scripts', file), option],
    checkout,
    { TIDEWAY_HOME: folder },
  )
  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => [path, readFileSync(join(folder, path), 'utf8')] as const)
  runs.set(`${file} ${option}`, {
    code,
    output,
    left: Object.fromEntries(left),
    touched: modified().join() !== before.join(),
  })
  rmSync(folder, { recursive: true })
}

beforeAll(async () => {
  const left = files.flatMap((file) => [
    [file, '--help'],
    [file, '--nonsense'],
  ])
  const work = async () => {
    for (let next = left.pop(); next !== undefined; next = left.pop())
      await runWith(...(next as [string, string]))
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}, 300_000)

test('every command of package.json is a file of scripts/, and installs first', () => {
  const commands = Object.entries(scripts).filter(([name]) => !name.startsWith('pre'))
  expect(
    commands.filter(([, text]) => !files.includes(text.replace(/^node scripts\/(\S+).*$/, '$1'))),
  ).toEqual([])
  expect(
    commands
      .map(([name]) => name)
      .filter(
        (name) => name !== 'test:scripts' && scripts[`pre${name}`] !== 'node scripts/install.mjs',
      ),
  ).toEqual([])
})

test.each(files)('%s --help prints its usage and does nothing else', (file) => {
  const { code, output, left, touched } = runs.get(`${file} --help`) as Run
  expect([code, left, touched]).toEqual([0, home, false])
  expect(output).toMatch(/^Usage: (npm|node) /)
  expect(output).toContain('--help')
  expect(output).toMatch(/Examples:\n {2}\S/)
})

test.each(files)('%s refuses an unknown option with its usage', (file) => {
  const { code, output, left, touched } = runs.get(`${file} --nonsense`) as Run
  expect([code, left, touched]).toEqual([2, home, false])
  expect(output).toMatch(/^error: unknown option '--nonsense'\n/)
  expect(output).toContain('Usage: ')
})
