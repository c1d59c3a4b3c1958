import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportJWK, generateKeyPair, type JWK } from 'jose'

const algorithm = 'RS256'

const create = async (): Promise<{ keys: JWK[] }> => {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  return {
    keys: [{ ...(await exportJWK(privateKey)), alg: algorithm, use: 'sig', kid: randomUUID() }],
  }
}

/** Created once, then read. Readable by its owner only. */
const readOrCreate = async (folder: string, name: string): Promise<{ keys: JWK[] }> => {
  const file = join(folder, name)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { keys: JWK[] }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const created = await create()
  writeFileSync(`${file}.new`, JSON.stringify(created), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return created
}

/** The signing key. It is stored, so that tokens outlive a restart. */
export const signingKeys = (folder: string): Promise<{ keys: JWK[] }> =>
  readOrCreate(folder, 'jwks.json')

/** The key of the client that signs instead of sending a secret, in `client-jwks.json`. */
export const clientKeys = (folder: string): Promise<{ keys: JWK[] }> =>
  readOrCreate(folder, 'client-jwks.json')
