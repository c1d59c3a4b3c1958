import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { choice, flag, integer, list, optional, readConfig, secret, text, url } from './config.ts'

const spec = {
  mllpPort: integer('MLLP_PORT', 'Port', 1, 65_535, 2575),
  kafkaBrokers: list('KAFKA_BROKERS', 'Brokers'),
  archiveBucket: text('ARCHIVE_BUCKET', 'Bucket'),
}

test('every problem is reported at once', () => {
  expect(() => readConfig({ MLLP_PORT: 'x' }, spec)).toThrow(
    'Bad configuration:\n  MLLP_PORT must be a whole number from 1 to 65535\n  KAFKA_BROKERS is missing\n  ARCHIVE_BUCKET is missing',
  )
})

test('defaults fill what is not set, and an empty value is not set', () => {
  expect(
    readConfig({ KAFKA_BROKERS: 'a:1, b:2', ARCHIVE_BUCKET: 'x', MLLP_PORT: '' }, spec),
  ).toEqual({ mllpPort: 2575, kafkaBrokers: ['a:1', 'b:2'], archiveBucket: 'x' })
})

test.each([
  [integer('A', '', 1, 9), '0'],
  [integer('A', '', 1, 9), '1.5'],
  [flag('A', ''), 'yes'],
  [choice('A', '', ['x', 'y']), 'z'],
  [url('A', ''), 'localhost'],
  [list('A', ''), ' , '],
])('a value outside its shape is refused', (setting, value) => {
  expect(() => readConfig({ A: value }, { a: setting })).toThrow(/A must be /)
})

test('an optional setting is null when not set and still checked when set', () => {
  const spec = { a: optional(integer('A', '', 1, 9)) }
  expect(readConfig({}, spec)).toEqual({ a: null })
  expect(readConfig({ A: '3' }, spec)).toEqual({ a: 3 })
  expect(() => readConfig({ A: '10' }, spec)).toThrow(/A must be /)
})

test('a secret may be in a file; a file that cannot be used is named by its setting', () => {
  const spec = { url: secret('MONGODB_URL', ''), key: optional(secret('S3_KEY', '')) }
  const folder = mkdtempSync(join(tmpdir(), 'config-'))
  const path = join(folder, 'url')
  writeFileSync(path, 'mongodb://user:password@127.0.0.1\n')
  expect(readConfig({ MONGODB_URL_FILE: path }, spec)).toEqual({
    url: 'mongodb://user:password@127.0.0.1',
    key: null,
  })
  writeFileSync(join(folder, 'empty'), '\n')
  expect(() =>
    readConfig({ MONGODB_URL_FILE: join(folder, 'no'), S3_KEY_FILE: join(folder, 'empty') }, spec),
  ).toThrow(
    /MONGODB_URL_FILE must be a file that can be read .*ENOENT.*\n.*S3_KEY_FILE must be a file that is not empty/,
  )
  expect(() => readConfig({ MONGODB_URL_FILE: path, MONGODB_URL: 'mongodb://x' }, spec)).toThrow(
    'MONGODB_URL and MONGODB_URL_FILE are both set',
  )
})
