import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Home } from './home.ts'

const made = (): string => randomBytes(24).toString('base64url')

/** A secret of this home, made when it is first needed; only this user can read it. */
export const keptSecret = (home: Pick<Home, 'root'>, name: string): string => {
  const file = join(home.root, 'secrets', name)
  if (!existsSync(file)) {
    mkdirSync(join(home.root, 'secrets'), { recursive: true, mode: 0o700 })
    try {
      writeFileSync(file, made(), { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  return readFileSync(file, 'utf8').trim()
}

/** Secrets that docker-compose.yml needs. */
export const composeSecrets = ['S3_SECRET_ACCESS_KEY', 'ISSUER_CLIENT_SECRET'] as const

/** What docker-compose.yml needs, for containers of this home. */
export const keptComposeSecrets = (home: Pick<Home, 'root'>): Record<string, string> =>
  Object.fromEntries(composeSecrets.map((name) => [name, keptSecret(home, name)]))

/**
 * Adds the secrets that an env file lacks; what is in it stays.
 *
 * @returns the names of those added
 */
export const addSecrets = (file: string): string[] => {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const missing = composeSecrets.filter((name) => !new RegExp(`^${name}=.`, 'm').test(before))
  if (missing.length === 0) return []
  const newline = before === '' || before.endsWith('\n') ? '' : '\n'
  const lines = missing.map((name) => `${name}=${made()}\n`)
  writeFileSync(file, `${before}${newline}${lines.join('')}`, { mode: 0o600 })
  return missing
}
