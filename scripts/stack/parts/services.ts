import { join } from 'node:path'
import type { SystemAddresses } from '../addresses-file.ts'
import { checkout } from '../home.ts'
import type { Site } from './part.ts'
import type { PortName, StackPorts } from '../ports.ts'
import type { Program } from '../processes/launch.ts'

const healthPorts = {
  'hl7-ingest': 'hl7IngestHealth',
  'fhir-ingest': 'fhirIngestHealth',
  archiver: 'archiverHealth',
  projector: 'projectorHealth',
  identity: 'identityHealth',
  'record-api': 'recordApiHealth',
} as const satisfies Record<string, PortName>

type ServiceName = keyof typeof healthPorts

/** Settings of each service beyond the addresses of the parts. */
const ownSettings: Record<ServiceName, (ports: StackPorts) => NodeJS.ProcessEnv> = {
  'hl7-ingest': ({ mllp, mllpSandbox }) => ({
    MLLP_PORT: String(mllp),
    MLLP_SANDBOX_PORT: String(mllpSandbox),
  }),
  'fhir-ingest': ({ fhirIngest }) => ({ FHIR_PORT: String(fhirIngest) }),
  archiver: () => ({}),
  projector: () => ({}),
  identity: () => ({}),
  'record-api': ({ recordApi }) => ({ RECORD_API_PORT: String(recordApi) }),
}

const healthOf = (name: ServiceName, ports: StackPorts) =>
  `http://127.0.0.1:${ports[healthPorts[name]]}`

const isReady = async (name: ServiceName, ports: StackPorts): Promise<boolean> => {
  const response = await fetch(`${healthOf(name, ports)}/health/ready`, {
    signal: AbortSignal.timeout(3_000),
  })
  await response.body?.cancel()
  return response.ok
}

const names = Object.keys(healthPorts) as ServiceName[]

/**
 * Objects of a batch live as long as the batch. A young generation with room for several batches
 * (MiB) spares the garbage collector from copying them.
 */
const nodeArguments = ['--max-semi-space-size=64']

/** Under overload, receiving goes first and the projection lags. */
const niceness: Partial<Record<ServiceName, number>> = { archiver: 19, projector: 19, identity: 19 }

/** A local stack is never production, whatever the shell's environment says. */
const sharedSettings = {
  ENVIRONMENT: 'development',
  HOST: '127.0.0.1',
  SOURCES_DIR: join(checkout, 'schemas/sources'),
}

/** The program of every service. */
export const servicePrograms = ({ ports }: Site, partsEnv: NodeJS.ProcessEnv): Program[] =>
  names.map((name) => ({
    name,
    command: process.execPath,
    args: [...nodeArguments, join(checkout, 'services', name, 'src/main.ts')],
    env: {
      ...partsEnv,
      ...sharedSettings,
      HEALTH_PORT: String(ports[healthPorts[name]]),
      ...ownSettings[name](ports),
    },
    ready: () => isReady(name, ports),
    readyWithinMs: 60_000,
    graceMs: 15_000,
    ...(niceness[name] === undefined ? {} : { niceness: niceness[name] }),
  }))

export const serviceAddresses = (
  ports: StackPorts,
): Pick<SystemAddresses, 'mllp' | 'mllpSandbox' | 'fhirIngest' | 'recordApi' | 'health'> => ({
  mllp: `127.0.0.1:${ports.mllp}`,
  mllpSandbox: `127.0.0.1:${ports.mllpSandbox}`,
  fhirIngest: `http://127.0.0.1:${ports.fhirIngest}/fhir`,
  recordApi: `http://127.0.0.1:${ports.recordApi}`,
  health: Object.fromEntries(names.map((name) => [name, healthOf(name, ports)])),
})
