import { join } from 'node:path'
import { connectMongo } from '@tideway/mongo/client'
import { openApi } from '../../operate/client/api.ts'
import { runAlone } from './child.ts'
import type { Changes } from './changes.ts'
import { growHistory, growPatients } from './growth.ts'
import { measure, planFor, type Row, type Target } from './measure.ts'
import { buildPeer } from './peers/build.ts'
import { parsersAlone } from './peers/parsers.ts'
import { answeringOnly, hapi, peerPrimeSeconds } from './peers/servers.ts'
import { carry, sustainedRate } from './pipeline.ts'
import { compared } from './goals.ts'
import type { Results } from './results.ts'
import { type Runner, sideBySide } from './side-by-side.ts'
import type { BenchStack } from './stack.ts'
import { stackUsage } from './usage.ts'
import { watchFromOutside } from './watch-one.ts'

export type Settings = {
  connections: number[]
  seconds: number
  /** Rounds at the number of connections that is compared with the peer. */
  rounds: number
  patientSizes: number[]
  historySizes: number[]
}
type Say = (line: string) => void

export const targetOf = (stack: BenchStack, what: string): Target => ({
  what,
  address: stack.addresses.mllp,
  usage: () => stackUsage(stack.home.pids),
})

const roundsAt = (connections: number, { rounds }: Settings) =>
  connections === compared ? rounds : 1

/** One row a number of connections and runner; the peer is measured in turn where there is one. */
const rowsBeside = async (own: Runner, peer: Runner | null, settings: Settings): Promise<Row[]> => {
  const runners = peer === null ? [own] : [own, peer]
  const rows: Row[] = []
  for (const count of settings.connections)
    rows.push(...(await sideBySide(runners, count, settings.seconds, roundsAt(count, settings))))
  return rows
}

/**
 * Acknowledgements with only the broker behind ingest, in alternating rounds with the peer, after a
 * warm-up as long as the peer's.
 */
export const ackAlone = async (
  stack: BenchStack,
  settings: Settings,
  peer: Runner | null,
): Promise<Row[]> => {
  const target = targetOf(stack, 'ingest alone')
  await measure(target, planFor(stack.addresses.mllp, compared, peerPrimeSeconds))
  const own: Runner = {
    what: target.what,
    measure: async (count, forSeconds) =>
      (await measure(target, planFor(stack.addresses.mllp, count, forSeconds))).row,
  }
  return rowsBeside(own, peer, settings)
}

const primeSeconds = 10

/**
 * A warm-up load, so that the code is compiled when it is measured, as in a service that has run
 * for a minute.
 */
export const prime = (stack: BenchStack, changes: Changes) =>
  carry(targetOf(stack, 'prime'), changes, stack.home.root, 32, primeSeconds, null)

/** The same with every service running; each load reaches the record before the next one starts. */
export const ackPipeline = async (
  stack: BenchStack,
  changes: Changes,
  settings: Settings,
  peer: Runner | null,
  say: Say,
): Promise<Row[]> => {
  const own: Runner = {
    what: 'whole line',
    measure: async (count, forSeconds) => {
      const { row, readable } = await carry(
        targetOf(stack, 'whole line'),
        changes,
        stack.home.root,
        count,
        forSeconds,
        null,
      )
      say(
        `  ${count} connections: ${row.perSecond}/s acknowledged, all readable ${Math.round(readable.behindMs)} ms after the last was sent`,
      )
      return row
    },
  }
  return rowsBeside(own, peer, settings)
}

export const sustained = (stack: BenchStack, changes: Changes, { seconds }: Settings, say: Say) =>
  sustainedRate(targetOf(stack, 'whole line'), changes, stack.home.root, seconds * 2, say)

export const latency = async (
  stack: BenchStack,
  changes: Changes,
  { seconds }: Settings,
  rate: number,
) => {
  const mongo = await connectMongo(stack.parts.mongodb, stack.env['MONGODB_DATABASE'] ?? 'tideway')
  const forSeconds = seconds * 3
  const [carried, fromOutside] = await Promise.all([
    carry(targetOf(stack, 'whole line'), changes, stack.home.root, 32, forSeconds, rate),
    watchFromOutside(stack.addresses.mllp, mongo, forSeconds),
  ])
  await mongo.close()
  return { ...carried, rate, fromOutside }
}

export const growth = async (
  stack: BenchStack,
  changes: Changes,
  { patientSizes, historySizes, seconds }: Settings,
  rate: number,
): Promise<Pick<Results, 'patients' | 'history'>> => {
  const mongo = await connectMongo(stack.parts.mongodb, stack.env['MONGODB_DATABASE'] ?? 'tideway')
  const api = await openApi(stack.addresses, { role: 'system', organisation: 'RJZ' }, stack.env)
  const bench = {
    mongo,
    api,
    changes,
    target: targetOf(stack, 'growth'),
    folder: stack.home.root,
    seconds: seconds * 2,
    rate,
  }
  const patients = await growPatients(bench, patientSizes)
  const history = await growHistory(bench, historySizes)
  await mongo.close()
  return { patients, history }
}

export const alone = async (
  stack: BenchStack,
  { connections, seconds }: Settings,
): Promise<Pick<Results, 'brokerAlone' | 'storeAlone'>> => ({
  brokerAlone: await runAlone('broker', {
    kafka: stack.parts.kafka,
    registry: stack.parts.registry,
    callers: connections,
    seconds,
  }),
  storeAlone: await runAlone('store', {
    mongodb: stack.parts.mongodb,
    database: 'bench_alone',
    messages: 12_000,
    batch: 100,
  }),
})

/** Receivers that answer without storing anything. */
export const fromMemory = async (
  peers: string,
  stack: BenchStack,
  { connections, seconds }: Settings,
): Promise<Row[]> => {
  const rows: Row[] = []
  for (const open of [
    () => answeringOnly(peers),
    () => hapi(buildPeer(peers, 'hapi', stack.home.downloads), null),
  ]) {
    const server = await open()
    for (const count of connections) rows.push(await server.measure(count, seconds))
    await server.close()
  }
  return rows
}

export const openPeer = (peers: string, stack: BenchStack) =>
  hapi(buildPeer(peers, 'hapi', stack.home.downloads), stack.parts.kafka)

export const normalising = async (
  peers: string | null,
  downloads: string,
  seconds: number,
): Promise<NonNullable<Results['normalise']>> => {
  const own = await runAlone<{ header: number; normalise: number; normaliseAndEncode: number }>(
    'normalise',
    { seconds, runs: 3 },
  )
  if (peers === null) return { ...own, hapiTyped: null, linuxForHealth: null }
  return {
    ...own,
    ...parsersAlone(
      buildPeer(peers, 'hapi', downloads),
      buildPeer(peers, 'lfh', downloads),
      join(downloads, 'peers', 'messages'),
      seconds,
    ),
  }
}

export const normalisingByType = async (
  seconds: number,
): Promise<NonNullable<Results['normaliseByType']>> =>
  (await runAlone<{ rows: NonNullable<Results['normaliseByType']> }>('by-type', { seconds })).rows

export const normalisingFhir = async (
  corpus: string,
  seconds: number,
): Promise<NonNullable<Results['normaliseFhir']> | null> =>
  (
    await runAlone<{ measured: NonNullable<Results['normaliseFhir']> | null }>('fhir', {
      seconds,
      runs: 3,
      corpus,
    })
  ).measured
