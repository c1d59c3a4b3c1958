import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { AddressError, readAddresses, requireAddresses } from './addresses.ts'

const home = mkdtempSync(join(tmpdir(), 'addresses-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

test('the environment takes precedence over the file of the running stack', () => {
  writeFileSync(
    join(home, 'addresses.json'),
    JSON.stringify({
      kafka: '127.0.0.1:9092',
      s3: 'http://127.0.0.1:9000',
      health: { archiver: 'http://127.0.0.1:1' },
    }),
  )
  const addresses = readAddresses({ TIDEWAY_HOME: home, KAFKA_BROKERS: 'broker:9092' })
  expect(addresses).toMatchObject({
    kafka: 'broker:9092',
    s3: 'http://127.0.0.1:9000',
    mongodb: null,
    health: { archiver: 'http://127.0.0.1:1' },
  })
})

test('everything missing is named at once', () => {
  const addresses = readAddresses({ TIDEWAY_HOME: join(home, 'nothing-here') })
  expect(() => requireAddresses(addresses, 'kafka', 's3')).toThrow(
    new AddressError(
      'No address for kafka, s3: start the stack (npm start), or set KAFKA_BROKERS, S3_ENDPOINT',
    ),
  )
})
