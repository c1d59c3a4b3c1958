import { RebuildError } from '@tideway/projector/rebuild/errors'
import { openRebuild } from '@tideway/projector/rebuild/open-rebuild'
import { discardRebuild, rebuildRecord } from '@tideway/projector/rebuild/rebuild-record'
import { readConfig } from '@tideway/runtime/config'
import {
  mongodbDatabase,
  mongodbUrl,
  publicIdKeys,
  schemaRegistryUrl,
} from '@tideway/runtime/common-settings'
import { kafkaSettings, withKafka } from '@tideway/runtime/kafka-settings'
import { createLog } from '@tideway/runtime/log'
import { readAddresses, requireAddresses } from '../../stack/addresses.ts'
import { partsEnvironment } from '../../stack/parts/environment.ts'
import { consumerGroups } from '../consumer-groups.ts'
import { differencesText, progressLine } from './report.ts'

const settings = {
  ...kafkaSettings,
  publicIdKeys,
  schemaRegistryUrl,
  mongodbUrl,
  mongodbDatabase,
  projectorGroup: consumerGroups.projectorGroup,
}

/** How long a request of record-api may still read the replaced generation, milliseconds. */
const graceMs = 15_000
const sayEveryMs = 5_000

const open = (env: NodeJS.ProcessEnv, signal: AbortSignal) => {
  const { kafka, registry, mongodb } = requireAddresses(
    readAddresses(env),
    'kafka',
    'registry',
    'mongodb',
  )
  const { projectorGroup: consumerGroup, ...config } = withKafka(
    readConfig(partsEnvironment(env, { kafka, registry, mongodb, s3: '', issuer: '' }), settings),
  )
  return openRebuild({ ...config, consumerGroup }, createLog('rebuild', 'error'), signal)
}

/** Progress on standard output, every few seconds. */
const sayProgress = () => {
  let began: { done: number; at: number } | null = null
  let saidAt = 0
  return (progress: { done: number; total: number }) => {
    const now = performance.now()
    began ??= { done: progress.done, at: now }
    if (now - saidAt < sayEveryMs && progress.done < progress.total) return
    saidAt = now
    console.log(progressLine(progress, { done: began.done, seconds: (now - began.at) / 1000 }))
  }
}

type Way = { compare: boolean; discard: boolean }

/** @returns whether it is done */
export const runRebuild = async (env: NodeJS.ProcessEnv, way: Way): Promise<boolean> => {
  const stopping = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => stopping.abort(new RebuildError('Stopped; run it again to go on')))
  const ports = await open(env, stopping.signal)
  try {
    if (way.discard) {
      const generation = await discardRebuild(ports)
      console.log(generation === null ? 'nothing to discard' : `generation ${generation} discarded`)
      return true
    }
    await rebuildRecord(
      ports,
      {
        begun: (generation, resumed) =>
          console.log(
            `${resumed ? 'going on with' : 'making'} generation ${generation} by rules ${ports.rules}`,
          ),
        progress: sayProgress(),
        compared: (differences) =>
          console.log(
            `${differencesText(differences)}\nnot switched: npm run rebuild switches, npm run rebuild -- --discard throws it away`,
          ),
        switched: (generation) =>
          console.log(`generation ${generation} is live; removing the one before`),
      },
      { compare: way.compare, graceMs },
    )
    return true
  } catch (error) {
    if (!(error instanceof RebuildError)) throw error
    console.error(error.message)
    return false
  } finally {
    await ports.close()
  }
}
