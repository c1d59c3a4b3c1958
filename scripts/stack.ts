import { writeAddresses } from './stack/addresses-file.ts'
import { homeOf } from './stack/home.ts'
import { runSession } from './stack/session.ts'
import { startParts } from './stack/parts/start-parts.ts'

/**
 * The parts without the services: Kafka, registry, MongoDB, S3, issuer. For tests and benchmarks.
 */
const home = homeOf(process.env)
await runSession(home, process.env, async ({ site, supervisor, say }) => {
  writeAddresses(home, await startParts(site, supervisor, say))
  say('stack ready')
})
