import { addressTable } from './address-table.ts'
import { writeAddresses } from './addresses-file.ts'
import { homeOf } from './home.ts'
import { demonstrate } from './parts/demonstration.ts'
import { partsEnvironment } from './parts/environment.ts'
import { howToObserve, prometheus } from './observe/prometheus.ts'
import type { Site } from './parts/part.ts'
import { loadConfig, prepare } from './parts/prepare.ts'
import { serviceAddresses, servicePrograms } from './parts/services.ts'
import { startParts } from './parts/start-parts.ts'
import type { Program } from './processes/launch.ts'
import type { Supervisor } from './processes/supervise.ts'
import { runSession } from './session.ts'

/**
 * Node restarts a watched program when a file that it has loaded changes. It has normal priority,
 * so that a change takes effect soon.
 */
const watched = ({ niceness: _, ...program }: Program): Program => ({
  ...program,
  args: ['--watch', '--watch-preserve-output', ...program.args],
})

/** @returns where to look, or why nothing observes the stack */
const startObserving = async (
  site: Site,
  supervisor: Supervisor,
  health: Readonly<Record<string, string>>,
): Promise<string> => {
  const found = await prometheus(site, health)
  if (found === null) return howToObserve
  await supervisor.start(found.program)
  return `Prometheus with the dashboards' queries: ${found.page}`
}

/**
 * Runs the whole system in the foreground: the parts, topics and indexes, the services and, if
 * asked for, the demonstration.
 */
export const startSystem = (
  env: NodeJS.ProcessEnv,
  { demo, watch, observe = false }: { demo: boolean; watch: boolean; observe?: boolean },
): Promise<never> => {
  const home = homeOf(env)
  return runSession(home, env, async ({ site, supervisor, say }) => {
    const parts = await startParts(site, supervisor, say)
    const withParts = partsEnvironment(env, parts)
    await prepare(loadConfig({ ...withParts, ENVIRONMENT: 'development' }), say)
    const start = async (program: Program) => {
      await supervisor.start(watch ? watched(program) : program)
      say(`${program.name} ready`)
    }
    await Promise.all(servicePrograms(site, withParts).map(start))
    const addresses = { ...parts, ...serviceAddresses(site.ports) }
    writeAddresses(home, addresses)
    if (observe) say(await startObserving(site, supervisor, addresses.health))
    if (demo) await demonstrate(addresses, withParts, site, say)
    site.signal.throwIfAborted()
    say(`Tideway is ready\n\n${addressTable(addresses, home)}\n`)
  })
}
