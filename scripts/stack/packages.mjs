// Brings node_modules to what package-lock.json says. Plain JavaScript that Node 20 runs.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const checkout = fileURLToPath(new URL('../..', import.meta.url))
const neededNode = 24

const readPackages = (file) =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : null

/** Packages of another system are optional and rightly absent. */
const isInstalled = (root, wanted, installed, path) => {
  if (wanted.link) return existsSync(join(root, path))
  if (installed[path] === undefined) return wanted.optional === true || wanted.devOptional === true
  return installed[path].version === wanted.version
}

/** npm writes its own record at the end of an installation, so half a one is seen too. */
const isUpToDate = (root) => {
  const installed = readPackages(join(root, 'node_modules/.package-lock.json'))
  if (installed === null) return false
  const wanted = Object.entries(readPackages(join(root, 'package-lock.json'))).filter(([path]) =>
    path.includes('node_modules/'),
  )
  return wanted.every(([path, entry]) => isInstalled(root, entry, installed, path))
}

/**
 * npm tells its scripts where it works in npm_*: another npm that works elsewhere must not be told
 * that.
 */
const cleanEnv = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^npm_(lifecycle|package|config_local_prefix|command|execpath|node_execpath)/.test(name),
    ),
  )

const npm = (args, cwd) => {
  const { status } = spawnSync('npm', args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: cleanEnv(),
  })
  return status === 0
}

/**
 * What package-lock.json says and nothing else, whatever was there before.
 *
 * @throws Error if npm could not install, or package.json asks for something else than
 *   package-lock.json has
 */
export const installIfNeeded = (root = checkout) => {
  if (isUpToDate(root)) return
  const began = Date.now()
  process.stdout.write(
    'installing the packages of package-lock.json (about a minute the first time)\n',
  )
  if (!npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], root))
    throw new Error('npm ci failed; what it said is above')
  process.stdout.write(`installed in ${Math.round((Date.now() - began) / 1000)} s\n`)
}

const nodeMajor = (command) => {
  const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' })
  return status === 0 ? Number(/^v(\d+)/.exec(stdout)?.[1] ?? 0) : 0
}

/** npm makes the link when it installs, if there is something to link to by then. */
const linkNode = (local) => {
  rmSync(local, { force: true })
  mkdirSync(dirname(local), { recursive: true })
  symlinkSync('../node/bin/node', local)
}

/**
 * The scripts after this one are TypeScript and run on the Node that the package `node` brings.
 * Where install scripts are switched off, or npm asks for them to be approved first, its binary is
 * not there yet, and it is fetched here in the package's own way. No other package needs its
 * script: those of testcontainers' SSH client only make it faster.
 *
 * @throws Error if there is no Node 24 in the end
 */
export const ensureNode = (root = checkout) => {
  const local = join(root, 'node_modules/.bin/node')
  if (nodeMajor(local) >= neededNode) return
  process.stdout.write(`fetching Node ${neededNode}\n`)
  // The Node this runs on may have been that of the packages, and gone with them.
  const running = existsSync(process.execPath) ? process.execPath : 'node'
  spawnSync(running, ['installArchSpecificPackage.js'], {
    cwd: join(root, 'node_modules/node'),
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...cleanEnv(), npm_config_loglevel: 'error' },
  })
  if (nodeMajor(local) < neededNode) linkNode(local)
  if (nodeMajor(local) < neededNode)
    throw new Error(
      `Node ${neededNode} could not be fetched; install it yourself (Debian: nodesource setup_24.x, macOS: brew install node@24)`,
    )
}
