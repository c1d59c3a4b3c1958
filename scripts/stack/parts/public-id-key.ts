import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

const setting = 'PUBLIC_ID_KEY_FILE'

/** The file of the environment, else one of this user, outside every checkout. */
const fileOf = (env: NodeJS.ProcessEnv): string =>
  env[setting] ||
  join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'tideway', 'public-id.key')

/** The setting of the local key of public ids, for services that run beside a local stack. */
export const publicIdKeyFile = (env: NodeJS.ProcessEnv): { [setting]: string } => ({
  [setting]: fileOf(env),
})

/**
 * Makes the local key of public ids, which only this user can read, unless it is there.
 *
 * @returns the file, if it was made
 */
export const ensurePublicIdKey = (env: NodeJS.ProcessEnv): string | null => {
  const file = fileOf(env)
  if (existsSync(file)) return null
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const made = `${randomBytes(32).toString('base64')}\n`
  try {
    writeFileSync(file, made, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null
    throw error
  }
  return file
}
