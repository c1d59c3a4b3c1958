import cluster, { type Worker } from 'node:cluster'
import { type Checks, serveHealth } from '@tideway/runtime/health'
import type { Log } from '@tideway/runtime/log'
import { aggregateMetrics, openMetricsType } from '@tideway/runtime/metrics'
import { closeOnSignal } from '@tideway/runtime/shutdown'
import { gatherCounts } from './collect-metrics.ts'
import type { Listening } from './start-worker.ts'

const firstPauseMs = 500
const longestPauseMs = 30_000
/** A worker that lived this long did not die of its start. */
const soundMs = 60_000

/** Name of the variable that tells a worker which of them it is, from 0. */
export const slotVariable = 'INGEST_WORKER'

type Address = { host: string; port: number }

/**
 * Receives with several processes, each on a core of its own. They share the listening sockets, and
 * connections go to each in turn; this one takes no message. It starts again what dies, with a
 * growing pause, and speaks for all: one health, one set of metrics.
 *
 * @param checks         what all need
 * @param closeWithinMs  time a worker has to answer what is under way
 */
export const lead = async (
  workers: number,
  address: Address,
  checks: Checks,
  closeWithinMs: number,
  log: Log,
): Promise<void> => {
  // Every core has a worker: threads that help one to collect garbage would only take another's.
  cluster.setupPrimary({ execArgv: [...process.execArgv, '--single-threaded-gc'] })
  const ready = new Map<number, Worker>()
  const metrics = {
    contentType: openMetricsType,
    text: async () => aggregateMetrics(await gatherCounts([...ready.values()])),
  }
  let isStarted = false
  let isClosing = false

  const employ = (slot: number, pauseMs: number): Promise<Listening> => {
    const began = performance.now()
    const worker = cluster.fork({ [slotVariable]: String(slot) })
    worker.on('exit', (code, signal) => {
      ready.delete(slot)
      if (isClosing) return
      if (!isStarted) process.exit(code || 1)
      const next = performance.now() - began > soundMs ? firstPauseMs : pauseMs
      log.error(
        { worker: slot, code, signal, pauseMs: next },
        'a worker ended, another takes its place',
      )
      setTimeout(() => {
        if (!isClosing) void employ(slot, Math.min(longestPauseMs, 2 * next))
      }, next)
    })
    return new Promise((resolve) =>
      worker.on('message', (message: { listening?: Listening }) => {
        if (message.listening === undefined) return
        ready.set(slot, worker)
        resolve(message.listening)
      }),
    )
  }

  const closeWorkers = () => {
    isClosing = true
    return Promise.all(
      [...ready.values()].map((worker) => {
        const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
        worker.send({ close: true })
        return ended
      }),
    )
  }

  process.on('SIGHUP', () => {
    for (const worker of ready.values()) worker.process.kill('SIGHUP')
  })
  const [first] = await Promise.all(
    Array.from({ length: workers }, (_, slot) => employ(slot, firstPauseMs)),
  )
  isStarted = true
  const health = await serveHealth(
    address,
    { ...checks, workers: () => ready.size === workers },
    metrics,
  )
  closeOnSignal(log, [closeWorkers, health.close], closeWithinMs)
  log.info({ ...first, health: health.port, workers }, 'listening')
}
