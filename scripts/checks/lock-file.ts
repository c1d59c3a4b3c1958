import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Entry = {
  version?: string
  dev?: boolean
  peer?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}
export type LockFile = { packages: Record<string, Entry> }

const systems: Record<string, string> = { windows: 'win32', macos: 'darwin' }
const processors: Record<string, string> = { '64': 'x64' }

/**
 * The platform of a native build by its name, e.g. `@oxc-parser/binding-linux-arm64-musl`; null if
 * the name has none.
 */
const machineOf = (name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> | null => {
  const [, os = '', cpu = '', abi = ''] =
    /-?(darwin|linux|win32|windows|android|freebsd|openharmony)-(arm64|arm|x64|64|ia32|ppc64|riscv64|s390x)(?:-([a-z]+))?$/.exec(
      name.split('/').at(-1) as string,
    ) ?? []
  if (os === '') return null
  const libc = abi.startsWith('musl')
    ? ['musl']
    : abi.startsWith('gnu') && os === 'linux'
      ? ['glibc']
      : []
  return {
    os: [systems[os] ?? os],
    cpu: [processors[cpu] ?? cpu],
    ...(libc.length > 0 ? { libc } : {}),
  }
}

/**
 * Native builds for other platforms that a package lists and the lock file lacks. npm leaves out
 * those that it could not fetch, and then `npm ci` fails on those platforms.
 *
 * @returns entries by path, with the exact version; npm fetches the checksum when it installs them
 */
export const missingBuilds = ({ packages }: LockFile): Record<string, Entry> => {
  const missing = Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {}).flatMap(
      ([name, version]): [string, Entry][] => {
        const machine = machineOf(name)
        if (
          machine === null ||
          packages[`node_modules/${name}`] !== undefined ||
          packages[`${path}/node_modules/${name}`] !== undefined
        )
          return []
        const { dev, peer } = entry
        return [
          [
            `node_modules/${name}`,
            {
              version,
              ...(dev ? { dev } : {}),
              ...(peer ? { peer } : {}),
              optional: true,
              ...machine,
            },
          ],
        ]
      },
    ),
  )
  return Object.fromEntries(missing)
}

export const readLockFile = (root: string): LockFile =>
  JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as LockFile

/** The lock file works on every platform, not only on the one it was written on. */
export const lockFile = async (root: string): Promise<string[]> =>
  Object.keys(missingBuilds(readLockFile(root))).map(
    (path) => `package-lock.json lacks ${path}: run npm run complete-lock`,
  )
