import { type ChildProcess, execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { pollUntil } from '../../../operate/client/poll.ts'
import { openConnection } from '../../load/connection.ts'
import { isFree } from '../../../stack/ports.ts'
import { startServer, stopServer } from '../child.ts'
import { measure, planFor, singleProcess } from '../measure.ts'
import type { Runner } from '../side-by-side.ts'

const freePort = async (from: number): Promise<number> => {
  for (let port = from; ; port += 7) if (await isFree(port)) return port
}

const accepts = (port: number) =>
  openConnection({ host: '127.0.0.1', port }).then(
    (connection) => connection.close().then(() => true),
    () => false,
  )

export type PeerServer = Runner & { close: () => Promise<void> }

const opened = async (
  what: string,
  server: ChildProcess,
  port: number,
  primeSeconds: number,
): Promise<PeerServer> => {
  const address = `127.0.0.1:${port}`
  const target = { what, address, usage: singleProcess('server', server.pid) }
  const close = () => stopServer(server)
  try {
    await pollUntil(
      () => accepts(port),
      (up) => up,
      60_000,
    )
    if (primeSeconds > 0)
      await measure(target, planFor(address, 8, primeSeconds, { warmUpSeconds: 0 }))
  } catch (error) {
    await close()
    throw error
  }
  return {
    what,
    measure: async (connections, seconds) =>
      (await measure(target, planFor(address, connections, seconds))).row,
    close,
  }
}

/** A listener that only acknowledges: the limit of the sender itself. */
export const answeringOnly = async (peers: string): Promise<PeerServer> => {
  const port = await freePort(42_570)
  const server = await startServer(
    process.execPath,
    [join(peers, 'node/mllp-null.mjs'), '--port', String(port)],
    {},
  )
  return opened('answering only', server, port, 0)
}

export const peerPrimeSeconds = 25
export const hapiWithKafka = 'HAPI with Kafka'

/**
 * HAPI's server, which parses each message and acknowledges it at once or, given a broker, after
 * Kafka has it (acks=all).
 */
export const hapi = async (folder: string, kafka: string | null): Promise<PeerServer> => {
  const port = await freePort(42_580)
  const topic = `hapi-peer-${Date.now()}`
  if (kafka !== null)
    execFileSync(
      'java',
      ['-cp', 'lib/*', new URL('./CreateTopic.java', import.meta.url).pathname, kafka, topic],
      { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] },
    )
  const durable = kafka === null ? [] : ['--kafka', kafka, '--topic', topic]
  const server = await startServer(
    'java',
    [
      '-Xmx1g',
      '-cp',
      'classes:lib/*',
      'HapiServer',
      '--no-validation',
      '--port',
      String(port),
      ...durable,
    ],
    { cwd: folder },
  )
  return opened(kafka === null ? 'HAPI from memory' : hapiWithKafka, server, port, peerPrimeSeconds)
}
