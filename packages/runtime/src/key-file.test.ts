import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { keyFile } from './key-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'key-file-'))
const key = (byte: number) => Buffer.alloc(32, byte)
const keysOf = (content: string) => {
  const path = join(folder, 'keys')
  writeFileSync(path, content)
  return readConfig({ KEYS_FILE: path }, { keys: keyFile('KEYS_FILE', 'Keys') }).keys
}

test('a key file has a key a line, the current one first', () => {
  const [current, former] = [key(2), key(1)].map((one) => one.toString('base64'))
  expect(keysOf(`# current\n${current}\n\n${former}\n`)).toEqual([key(2), key(1)])
})

test('a wrong line is named, and not shown', () => {
  expect(() => keysOf(`${key(1).toString('base64')}\nc2hvcnQ=\n`)).toThrow(
    'KEYS_FILE: line 2 is not a key of at least 32 bytes in base64',
  )
  expect(() => keysOf('not base64, though long enough to be the text of one\n')).toThrow('line 1')
  expect(() => keysOf('# no key\n')).toThrow('KEYS_FILE: there is no key')
})

test('a file that is absent or empty is named with its setting', () => {
  const read = (path: string) =>
    readConfig({ KEYS_FILE: path }, { keys: keyFile('KEYS_FILE', 'Keys') })
  expect(() => read(join(folder, 'nowhere'))).toThrow(/KEYS_FILE must be a file .*nowhere: ENOENT/)
  expect(() => keysOf('\n')).toThrow(/KEYS_FILE must be a file that is not empty/)
  expect(() => read('')).toThrow('KEYS_FILE is missing')
})
