import { join } from 'node:path'
import { appliedFile } from '@tideway/schemas/source'
import { followFile } from '@tideway/runtime/follow-file'
import type { Log } from '@tideway/runtime/log'
import type { Metrics } from '@tideway/runtime/metrics'

type Loaded<S> = { version: number; sources: readonly S[] }

type Following<S> = {
  /** Folder of the source files. */
  dir: string
  /** Number of the applied set in use. */
  version: number
  /** Number of this worker process, from 0. */
  worker: number
  /** Reads and checks the applied set. */
  load: () => Loaded<S>
  /** Takes a set over; rejects if it cannot, and leaves everything as before. */
  use: (sources: readonly S[]) => Promise<void> | void
  metrics: Metrics
  log: Log
}

/**
 * Takes over each set of sources that is applied (`npm run sources -- apply`), whole or not at all.
 */
export const followSources = <S extends { ods: string }>({
  dir,
  version,
  worker,
  load,
  use,
  metrics,
  log,
}: Following<S>) => {
  let current = version
  let lastProblem = ''
  metrics.gauge(
    'sources_version',
    'Number of the applied set of sources in use, by worker; 0: the source files, none was applied',
    ['worker'],
    (gauge) => gauge.set({ worker }, current),
  )
  const refused = metrics.counter(
    'sources_refused',
    'Times an applied set of sources could not be used; the one before stays in use',
    ['worker'],
  )

  return followFile(join(dir, appliedFile), async () => {
    try {
      const next = load()
      if (next.version === current) return
      await use(next.sources)
      current = next.version
      lastProblem = ''
      log.info(
        { version: current, sources: next.sources.map(({ ods }) => ods) },
        'sources taken over',
      )
    } catch (cause) {
      const problem = String(cause)
      if (problem !== lastProblem) {
        refused.inc({ worker })
        log.error({ cause, version: current }, 'applied sources refused, keeping those before')
      }
      lastProblem = problem
      throw cause
    }
  })
}
