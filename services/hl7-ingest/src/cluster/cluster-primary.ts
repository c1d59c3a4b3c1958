import cluster, { type Worker } from 'node:cluster'
import { type Checks, serveHealth } from '@tideway/runtime/health'
import type { Log } from '@tideway/runtime/log'
import { aggregateMetrics, openMetricsType } from '@tideway/runtime/metrics'
import { closeOnSignal } from '@tideway/runtime/shutdown'
import { collectCounts } from './collect-metrics.ts'
import type { Listening } from './start-worker.ts'

const firstPauseMs = 500
const longestPauseMs = 30_000
/** A worker that runs for this long counts as started, milliseconds. */
const soundMs = 60_000

/** Environment variable with the number of a worker, from 0. */
export const slotVariable = 'INGEST_WORKER'

type Address = { host: string; port: number }

/**
 * Runs several worker processes that share the listening sockets; connections are distributed
 * round-robin. The primary receives no messages. It restarts workers with exponential back-off, and
 * serves health and metrics for all.
 *
 * @param checks  health checks of shared dependencies
 * @param closeWithinMs  time a worker has to finish messages in progress
 */
export const runPrimary = async (
  workers: number,
  address: Address,
  checks: Checks,
  closeWithinMs: number,
  log: Log,
): Promise<void> => {
  // Every core has a worker, so parallel garbage collection would only slow down the others.
  cluster.setupPrimary({ execArgv: [...process.execArgv, '--single-threaded-gc'] })
  const ready = new Map<number, Worker>()
  const metrics = {
    contentType: openMetricsType,
    text: async () => aggregateMetrics(await collectCounts([...ready.values()])),
  }
  let isStarted = false
  let isClosing = false

  const forkWorker = (slot: number, pauseMs: number): Promise<Listening> => {
    const began = performance.now()
    const worker = cluster.fork({ [slotVariable]: String(slot) })
    worker.on('exit', (code, signal) => {
      ready.delete(slot)
      if (isClosing) return
      if (!isStarted) process.exit(code || 1)
      const next = performance.now() - began > soundMs ? firstPauseMs : pauseMs
      log.error({ worker: slot, code, signal, pauseMs: next }, 'worker exited, starting another')
      setTimeout(() => {
        if (!isClosing) void forkWorker(slot, Math.min(longestPauseMs, 2 * next))
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
    Array.from({ length: workers }, (_, slot) => forkWorker(slot, firstPauseMs)),
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
