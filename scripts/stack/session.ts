import { join } from 'node:path'
import { removeAddresses } from './addresses-file.ts'
import { endingOrder, endLeftovers, supervisorName } from './processes/clean-up.ts'
import { endContainers } from './containers.ts'
import { type Home, makeHome } from './home.ts'
import { pidFiles } from './processes/pid-files.ts'
import { choosePorts } from './ports.ts'
import type { Site } from './parts/part.ts'
import { type Say, sayer } from './processes/say.ts'
import { openSupervisor, type Supervisor } from './processes/supervise.ts'

export type StackSession = { site: Site; supervisor: Supervisor; say: Say }

/**
 * Runs the local system in the foreground. `work` starts it and returns when it is ready; it stays
 * until Ctrl-C, SIGTERM or SIGHUP. Everything that was started is ended in any case, and nothing
 * else.
 */
export const runSession = async (
  home: Home,
  env: NodeJS.ProcessEnv,
  work: (session: StackSession) => Promise<void>,
): Promise<never> => {
  const say = sayer()
  makeHome(home)
  const pids = pidFiles(home.pids)
  const other = pids.running(supervisorName)
  if (other !== null) {
    say(`Tideway already runs with ${home.root} (process ${other}); npm stop ends it`)
    process.exit(1)
  }
  pids.write(supervisorName, process.pid)

  const stopping = new AbortController()
  const supervisor = openSupervisor(home, say)
  let release = () => {}
  let ended: Promise<never> | null = null
  const finish = (code: number): Promise<never> => {
    ended ??= (async () => {
      stopping.abort()
      await supervisor.endAll(endingOrder)
      await endLeftovers(home)
      await endContainers(home, { volumes: false }).catch((error: Error) =>
        say(`the containers could not be ended: ${error.message}`),
      )
      removeAddresses(home)
      release()
      pids.remove(supervisorName)
      say('stopped')
      process.exit(code)
    })()
    return ended
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (ended === null) say('stopping')
      void finish(0)
    })

  // A failure of the supervisor must not leave processes running.
  process.on('uncaughtException', (error) => {
    if (ended === null) say(`stopping after a failure of the supervisor: ${error.message}`)
    void finish(1)
  })

  try {
    const leftovers = await endLeftovers(home)
    if (leftovers.length > 0) say(`ended what an earlier run left: ${leftovers.join(', ')}`)
    const chosen = await choosePorts(join(home.root, 'ports.json'))
    release = chosen.release
    await work({
      site: { home, ports: chosen.ports, env, signal: stopping.signal },
      supervisor,
      say,
    })
  } catch (error) {
    if (ended === null) {
      say(`could not start: ${(error as Error).message}`)
      say('stopping what was started')
    }
    return finish(1)
  }
  return new Promise<never>(() => setInterval(() => {}, 60_000))
}
