import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { endLeftovers } from './clean-up.ts'
import { type Home, homeOf, makeHome } from '../home.ts'
import { pidFiles } from './pid-files.ts'
import { identityOf } from './process-identity.ts'
import type { Program } from './launch.ts'
import { openSupervisor, type Supervisor } from './supervise.ts'

let home: Home
let supervisor: Supervisor
let said: string[]

beforeEach(() => {
  home = homeOf({ TIDEWAY_HOME: mkdtempSync(join(tmpdir(), 'tideway-supervise-')) })
  makeHome(home)
  said = []
  supervisor = openSupervisor(home, (line) => said.push(line))
})

afterEach(async () => {
  await supervisor.endAll([])
  rmSync(home.root, { recursive: true, force: true })
})

/** Reports that it is ready by writing its process id to a file, and runs until it is ended. */
const program = (name: string, script: string): Program => {
  const file = join(home.data, `${name}.ready`)
  return {
    name,
    command: process.execPath,
    args: [
      '-e',
      `${script}; require('fs').writeFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000)`,
    ],
    env: process.env,
    ready: async () =>
      existsSync(file) && readFileSync(file, 'utf8') === String(pidFiles(home.pids).running(name)),
    readyWithinMs: 20_000,
    graceMs: 500,
  }
}

const until = async (done: () => boolean) => {
  for (let tries = 0; tries < 400 && !done(); tries++) await wait(50)
  expect(done()).toBe(true)
}

test('a killed program is restarted with another process id, and reported', async () => {
  await supervisor.start(program('worker', ''))
  const first = pidFiles(home.pids).running('worker') as number
  process.kill(first, 'SIGKILL')
  await until(() => said.includes('worker is back'))
  expect(said[0]).toContain('worker ended (SIGKILL), restarting in 0.5 s')
  expect(pidFiles(home.pids).running('worker')).not.toBe(first)
})

test('a program that ends before it is ready is tried again', async () => {
  const file = join(home.data, 'tried')
  const once = `const fs = require('fs'); if (!fs.existsSync('${file}')) { fs.writeFileSync('${file}', ''); process.exit(1) }`
  await supervisor.start(program('slow', once))
  expect(said).toEqual(['slow ended before it was ready, trying again'])
})

test('stopping leaves no process and no pid file, even of a program that ignores SIGTERM', async () => {
  await supervisor.start(program('stubborn', "process.on('SIGTERM', () => {})"))
  const pid = pidFiles(home.pids).running('stubborn') as number
  await supervisor.endAll([['stubborn']])
  expect(identityOf(pid)).toBeNull()
  expect(pidFiles(home.pids).names()).toEqual([])
})

test('a program that never becomes ready is an error with the end of its log', async () => {
  await expect(
    supervisor.start(program('broken', "console.error('no such setting'); process.exit(2)")),
  ).rejects.toThrow(/broken ended before it was ready.*no such setting/s)
})

/** A process without a supervisor. */
const orphan = (name: string): number => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    detached: true,
    stdio: 'ignore',
  })
  pidFiles(home.pids).write(name, child.pid as number)
  return child.pid as number
}

test('processes of a killed supervisor are ended by their pid files', async () => {
  const pids = [orphan('projector'), orphan('kafka')]
  expect(await endLeftovers(home)).toEqual(['projector', 'kafka'])
  expect(pids.map(identityOf)).toEqual([null, null])
  expect(pidFiles(home.pids).names()).toEqual([])
})

test('a reused process id is not touched', async () => {
  const pid = orphan('projector')
  writeFileSync(join(home.pids, 'projector.started'), 'another time')
  expect(await endLeftovers(home)).toEqual([])
  expect(identityOf(pid)).not.toBeNull()
  process.kill(pid, 'SIGKILL')
})
