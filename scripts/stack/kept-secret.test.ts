import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addSecrets, keptSecret } from './kept-secret.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'secrets-'))

test('a home keeps its secret, in a file of this user alone; another home has another', () => {
  const root = folder()
  const secret = keptSecret({ root }, 's3')
  expect(secret).toMatch(/^[\w-]{32}$/)
  expect(keptSecret({ root }, 's3')).toBe(secret)
  expect(keptSecret({ root: folder() }, 's3')).not.toBe(secret)
  expect(statSync(join(root, 'secrets', 's3')).mode & 0o777).toBe(0o600)
})

test('an env file gets the secrets it lacks, and keeps what it has', () => {
  const file = join(folder(), '.env')
  expect(addSecrets(file)).toEqual(['S3_SECRET_ACCESS_KEY', 'ISSUER_CLIENT_SECRET'])
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const before = readFileSync(file, 'utf8')
  expect(addSecrets(file)).toEqual([])
  writeFileSync(file, 'KAFKA_PORT=9192\nS3_SECRET_ACCESS_KEY=mine')
  expect(addSecrets(file)).toEqual(['ISSUER_CLIENT_SECRET'])
  expect(readFileSync(file, 'utf8')).toMatch(
    /^KAFKA_PORT=9192\nS3_SECRET_ACCESS_KEY=mine\nISSUER_CLIENT_SECRET=[\w-]{32}\n$/,
  )
  expect(before).not.toContain('mine')
})
