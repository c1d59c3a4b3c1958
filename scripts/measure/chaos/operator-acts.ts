import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { deleteTopics } from '@tideway/kafka/delete-topics'
import { openStores } from '../../operate/client/stores.ts'
import { type Addresses, requireAddresses } from '../../stack/addresses.ts'
import { checkout, homeOf } from '../../stack/home.ts'
import { pidFiles } from '../../stack/processes/pid-files.ts'
import { allReady, ownedBy } from './kill.ts'
import { whileStopped } from './hold.ts'

/** What an operator did during the run; `isDone` if it succeeded and everything was ready again. */
export type ActDone = { name: string; isDone: boolean; ms: number }

type Act = { name: string; run: () => Promise<boolean> }

/** A command is tried again for so long: members of a killed consumer leave their group late. */
const tryForMs = 120_000
const readers = ['archiver', 'projector'] as const
const receivers = ['hl7-ingest', 'fhir-ingest'] as const
const stores = ['kafka', 'mongodb', 's3'] as const

/** What an operator does during a run, as docs/operations.md has it. */
export const operatorActs = (addresses: Addresses, env: NodeJS.ProcessEnv, log: string): Act[] => {
  const home = homeOf(env)
  const backup = join(home.root, 'chaos-backup')
  const output = openSync(log, 'a')

  const command = async (script: string, ...args: string[]): Promise<boolean> => {
    for (const until = Date.now() + tryForMs; ; await pause(5_000)) {
      const child = spawn(process.execPath, [`scripts/${script}.ts`, ...args], {
        cwd: checkout,
        env,
        stdio: ['ignore', output, output],
      })
      const [code] = (await once(child, 'exit')) as [number]
      if (code === 0 || Date.now() > until) return code === 0
    }
  }

  const dropDatabase = async (): Promise<void> => {
    const stores = await openStores(addresses, env)
    await stores.mongo.drop()
    await stores.close()
  }

  /** Of a store that runs as a process here; another's bucket stays. */
  const emptyBucket = async (): Promise<void> => {
    if (pidFiles(home.pids).running('s3') === null) return
    await whileStopped(home.root, ['s3'], async () => {
      for (const kind of ['s3mock', 'versitygw'])
        rmSync(join(home.data, kind), { recursive: true, force: true })
    })
    const { s3 } = requireAddresses(addresses, 's3')
    for (const until = Date.now() + tryForMs; Date.now() < until; await pause(500))
      if (
        await fetch(s3).then(
          () => true,
          () => false,
        )
      )
        return
  }

  const loseAll = async (): Promise<boolean> => {
    await dropDatabase()
    await emptyBucket()
    await deleteTopics(requireAddresses(addresses, 'kafka').kafka.split(','))
    return (await command('prepare')) && command('restore', 'all', '--from', backup)
  }

  const rebuild: Act = { name: 'rebuild the record under load', run: () => command('rebuild') }
  // Stores of others are not deleted.
  if (ownedBy(home.root, stores).length < stores.length) return [rebuild]
  return [
    rebuild,
    {
      name: 'back up, lose the database, restore it from archive and log, under load',
      run: async () =>
        (await command('backup', '--to', backup)) &&
        whileStopped(home.root, readers, async () => {
          await dropDatabase()
          return command('restore', 'database')
        }),
    },
    {
      name: 'stop receiving, back up, lose database, bucket and log, restore all',
      run: () =>
        whileStopped(home.root, receivers, async () => {
          const isWhole = await command('backup', '--to', backup)
          return isWhole && (await whileStopped(home.root, readers, loseAll))
        }),
    },
  ]
}

/** Does it, and waits until every service is ready again. */
export const perform = async (
  { name, run }: Act,
  health: Record<string, string>,
): Promise<ActDone> => {
  const began = Date.now()
  const isDone = await run().catch((error: unknown) => {
    console.log(`  ${name}: ${error instanceof Error ? error.message : String(error)}`)
    return false
  })
  const isReady = await allReady(health, tryForMs)
  return { name, isDone: isDone && isReady, ms: Date.now() - began }
}
