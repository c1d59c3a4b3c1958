import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** The folder of the peers: PEERS_DIR, else beside the checkout. Null if it does not exist. */
export const peersDir = (env: NodeJS.ProcessEnv): string | null => {
  const dir = env['PEERS_DIR'] ?? new URL('../../../../../shared/peers', import.meta.url).pathname
  return existsSync(dir) ? dir : null
}

const sh = (command: string, args: readonly string[], cwd: string) =>
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })

/**
 * Copies a Java peer, downloads its libraries and compiles it, unless that was done before.
 *
 * @returns the folder with `lib` and `classes`
 */
export const buildPeer = (peers: string, name: 'hapi' | 'lfh', downloads: string): string => {
  const root = join(downloads, 'peers')
  const folder = join(root, name)
  if (existsSync(join(folder, 'classes', '.done'))) return folder
  mkdirSync(root, { recursive: true })
  cpSync(join(peers, 'java', name), folder, { recursive: true })
  cpSync(join(peers, 'java', 'Corpus.java'), join(root, 'Corpus.java'))
  sh('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], folder)
  mkdirSync(join(folder, 'classes'), { recursive: true })
  sh(
    'sh',
    ['-c', "javac -cp 'lib/*' -d classes src/*.java ../Corpus.java && touch classes/.done"],
    folder,
  )
  return folder
}
