import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Result } from './run.ts'
import { readUnderWay } from './under-way.ts'
import type { Task } from './worker.ts'

/**
 * `hangMs` is the longest wait for an answer; `heapMiB` is the heap limit of the code under test.
 */
export type Limits = { heapMiB: number; hangMs: number }

const everyMs = 100

/**
 * Fuzzes in a child process with limited memory, so that a hang or a memory leak is reported with
 * the message that caused it.
 *
 * @param onBegun  called with the number of messages started since the last call
 */
export const runWatched = (
  task: Omit<Task, 'file'>,
  { heapMiB, hangMs }: Limits,
  onBegun: (more: number) => void,
): Promise<Result> => {
  const folder = mkdtempSync(join(tmpdir(), 'tideway-fuzz-'))
  const file = join(folder, 'message')
  writeFileSync(file, '')
  const worker = fork(
    fileURLToPath(new URL('./worker.ts', import.meta.url)),
    [JSON.stringify({ ...task, file } satisfies Task)],
    {
      execArgv: [`--max-old-space-size=${heapMiB}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  )
  let written = ''
  let [seen, since] = [0, performance.now()]
  worker.stderr?.on('data', (chunk: Buffer) => {
    written = (written + chunk.toString()).slice(-4_000)
  })
  const tell = (begun: number) => {
    const now = Math.min(task.runs, begun)
    if (now > seen) onBegun(now - seen)
    if (begun !== seen) since = performance.now()
    seen = Math.max(seen, now)
  }
  return new Promise((resolve) => {
    const end = (result: Result) => {
      clearInterval(watch)
      worker.removeAllListeners()
      worker.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
      resolve(result)
    }
    const fail = (why: string) => {
      const { begun, bytes } = readUnderWay(file)
      end({
        runs: begun,
        outcomes: new Map(),
        slowestMs: 0,
        failure: { seed: task.seed, why, bytes },
      })
    }
    const watch = setInterval(() => {
      tell(readUnderWay(file).begun)
      if (seen > 0 && performance.now() - since > hangMs) fail(`no answer within ${hangMs} ms`)
    }, everyMs)
    worker.once('message', (result: Result) => {
      tell(readUnderWay(file).begun)
      end(result)
    })
    worker.once('close', () =>
      fail(
        written.includes('heap out of memory')
          ? `more than ${heapMiB} MiB`
          : written || 'ended without a result',
      ),
    )
  })
}
