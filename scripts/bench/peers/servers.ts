import { type ChildProcess, execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { pollUntil } from '../../client/poll.ts'
import { openConnection } from '../../load/connection.ts'
import { isFree } from '../../stack/ports.ts'
import { startServer, stopServer } from '../child.ts'
import { measure, planFor, type Row, singleProcess } from '../measure.ts'

const freePort = async (from: number): Promise<number> => {
  for (let port = from; ; port += 7) if (await isFree(port)) return port
}

const accepts = (port: number) =>
  openConnection({ host: '127.0.0.1', port }).then(
    (connection) => connection.close().then(() => true),
    () => false,
  )

const rows = async (what: string, server: ChildProcess, port: number, connections: readonly number[], seconds: number, primeSeconds: number): Promise<Row[]> => {
  try {
    await pollUntil(() => accepts(port), (up) => up, 60_000)
    const address = `127.0.0.1:${port}`
    const target = { what, address, usage: singleProcess('server', server.pid) }
    if (primeSeconds > 0) await measure(target, planFor(address, 8, primeSeconds, { warmUpSeconds: 0 }))
    const measured: Row[] = []
    for (const count of connections) measured.push((await measure(target, planFor(address, count, seconds))).row)
    return measured
  } finally {
    await stopServer(server)
  }
}

/** A listener that only answers: the ceiling of the load itself. */
export const answeringOnly = async (peers: string, connections: readonly number[], seconds: number): Promise<Row[]> => {
  const port = await freePort(42_570)
  const server = await startServer(process.execPath, [join(peers, 'node/mllp-null.mjs'), '--port', String(port)], {})
  return rows('answering only', server, port, connections, seconds, 0)
}

const hapiPrimeSeconds = 25

/** HAPI's server, parsing typed and answering, from memory or, with a broker, after Kafka has the message (acks all). */
export const hapi = async (folder: string, kafka: string | null, connections: readonly number[], seconds: number): Promise<Row[]> => {
  const port = await freePort(42_580)
  const topic = `hapi-peer-${Date.now()}`
  if (kafka !== null) execFileSync('java', ['-cp', 'lib/*', new URL('./CreateTopic.java', import.meta.url).pathname, kafka, topic], { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] })
  const durable = kafka === null ? [] : ['--kafka', kafka, '--topic', topic]
  const server = await startServer('java', ['-Xmx1g', '-cp', 'classes:lib/*', 'HapiServer', '--no-validation', '--port', String(port), ...durable], { cwd: folder })
  return rows(kafka === null ? 'HAPI from memory' : 'HAPI with Kafka', server, port, connections, seconds, hapiPrimeSeconds)
}
