import { randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killServices, startService } from '@tideway/runtime/child-service.fixture'
import { afterEach, expect, test } from 'vitest'
import { checkout } from '../checks/tool.ts'

afterEach(killServices)

const keyFile = join(mkdtempSync(join(tmpdir(), 'tideway-key-')), 'public-id.key')
writeFileSync(keyFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })

/** The settings of the local stack, as docker-compose.yml has them, and nothing that answers. */
const ofLocalStack = {
  ENVIRONMENT: 'production',
  HOST: '127.0.0.1',
  HEALTH_PORT: '0',
  KAFKA_BROKERS: '127.0.0.1:1',
  SCHEMA_REGISTRY_URL: 'http://127.0.0.1:1',
  MONGODB_URL: 'mongodb://127.0.0.1:1',
  S3_ENDPOINT: 'http://127.0.0.1:1',
  S3_ACCESS_KEY_ID: 'tideway',
  S3_SECRET_ACCESS_KEY: 'tideway-local-only',
  OIDC_ISSUER: 'http://issuer:8090',
  ISSUER_KEYS_DIR: '/nowhere',
  ISSUER_PORT: '0',
  MLLP_PORT: '0',
  MLLP_SANDBOX_PORT: '0',
  SOURCES_DIR: `${checkout}/schemas/sources`,
  PUBLIC_ID_KEY_FILE: keyFile,
}

test.each([
  [
    'hl7-ingest',
    [
      'S3_SECRET_ACCESS_KEY is the published secret',
      'MLLP_SANDBOX_PORT takes messages of anyone',
      ...['8j998', 'fx998', 'rj1', 'rj2', 'rjz'].map(
        (ods) => `${ods}.json /hl7/match proves nothing`,
      ),
    ],
  ],
  [
    'fhir-ingest',
    [
      'S3_SECRET_ACCESS_KEY is the published',
      'OIDC_ISSUER is not an https address',
      'FHIR_TLS_CERT_FILE and FHIR_TLS_KEY_FILE are missing',
    ],
  ],
  [
    'record-api',
    [
      'S3_SECRET_ACCESS_KEY is the published',
      'OIDC_ISSUER is not an https address',
      'RECORD_API_TLS_CERT_FILE and RECORD_API_TLS_KEY_FILE are missing',
    ],
  ],
  ['archiver', ['S3_SECRET_ACCESS_KEY is the published secret']],
  ['issuer', ['the issuer gives tokens to whoever knows its secret']],
])(
  'in production %s refuses the settings of the local stack, all in one round',
  async (service, problems) => {
    const main = new URL(`file://${checkout}/services/${service}/src/main.ts`)
    const { ended, output } = startService(main, ofLocalStack)
    expect(await ended).toBe(2)
    const lines = output.err.split('\n').filter((line) => line.startsWith('  '))
    expect(lines).toHaveLength(problems.length)
    for (const [index, problem] of problems.entries()) expect(lines[index]).toContain(problem)
    expect(output.out).toBe('')
  },
)
