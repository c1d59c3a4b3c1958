import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { corpusDir } from '../corpus/files.ts'
import { homeOf } from '../../stack/home.ts'
import { sayer } from '../../stack/processes/say.ts'
import { type Changes, watchChanges } from './changes.ts'
import {
  ackAlone,
  ackPipeline,
  alone,
  fromMemory,
  growth,
  latency,
  normalising,
  normalisingByType,
  normalisingFhir,
  openPeer,
  prime,
  sustained,
} from './parts.ts'
import { fhirLine } from './fhir-line.ts'
import { readOptions } from './options.ts'
import { peersDir } from './peers/build.ts'
import { readProfiles } from './profile.ts'
import { measureQueries } from './queries/measure-queries.ts'
import { print } from './report/print.ts'
import type { Results } from './results.ts'
import { type BenchStack, consumers, leaveUnread, openBenchStack } from './stack.ts'

const { has, isFhirAlone, settings, ...options } = readOptions(process.argv.slice(2))

/**
 * Less than the half of memory that mongod takes by default: the rest of the line runs here too.
 */
const storeCacheGiB = String(Math.max(1, Math.floor(totalmem() / 2 ** 30 / 3)))
const defaultStore = 'secantusd-py'
/** A pharmacy or a practice sends one Bundle at a time; four of them keep one processor busy. */
const fhirConnections = 4
const say = sayer()
const peers = peersDir(process.env)
const main = homeOf(process.env)
const results: Results = {
  at: new Date().toISOString(),
  machine: {
    cores: availableParallelism(),
    model: cpus()[0]?.model ?? 'unknown',
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    loadBefore: loadavg()[0] ?? 0,
    node: process.version,
  },
  store:
    process.env['TIDEWAY_MONGODB'] ?? 'first of mongod, secantusd-rs, secantusd-py that is there',
}

/** Runs measurements on a stack of their own and closes it. */
const onStack = async (env: NodeJS.ProcessEnv, work: (stack: BenchStack) => Promise<void>) => {
  const stack = await openBenchStack(
    env,
    options.profile ? ['hl7-ingest', 'fhir-ingest', 'projector'] : [],
    say,
  )
  try {
    await work(stack)
  } finally {
    await stack.close()
  }
}

/** The first load is a warm-up, so that the code is compiled when it is measured. */
const measureFhir = async (stack: BenchStack, changes: Changes) => {
  await stack.start('fhir-ingest')
  await fhirLine(stack, changes, corpusDir(process.env), fhirConnections, settings.seconds)
  const measured = await fhirLine(
    stack,
    changes,
    corpusDir(process.env),
    fhirConnections,
    settings.seconds * 2,
  )
  await stack.stop('fhir-ingest')
  return measured
}

/**
 * Starts the services the measurements need, and measures acknowledgements in turn with the peer:
 * first with ingest alone, then with the whole line running.
 */
const startLine = async (stack: BenchStack) => {
  const peer = has('ack') && has('peers') && peers !== null ? await openPeer(peers, stack) : null
  try {
    if (!isFhirAlone) await stack.start('hl7-ingest')
    if (has('ack')) {
      say('acknowledgements with ingest alone')
      results.ackAlone = await ackAlone(stack, settings, peer)
      await leaveUnread(stack)
    }
    await stack.start(...consumers)
    const changes = await watchChanges(stack.parts.kafka, stack.parts.registry)
    if (!isFhirAlone) await prime(stack, changes)
    if (has('ack')) {
      say('acknowledgements with the whole line running')
      results.ackPipeline = await ackPipeline(stack, changes, settings, peer, say)
    }
    return changes
  } finally {
    await peer?.close()
  }
}

if (has('normalise')) {
  say('normalising alone, and the parsers of the peers')
  results.normaliseByType = await normalisingByType(Math.min(settings.seconds, 5) / 10)
  results.normaliseFhir = await normalisingFhir(
    corpusDir(process.env),
    Math.min(settings.seconds, 5),
  )
  results.normalise = await normalising(peers, main.downloads, Math.min(settings.seconds, 5))
}
if (
  has('ack') ||
  has('pipeline') ||
  has('latency') ||
  has('growth') ||
  has('fhir') ||
  has('peers')
) {
  await onStack({ TIDEWAY_MONGODB_CACHE_GB: storeCacheGiB, ...process.env }, async (stack) => {
    if (has('peers') && peers !== null) {
      say('peers without a durable store')
      results.peers = await fromMemory(peers, stack, settings)
    }
    const changes = await startLine(stack)
    if (has('pipeline')) {
      say('end to end')
      results.sustained = await sustained(stack, changes, settings, say)
    }
    const half = Math.max(1, Math.round(options.rate ?? (results.sustained?.perSecond ?? 200) / 2))
    if (has('latency')) {
      say(`latency at ${half}/s`)
      results.latency = await latency(stack, changes, settings, half)
    }
    if (has('growth')) {
      say(`growth at ${half}/s`)
      Object.assign(results, await growth(stack, changes, settings, half))
    }
    if (has('fhir')) {
      say('Bundles of generated patients over HTTP')
      results.fhirLine = await measureFhir(stack, changes)
    }
    await changes.close()
    await stack.stop(...consumers)
    await stack.stop('hl7-ingest')
    if (has('pipeline')) {
      say('broker and store alone')
      Object.assign(results, await alone(stack, settings))
    }
    if (options.profile) results.profile = readProfiles(stack.profiles())
  })
}
if (has('pipeline') && !options.oneStore) {
  say('pipeline and latency on the default document store')
  await onStack({ ...process.env, TIDEWAY_MONGODB: defaultStore }, async (stack) => {
    await stack.start('hl7-ingest', ...consumers)
    const changes = await watchChanges(stack.parts.kafka, stack.parts.registry)
    await prime(stack, changes)
    const rows = await ackPipeline(stack, changes, { ...settings, connections: [8] }, null, say)
    const kept = await sustained(stack, changes, settings, say)
    const rate = Math.max(1, Math.round(kept.perSecond / 2))
    results.defaultStore = {
      store: defaultStore,
      ackPipeline: rows,
      sustained: kept,
      latency: await latency(stack, changes, settings, rate),
    }
    await changes.close()
  })
}
/** Messages in the store at which every query is timed first. */
const fewMessages = 10_000
const measureStore = async (env: NodeJS.ProcessEnv, store: string, most: number, rate: number) => {
  const sizes = [...new Set([Math.min(fewMessages, most), most])]
  await onStack(env, async (stack) => {
    const plan = { store, sizes, rate, seconds: settings.seconds }
    results.queries = [...(results.queries ?? []), await measureQueries(stack, plan, say)]
  })
}
if (has('queries')) {
  const chosen = process.env['TIDEWAY_MONGODB'] ?? 'auto'
  if (chosen !== defaultStore)
    await measureStore(
      { TIDEWAY_MONGODB_CACHE_GB: storeCacheGiB, ...process.env },
      results.store,
      options.messages,
      options.reads,
    )
  if (chosen === defaultStore || !options.oneStore)
    await measureStore(
      { ...process.env, TIDEWAY_MONGODB: defaultStore },
      defaultStore,
      options.defaultMessages,
      options.reads / 10,
    )
}
console.log(print(results))
mkdirSync(main.root, { recursive: true })
const file = join(main.root, 'bench.json')
writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`)
console.log(`\n  As JSON: ${file}`)
process.exit(0)
