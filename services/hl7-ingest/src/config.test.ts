import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { expect, test } from 'vitest'
import { loadConfig } from './config.ts'
import { loadTls } from './listen/load-tls.ts'

const needed = { KAFKA_BROKERS: '127.0.0.1:9092', SCHEMA_REGISTRY_URL: 'http://127.0.0.1:8081' }

test('sandbox and TLS are off unless their ports are set', () => {
  expect(loadConfig(needed)).toMatchObject({
    mllpPort: 2575,
    mllpSandboxPort: null,
    mllpTlsPort: null,
    maxMessageBytes: 20_000_000,
    environment: 'production',
  })
})

test('the plain port can be switched off', () => {
  expect(loadConfig({ ...needed, MLLP_PORT: 'off' }).mllpPort).toBeNull()
  expect(() => loadConfig({ ...needed, MLLP_PORT: 'no' })).toThrow('MLLP_PORT must be')
})

test('all problems are reported together', () => {
  expect(() => loadConfig({ MLLP_PORT: '70000', MAX_MESSAGE_BYTES: 'many' })).toThrow(
    'Bad configuration:\n  MLLP_PORT must be a whole number from 0 to 65535\n  MAX_MESSAGE_BYTES must be a whole number from 1024 to 50000000\n  KAFKA_BROKERS is missing\n  SCHEMA_REGISTRY_URL is missing',
  )
})

test('a TLS port needs a certificate and a key', () => {
  expect(() => loadConfig({ ...needed, MLLP_TLS_PORT: '2576' })).toThrow(
    'MLLP_TLS_CERT_FILE is missing, and MLLP_TLS_PORT is set\n  MLLP_TLS_KEY_FILE is missing',
  )
})

test('TLS files are read and validated', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'tls-'))
  const [one, two] = [
    await generate([], { keyType: 'ec', algorithm: 'sha256' }),
    await generate([], { keyType: 'ec', algorithm: 'sha256' }),
  ]
  const write = (name: string, text: string) => {
    writeFileSync(join(dir, name), text)
    return join(dir, name)
  }
  const [cert, key, otherKey] = [
    write('cert.pem', one.cert),
    write('key.pem', one.private),
    write('other.pem', two.private),
  ]
  expect(loadTls({ mllpTlsCertFile: cert, mllpTlsKeyFile: key, mllpTlsCaFile: null })).toEqual({
    cert: one.cert,
    key: one.private,
    ca: null,
  })
  expect(() =>
    loadTls({ mllpTlsCertFile: cert, mllpTlsKeyFile: otherKey, mllpTlsCaFile: null }),
  ).toThrow('belong together')
  expect(() =>
    loadTls({
      mllpTlsCertFile: join(dir, 'no.pem'),
      mllpTlsKeyFile: key,
      mllpTlsCaFile: join(dir, 'none.pem'),
    }),
  ).toThrow('MLLP_TLS_CERT_FILE cannot be read\n  MLLP_TLS_CA_FILE cannot be read')
})
