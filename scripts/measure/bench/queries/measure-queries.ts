import { connectMongo } from '@tideway/mongo/client'
import type { Say } from '../../../stack/processes/say.ts'
import { settle } from '../settle.ts'
import type { BenchStack } from '../stack.ts'
import { stackUsage } from '../usage.ts'
import { fillStore } from './fill.ts'
import { queriesOf } from './queries.ts'
import { measureReads, type Reads } from './reads.ts'
import { readTemplate } from './template.ts'
import { type Timed, timeQueries } from './time-queries.ts'

/** Results for one document store: every query at each size, then reads over HTTP. */
export type QueryResults = {
  store: string
  sizes: number[]
  timed: Timed[]
  reads: Reads & { rate: number }
}

export type QueryPlan = {
  store: string
  /** Messages in the store, ascending. */
  sizes: readonly number[]
  /** Mixed reads a second. */
  rate: number
  /** Seconds of reads; a query is timed for a tenth of it. */
  seconds: number
}

const settleMs = 60_000

/**
 * Fills the store to each size in turn and times every query of every service there, one at a time;
 * at the last size it then reads from record-api at a fixed rate.
 */
export const measureQueries = async (
  stack: BenchStack,
  { store, sizes, rate, seconds }: QueryPlan,
  say: Say,
): Promise<QueryResults> => {
  const mongo = await connectMongo(stack.parts.mongodb, stack.env['MONGODB_DATABASE'] ?? 'tideway')
  const usage = () => stackUsage(stack.home.pids)
  const template = await readTemplate()
  const queries = queriesOf(mongo, template)
  const timed: Timed[] = []
  let filled = 0
  for (const size of sizes) {
    await fillStore(mongo, template, filled, size)
    filled = size
    await settle(usage, 'mongodb', settleMs)
    say(`${queries.length} queries at ${size.toLocaleString('en-GB')} messages on ${store}`)
    const cpuSeconds = () => usage()['mongodb']?.cpuSeconds ?? Number.NaN
    timed.push(...(await timeQueries(queries, size, seconds * 100, cpuSeconds)))
  }
  await mongo.close()
  await stack.start('record-api')
  say(`${rate} mixed reads a second at ${filled.toLocaleString('en-GB')} messages on ${store}`)
  const reads = await measureReads(stack, template, filled, rate, seconds * 2)
  await stack.stop('record-api')
  return { store, sizes: [...sizes], timed, reads: { ...reads, rate } }
}
