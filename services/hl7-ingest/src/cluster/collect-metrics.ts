import type { Worker } from 'node:cluster'
import type { ProcessMetrics, Metrics } from '@tideway/runtime/metrics'

/** A worker that does not answer in this time is left out, milliseconds. */
const withinMs = 2_000

type Message = { count?: true; counted?: ProcessMetrics }

/** Asks each worker what it counted. */
export const gatherCounts = async (workers: readonly Worker[]): Promise<ProcessMetrics[]> => {
  const counts = await Promise.all(
    workers.map(
      (worker) =>
        new Promise<ProcessMetrics | null>((resolve) => {
          const done = (counted: ProcessMetrics | null) => {
            clearTimeout(timer)
            worker.off('message', take).off('exit', gone)
            resolve(counted)
          }
          const take = ({ counted }: Message) => counted !== undefined && done(counted)
          const gone = () => done(null)
          const timer = setTimeout(gone, withinMs)
          worker.on('message', take).on('exit', gone)
          worker.send({ count: true } satisfies Message)
        }),
    ),
  )
  return counts.filter((one) => one !== null)
}

/** In a worker: answers its leader. */
export const tellCounts = (metrics: Pick<Metrics, 'snapshot'>): void => {
  process.on('message', async ({ count }: Message) => {
    if (count) process.send?.({ counted: await metrics.snapshot() } satisfies Message)
  })
}
