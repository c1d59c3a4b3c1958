import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { connectKafka } from '@tideway/kafka/client'
import { connectMongo } from '@tideway/mongo/client'
import { watermarkStore } from '@tideway/mongo/watermark-store'
import { createLog } from '@tideway/runtime/log'
import { endingOrder, endLeftovers } from '../../stack/processes/clean-up.ts'
import { endContainers } from '../../stack/containers.ts'
import { partsEnvironment } from '../../stack/parts/environment.ts'
import { type Home, homeOf, makeHome } from '../../stack/home.ts'
import { choosePorts } from '../../stack/ports.ts'
import { loadConfig, prepare } from '../../stack/parts/prepare.ts'
import { adoptEpoch } from '../../stack/parts/prepare-epoch.ts'
import type { Say } from '../../stack/processes/say.ts'
import { serviceAddresses, servicePrograms } from '../../stack/parts/services.ts'
import { startParts } from '../../stack/parts/start-parts.ts'
import type { Program } from '../../stack/processes/launch.ts'
import { openSupervisor } from '../../stack/processes/supervise.ts'

/** The program with a CPU profile; with one worker, because a profile covers one process. */
const node = (program: Program, folder: string): Program => ({
  ...program,
  env: { ...program.env, INGEST_WORKERS: '1' },
  args: [
    '--cpu-prof',
    `--cpu-prof-dir=${folder}`,
    `--cpu-prof-name=${program.name}.cpuprofile`,
    ...program.args,
  ],
})

/**
 * A separate stack for the benchmark, with fresh data; its services are started and stopped as the
 * measurements need.
 *
 * @param profiled  names of services to take a CPU profile of; written when they stop
 */
export const openBenchStack = async (
  env: NodeJS.ProcessEnv,
  profiled: readonly string[],
  say: Say,
) => {
  const main = homeOf(env)
  const home: Home = homeOf({
    ...env,
    TIDEWAY_HOME: join(main.root, 'bench'),
    TIDEWAY_DOWNLOADS: main.downloads,
  })
  makeHome(home)
  await endLeftovers(home)
  await endContainers(home, { volumes: true })
  rmSync(home.data, { recursive: true, force: true })
  makeHome(home)
  const chosen = await choosePorts(join(home.root, 'ports.json'))
  const stopping = new AbortController()
  const site = { home, ports: chosen.ports, env, signal: stopping.signal }
  const partsSupervisor = openSupervisor(home, say)
  const running = new Map<string, ReturnType<typeof openSupervisor>>()

  const stop = async (...names: string[]) => {
    for (const name of names) {
      const supervisor = running.get(name)
      running.delete(name)
      await supervisor?.endAll([[name]])
    }
  }
  const close = async () => {
    stopping.abort()
    await stop(...running.keys())
    await partsSupervisor.endAll(endingOrder)
    await endContainers(home, { volumes: true })
    chosen.release()
    // Not before the stack is closed: until then a signal must still close it.
    for (const signal of signals) process.off(signal, onSignal)
  }
  const onSignal = () => void close().then(() => process.exit(130))
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.on(signal, onSignal)

  const parts = await startParts(site, partsSupervisor, say)
  const partsEnv: NodeJS.ProcessEnv = { ...partsEnvironment(env, parts), LOG_LEVEL: 'warn' }
  await prepare(loadConfig({ ...partsEnv, ENVIRONMENT: 'development' }), say)
  const programs = new Map(
    servicePrograms(site, partsEnv).map((program) => [program.name, program]),
  )

  return {
    home,
    parts,
    addresses: { ...parts, ...serviceAddresses(chosen.ports) },
    env: partsEnv,
    async start(...names: string[]) {
      for (const name of names) {
        if (running.has(name)) continue
        const supervisor = openSupervisor(home, say)
        running.set(name, supervisor)
        const program = programs.get(name) as Program
        await supervisor.start(
          profiled.includes(name) ? node(program, join(home.root, 'profiles')) : program,
        )
      }
    },
    stop,
    close,
    profiles: () => {
      try {
        return readdirSync(join(home.root, 'profiles')).map((file) =>
          join(home.root, 'profiles', file),
        )
      } catch {
        return []
      }
    },
  }
}

export type BenchStack = Awaited<ReturnType<typeof openBenchStack>>

export const consumers = ['archiver', 'projector', 'record-api'] as const

/**
 * Makes the consumers, which do not run yet, start after the messages already on the log, so that
 * they skip those of the measurement of ingest alone.
 */
export const leaveUnread = async ({ parts, env }: BenchStack): Promise<void> => {
  const kafka = connectKafka([parts.kafka], 'bench', createLog('bench', 'error'))
  const mongo = await connectMongo(parts.mongodb, env['MONGODB_DATABASE'] ?? 'tideway')
  const { skipTo, save } = watermarkStore(mongo, await kafka.logId())
  await kafka.startAtEnd('archiver', ['rawMessages', 'parkedMessages'], skipTo)
  await kafka.startAtEnd('projector', ['patientEvents'], skipTo)
  await save()
  await mongo.close()
  // The archive begins where the archiver does, which is no loss here.
  await adoptEpoch(loadConfig({ ...env, ENVIRONMENT: 'development' }))
}
