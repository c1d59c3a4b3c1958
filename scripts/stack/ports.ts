import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { identityOf } from './processes/process-identity.ts'

/** The preferred port of each listener. */
export const preferredPorts = {
  kafka: 9092,
  kafkaController: 9093,
  registry: 8081,
  mongodb: 27017,
  s3: 9000,
  issuer: 8090,
  mllp: 2575,
  mllpSandbox: 2576,
  recordApi: 8080,
  fhirIngest: 8085,
  hl7IngestHealth: 9301,
  archiverHealth: 9302,
  projectorHealth: 9303,
  recordApiHealth: 9304,
  fhirIngestHealth: 9305,
  identityHealth: 9306,
  prometheus: 9090,
} as const

export type PortName = keyof typeof preferredPorts
export type StackPorts = Record<PortName, number>

const step = 20
const attempts = 200

/**
 * The port of the last run if it is free, else the preferred one, else the next free one in steps.
 *
 * @param take  reserves a port; false if it is taken
 * @throws Error if no port is free
 */
export const choosePort = async (
  preferred: number,
  remembered: number | null,
  take: (port: number) => Promise<boolean>,
): Promise<number> => {
  if (remembered !== null && (await take(remembered))) return remembered
  for (let port = preferred; port < preferred + step * attempts && port <= 65_535; port += step)
    if (await take(port)) return port
  throw new Error(`no free port from ${preferred} on`)
}

const somebodyAnswers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const done = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(500, () => done(true))
    socket.once('connect', () => done(true)).once('error', () => done(false))
  })

const canListen = (port: number) =>
  new Promise<boolean>((resolve) => {
    const server = createServer().once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () =>
      server.close(() => resolve(true)),
    )
  })

/** Both addresses are tried: on macOS 127.0.0.1 can be bound while another process has 0.0.0.0. */
export const isFree = async (port: number): Promise<boolean> =>
  !(await somebodyAnswers(port)) && (await canListen(port))

const claimsFolder = () => join(tmpdir(), `tideway-ports-${userInfo().uid}`)

/**
 * One file for each port, created by the process that chose it, so that two stacks starting at
 * once, or a part being restarted, keep their ports.
 */
const claim = (file: string): boolean => {
  const me = `${process.pid} ${identityOf(process.pid)}`
  try {
    writeFileSync(file, me, { flag: 'wx' })
    return true
  } catch {
    const holder = readHolder(file)
    if (holder === me) return true
    const [pid, ...started] = holder.split(' ')
    if (identityOf(Number(pid)) === started.join(' ')) return false
    rmSync(file, { force: true })
    return claim(file)
  }
}

const readHolder = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Chooses all ports and stores them in `file`. */
export const choosePorts = async (
  file: string,
): Promise<{ ports: StackPorts; release: () => void }> => {
  const folder = claimsFolder()
  mkdirSync(folder, { recursive: true })
  const remembered = JSON.parse(readHolder(file) || '{}') as Partial<StackPorts>
  const claimed: string[] = []
  const take = async (port: number) => {
    const held = join(folder, String(port))
    if (!claim(held)) return false
    if (await isFree(port)) return claimed.push(held) > 0
    rmSync(held, { force: true })
    return false
  }
  const chosen: [string, number][] = []
  for (const [name, preferred] of Object.entries(preferredPorts))
    chosen.push([name, await choosePort(preferred, remembered[name as PortName] ?? null, take)])
  const ports = Object.fromEntries(chosen) as StackPorts
  writeFileSync(file, `${JSON.stringify(ports, null, 2)}\n`)
  const release = () => {
    for (const held of claimed) rmSync(held, { force: true })
  }
  return { ports, release }
}
