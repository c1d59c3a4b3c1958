import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { choice, integer, readConfig } from '@tideway/runtime/config'
import { fetchOnce, run } from './fetch-once.ts'
import { keptKind } from './kept-kind.ts'
import { accepts, onPath, type Part, type Site } from './part.ts'

const kinds = ['mongod', 'secantusd-rs', 'secantusd-py'] as const
type Kind = (typeof kinds)[number]

export const mongodbChoice = choice(
  'TIDEWAY_MONGODB',
  'Document store of the local stack; auto takes the first of the others that is there',
  ['auto', ...kinds],
  'auto',
)
const cacheSize = integer(
  'TIDEWAY_MONGODB_CACHE_GB',
  'What the document store of the local stack keeps in memory, GiB',
  1,
  1_000,
  1,
)

const secantusVersion = '0.7.0b3'

const secantusInPython = async ({ home, signal }: Site): Promise<string> => {
  const folder = await fetchOnce(
    { downloads: home.downloads, name: `secantusdb-${secantusVersion}`, lock: 'pip', signal },
    async (venv) => {
      await run('python3', ['-m', 'venv', venv], signal)
      await run(
        join(venv, 'bin', 'python'),
        [
          '-m',
          'pip',
          'install',
          '--quiet',
          '--disable-pip-version-check',
          `secantusdb==${secantusVersion}`,
        ],
        signal,
      )
    },
  )
  return join(folder, 'bin', 'secantusd-py')
}

/**
 * mongod if it is on PATH, else SecantusDB, which has the same protocol and storage engine: the
 * Rust server if it is on PATH, else the Python one.
 */
const findServer = async (site: Site): Promise<{ kind: Kind; command: string }> => {
  const { asked } = readConfig(site.env, { asked: mongodbChoice })
  const wanted = asked === 'auto' ? (keptKind(site.home, kinds) ?? 'auto') : asked
  for (const kind of ['mongod', 'secantusd-rs'] as const) {
    const command = wanted === 'auto' || wanted === kind ? await onPath(kind, site.env) : null
    if (command !== null) return { kind, command }
    if (wanted === kind)
      throw new Error(
        `${kind} is not on PATH, and ${asked === 'auto' ? 'wrote the data of this home (npm run reset throws it away)' : 'TIDEWAY_MONGODB asks for it'}`,
      )
  }
  return { kind: 'secantusd-py', command: await secantusInPython(site) }
}

const what: Record<Kind, string> = {
  mongod: 'MongoDB',
  'secantusd-rs': 'MongoDB-compatible SecantusDB (Rust)',
  'secantusd-py': 'MongoDB-compatible SecantusDB (Python)',
}

export const mongodbPart = async (site: Site): Promise<Part> => {
  const { home, ports, env } = site
  const { cache } = readConfig(env, { cache: cacheSize })
  const { kind, command } = await findServer(site)
  // Both SecantusDB servers keep WiredTiger files, with different catalogues.
  const data = join(home.data, kind)
  mkdirSync(data, { recursive: true })
  const port = String(ports.mongodb)
  // Given explicitly, so that no settings from the user's home folder are used.
  const config = join(home.data, `${kind}.toml`)
  writeFileSync(config, '')
  return {
    what: what[kind],
    address: `mongodb://127.0.0.1:${port}/?directConnection=true`,
    program: {
      name: 'mongodb',
      command,
      args:
        kind === 'mongod'
          ? [
              '--dbpath',
              data,
              '--port',
              port,
              '--bind_ip',
              '127.0.0.1',
              '--wiredTigerCacheSizeGB',
              String(cache),
              '--quiet',
            ]
          : [
              '--config',
              config,
              '--host',
              '127.0.0.1',
              '--port',
              port,
              '--storage-path',
              data,
              '--log-level',
              'WARNING',
              '--cache-size',
              `${cache}G`,
              '--standalone',
            ],
      env,
      ready: () => accepts(ports.mongodb),
      readyWithinMs: 60_000,
      graceMs: 15_000,
      niceness: 10,
    },
  }
}
