// Brings node_modules to what package-lock.json says. Plain JavaScript that Node 20 runs.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const checkout = fileURLToPath(new URL('../..', import.meta.url))
const neededNode = 24

const readPackages = (file) =>
  existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : null

/** Packages for other platforms are optional and may be absent. */
const isInstalled = (root, wanted, installed, path) => {
  if (wanted.link) return existsSync(join(root, path))
  if (installed[path] === undefined) return wanted.optional === true || wanted.devOptional === true
  return installed[path].version === wanted.version
}

/** npm writes its own record at the end of an installation, so an unfinished one is noticed. */
const isUpToDate = (root) => {
  const installed = readPackages(join(root, 'node_modules/.package-lock.json'))
  if (installed === null) return false
  const wanted = Object.entries(readPackages(join(root, 'package-lock.json'))).filter(([path]) =>
    path.includes('node_modules/'),
  )
  return wanted.every(([path, entry]) => isInstalled(root, entry, installed, path))
}

/** Without the npm_* variables of the npm that called, which would mislead another npm. */
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
    stdio: ['ignore', 2, 2],
    env: cleanEnv(),
  })
  return status === 0
}

/**
 * Installs exactly what package-lock.json lists, whatever was installed before.
 *
 * @throws Error if npm could not install, or package.json and package-lock.json disagree
 */
export const installIfNeeded = (root = checkout) => {
  if (isUpToDate(root)) return
  const began = Date.now()
  process.stderr.write(
    'installing the packages of package-lock.json (about a minute the first time)\n',
  )
  if (!npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], root))
    throw new Error('npm ci failed; its output is above. Run npm ci, then this command again')
  process.stderr.write(`installed in ${Math.round((Date.now() - began) / 1000)} s\n`)
}

const nodeMajor = (command) => {
  const { status, stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' })
  return status === 0 ? Number(/^v(\d+)/.exec(stdout)?.[1] ?? 0) : 0
}

/** npm makes this link only if the binary exists when it installs. */
const linkNode = (local) => {
  rmSync(local, { force: true })
  mkdirSync(dirname(local), { recursive: true })
  symlinkSync('../node/bin/node', local)
}

/**
 * Commands are TypeScript and run on the Node of the package `node`. If npm did not run its install
 * script (scripts are disabled, or must be approved first), the binary is missing and is fetched
 * here by that script. No other package needs its install script: those of testcontainers' SSH
 * client only make it faster.
 *
 * @throws Error if Node 24 cannot be fetched
 */
export const ensureNode = (root = checkout) => {
  const local = join(root, 'node_modules/.bin/node')
  if (nodeMajor(local) >= neededNode) return
  process.stderr.write(`fetching Node ${neededNode}\n`)
  // The Node that runs this may have been deleted with the old packages.
  const running = existsSync(process.execPath) ? process.execPath : 'node'
  spawnSync(running, ['installArchSpecificPackage.js'], {
    cwd: join(root, 'node_modules/node'),
    stdio: ['ignore', 'ignore', 2],
    env: { ...cleanEnv(), npm_config_loglevel: 'error' },
  })
  if (nodeMajor(local) < neededNode) linkNode(local)
  if (nodeMajor(local) < neededNode)
    throw new Error(
      `Node ${neededNode} could not be fetched; install it yourself (Debian: nodesource setup_24.x, macOS: brew install node@24)`,
    )
}
