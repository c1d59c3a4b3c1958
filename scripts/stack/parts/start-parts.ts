import type { PartAddresses } from '../addresses-file.ts'
import {
  endContainers,
  hasContainerData,
  isContainerPart,
  startContainers,
  usesDocker,
} from '../containers.ts'
import { settingOf } from './environment.ts'
import { issuerPart } from './issuer.ts'
import { kafkaPart } from './kafka.ts'
import { mongodbPart } from './mongodb.ts'
import { missingNeeds } from '../needs.mjs'
import type { Part, Site } from './part.ts'
import { registryPart } from './registry.ts'
import { s3Part } from './s3.ts'
import type { Say } from '../processes/say.ts'
import type { Supervisor } from '../processes/supervise.ts'

type PartName = keyof PartAddresses

const asProcess: Record<PartName, (site: Site) => Promise<Part>> = {
  kafka: kafkaPart,
  registry: registryPart,
  mongodb: mongodbPart,
  s3: s3Part,
  issuer: issuerPart,
}
const names = Object.keys(asProcess) as PartName[]

const inContainers = async (
  site: Site,
  wanted: readonly PartName[],
  say: Say,
): Promise<Partial<PartAddresses>> => {
  const parts = wanted.filter(isContainerPart)
  if (parts.length === 0 || !(await usesDocker(site))) return {}
  const firstTime = !hasContainerData(site.home)
  say(
    `starting ${parts.join(', ')} in Docker containers (the first time their images are downloaded)`,
  )
  const started: Partial<PartAddresses> = {}
  try {
    await startContainers(site, parts, (part, address) => {
      started[part] = address
      say(`${part} ready: container, ${address}`)
    })
    return started
  } catch (error) {
    site.signal.throwIfAborted()
    const missing = missingNeeds({ ...site.env, TIDEWAY_STACK: 'processes' }, true)
    if (!firstTime || site.env['TIDEWAY_STACK'] === 'docker' || missing !== null) throw error
    await endContainers(site.home, { volumes: true })
    // If the engine cannot pull the images, processes are used instead.
    say(`${(error as Error).message}; starting them as processes instead`)
    return {}
  }
}

const asProcesses = async (
  site: Site,
  wanted: readonly PartName[],
  supervisor: Supervisor,
  say: Say,
): Promise<Partial<PartAddresses>> => {
  const start = async (name: PartName): Promise<[PartName, string]> => {
    const part = await asProcess[name](site)
    await supervisor.start(part.program)
    say(`${name} ready: ${part.what}, ${part.address}`)
    return [name, part.address]
  }
  return Object.fromEntries(await Promise.all(wanted.map(start)))
}

/**
 * Starts all parts and prints a line as each is ready. A part whose address is in the environment
 * is not started; the others run in containers if a Docker engine answers, else as processes.
 */
export const startParts = async (
  site: Site,
  supervisor: Supervisor,
  say: Say,
): Promise<PartAddresses> => {
  const given = Object.fromEntries(
    names.flatMap((name) => (site.env[settingOf[name]] ? [[name, site.env[settingOf[name]]]] : [])),
  ) as Partial<PartAddresses>
  for (const name of Object.keys(given) as PartName[])
    say(`${name}: ${settingOf[name]} is set, nothing to start`)
  const contained = await inContainers(
    site,
    names.filter((name) => given[name] === undefined),
    say,
  )
  const left = names.filter((name) => given[name] === undefined && contained[name] === undefined)
  return {
    ...given,
    ...contained,
    ...(await asProcesses(site, left, supervisor, say)),
  } as PartAddresses
}
