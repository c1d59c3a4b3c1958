import { addressTable } from './stack/address-table.ts'
import { writeAddresses } from './stack/addresses-file.ts'
import { demonstrate } from './stack/parts/demonstration.ts'
import { partsEnvironment } from './stack/parts/environment.ts'
import { homeOf } from './stack/home.ts'
import { loadConfig, prepare } from './stack/parts/prepare.ts'
import { serviceAddresses, servicePrograms } from './stack/parts/services.ts'
import { runSession } from './stack/session.ts'
import { startParts } from './stack/parts/start-parts.ts'

/**
 * The whole system on this machine, in the foreground: parts, topics and indexes, services, the
 * demonstration.
 */
const home = homeOf(process.env)
const withDemo = !process.argv.includes('--no-demo')

await runSession(home, process.env, async ({ site, supervisor, say }) => {
  const parts = await startParts(site, supervisor, say)
  const env = partsEnvironment(process.env, parts)
  await prepare(loadConfig({ ...env, ENVIRONMENT: 'development' }), say)
  const start = async (program: Parameters<typeof supervisor.start>[0]) => {
    await supervisor.start(program)
    say(`${program.name} ready`)
  }
  await Promise.all(servicePrograms(site, env).map(start))
  const addresses = { ...parts, ...serviceAddresses(site.ports) }
  writeAddresses(home, addresses)
  if (withDemo) await demonstrate(addresses, env, site, say)
  site.signal.throwIfAborted()
  say(`Tideway is ready\n\n${addressTable(addresses, home)}\n`)
})
