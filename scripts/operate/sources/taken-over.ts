import { readAddresses } from '../../stack/addresses.ts'
import { pollUntil } from '../client/poll.ts'

const withinMs = 20_000
const following = ['hl7-ingest', 'fhir-ingest', 'record-api']

/** Versions of the sources that the workers of a service use; null if it does not answer. */
const versionsAt = async (address: string): Promise<number[] | null> => {
  try {
    const response = await fetch(`${address}/metrics`, { signal: AbortSignal.timeout(3_000) })
    const text = await response.text()
    return [...text.matchAll(/^tideway_sources_version\{worker="\d+"\} (\d+)/gm)].map(
      ([, version]) => Number(version),
    )
  } catch {
    return null
  }
}

const stateOf = (versions: number[] | null, version: number): string => {
  if (versions === null) return 'does not answer'
  const took = versions.filter((one) => one >= version).length
  return `${took} of ${versions.length} ${versions.length === 1 ? 'process' : 'processes'}`
}

const hasTaken = (versions: number[] | null, version: number): boolean =>
  versions !== null && versions.length > 0 && versions.every((one) => one >= version)

/**
 * Waits until each service of the running stack uses a version of the sources, and prints it.
 *
 * @returns whether all do; true if their addresses are not known here
 */
export const waitUntilTaken = async (env: NodeJS.ProcessEnv, version: number): Promise<boolean> => {
  const health = Object.entries(readAddresses(env).health).filter(([name]) =>
    following.includes(name),
  )
  if (health.length === 0) {
    console.log(
      `Services take it over within a second: see that tideway_sources_version is ${version} in the metrics of each (${following.join(', ')}).`,
    )
    return true
  }
  const ask = () =>
    Promise.all(
      health.map(async ([name, address]) => ({ name, versions: await versionsAt(address) })),
    )
  const answers = await pollUntil(
    ask,
    (all) => all.every(({ versions }) => hasTaken(versions, version)),
    withinMs,
  )
  for (const { name, versions } of answers) console.log(`  ${name}: ${stateOf(versions, version)}`)
  const missing = answers.filter(({ versions }) => !hasTaken(versions, version))
  if (missing.length > 0)
    console.error(
      `Not taken over by ${missing.map(({ name }) => name).join(', ')}: see "applied sources refused" in its log. A service that is down takes it over when it starts.`,
    )
  return missing.length === 0
}
