import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { expect, test } from 'vitest'
import { serverTls } from './server-tls.ts'

const folder = mkdtempSync(join(tmpdir(), 'server-tls-'))
const write = (name: string, content: string): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const [own, other] = await Promise.all([1, 2].map(() => generate(undefined, { keySize: 2048 })))
const certFile = write('cert.pem', own?.cert ?? '')
const keyFile = write('key.pem', own?.private ?? '')
const plain = { certFile: null, keyFile: null, tlsByProxy: false } as const

test('certificate and key are read', () => {
  const settings = { ...plain, certFile, keyFile, environment: 'production' as const }
  expect(serverTls('RECORD_API', settings)).toEqual({ cert: own?.cert, key: own?.private })
})

test('plain HTTP is refused in production unless a proxy is said to be in front', () => {
  expect(() => serverTls('RECORD_API', { ...plain, environment: 'production' })).toThrow(
    'RECORD_API_TLS_CERT_FILE and RECORD_API_TLS_KEY_FILE are missing: set them, or TLS_BY_PROXY=true',
  )
  expect(
    serverTls('RECORD_API', { ...plain, tlsByProxy: true, environment: 'production' }),
  ).toBeNull()
  expect(serverTls('RECORD_API', { ...plain, environment: 'development' })).toBeNull()
})

test.each([
  ['half a pair', { certFile }, 'FHIR_TLS_CERT_FILE and FHIR_TLS_KEY_FILE must both be set'],
  ['a certificate behind a proxy', { certFile, keyFile, tlsByProxy: true }, 'TLS_BY_PROXY is true'],
  [
    'a key of another certificate',
    { certFile, keyFile: write('other.pem', other?.private ?? '') },
    'must be PEM files of a certificate and its private key',
  ],
  ['no PEM', { certFile: write('no.pem', 'no'), keyFile }, 'must be PEM files'],
  [
    'no file',
    { certFile, keyFile: join(folder, 'nowhere') },
    /FHIR_TLS_KEY_FILE cannot be read \(.*nowhere: ENOENT\)/,
  ],
])('%s is refused with its setting', (_, settings, problem) => {
  expect(() => serverTls('FHIR', { ...plain, ...settings, environment: 'development' })).toThrow(
    problem,
  )
})
