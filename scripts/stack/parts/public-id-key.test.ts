import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '@tideway/runtime/config'
import { publicIdKeys } from '@tideway/runtime/common-settings'
import { expect, test } from 'vitest'
import { ensurePublicIdKey, publicIdKeyFile } from './public-id-key.ts'

test('a key is made once, in a file of this user alone, that services can read', () => {
  const env = { XDG_CONFIG_HOME: mkdtempSync(join(tmpdir(), 'key-')) }
  const file = ensurePublicIdKey(env) as string
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const before = readFileSync(file, 'utf8')
  expect(ensurePublicIdKey(env)).toBeNull()
  expect(readFileSync(file, 'utf8')).toBe(before)
  const { keys } = readConfig(publicIdKeyFile(env), { keys: publicIdKeys })
  expect(keys.map((key) => key.length)).toEqual([32])
})

test('a file that the environment names is used, and made if it is not there', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'key-')), 'own')
  expect(publicIdKeyFile({ PUBLIC_ID_KEY_FILE: path })).toEqual({ PUBLIC_ID_KEY_FILE: path })
  expect(ensurePublicIdKey({ PUBLIC_ID_KEY_FILE: path })).toBe(path)
})
