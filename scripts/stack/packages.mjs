// Brings node_modules to what package-lock.json says. Plain JavaScript that Node 20 runs.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const checkout = fileURLToPath(new URL('../..', import.meta.url))
const neededNode = 24

const readPackages = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : null)

/** Packages of another system are optional and rightly absent. */
const isInstalled = (wanted, installed, path) => {
  if (wanted.link) return existsSync(join(checkout, path))
  if (installed[path] === undefined) return wanted.optional === true || wanted.devOptional === true
  return installed[path].version === wanted.version
}

/** npm writes its own record at the end of an installation, so half a one is seen too. */
const isUpToDate = () => {
  const installed = readPackages(join(checkout, 'node_modules/.package-lock.json'))
  if (installed === null) return false
  const wanted = Object.entries(readPackages(join(checkout, 'package-lock.json'))).filter(([path]) => path.startsWith('node_modules/'))
  return wanted.every(([path, entry]) => isInstalled(entry, installed, path))
}

/** npm tells its scripts where it works in npm_*: another npm that works elsewhere must not be told that. */
const cleanEnv = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(lifecycle|package|config_local_prefix|command|execpath|node_execpath)/.test(name)))

const npm = (args, cwd) => {
  const { status } = spawnSync('npm', args, { cwd, stdio: ['ignore', 'inherit', 'inherit'], env: cleanEnv() })
  return status === 0
}

/** @throws Error if npm could not install */
export const installIfNeeded = () => {
  if (isUpToDate()) return
  const began = Date.now()
  process.stdout.write('installing the packages of package-lock.json (about a minute the first time)\n')
  // Not "npm ci": it refuses a lock file made where the builds of native packages for other systems could not be had.
  if (!npm(['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], checkout)) throw new Error('npm install failed; what it said is above')
  process.stdout.write(`installed in ${Math.round((Date.now() - began) / 1000)} s\n`)
}

const nodeMajor = (command) => {
  const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' })
  return status === 0 ? Number(/^v(\d+)/.exec(stdout)?.[1] ?? 0) : 0
}

/**
 * The scripts after this one are TypeScript and run on the Node that the package `node` brings. Where install scripts are
 * switched off, or npm asks for them to be approved first, its binary is not there yet, and it is fetched here in the package's own way.
 *
 * @throws Error if there is no Node 24 in the end
 */
export const ensureNode = () => {
  const local = join(checkout, 'node_modules/.bin/node')
  if (nodeMajor(local) >= neededNode) return
  const folder = join(checkout, 'node_modules/node')
  process.stdout.write(`fetching Node ${neededNode}\n`)
  spawnSync(process.execPath, ['installArchSpecificPackage.js'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], env: { ...cleanEnv(), npm_config_loglevel: 'error' } })
  if (nodeMajor(local) < neededNode) throw new Error(`Node ${neededNode} could not be fetched; install it yourself (Debian: nodesource setup_24.x, macOS: brew install node@24)`)
}
