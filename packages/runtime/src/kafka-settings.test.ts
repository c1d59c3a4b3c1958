import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { kafkaSettings, withKafka } from './kafka-settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'kafka-settings-'))
const pem = join(folder, 'some.pem')
writeFileSync(pem, 'PEM\n')
const read = (env: NodeJS.ProcessEnv) =>
  withKafka(readConfig({ KAFKA_BROKERS: 'a:9093', ...env }, kafkaSettings))

test('without further settings it is plain, as beside a local broker', () => {
  expect(read({})).toMatchObject({ kafkaTls: false, kafkaSasl: null, kafkaTlsCa: null })
})

test.each<[string, NodeJS.ProcessEnv, string[]]>([
  [
    'SCRAM without TLS, user and password',
    { KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512' },
    [
      'KAFKA_SASL_USERNAME is missing: KAFKA_SASL_MECHANISM is SCRAM-SHA-512',
      'KAFKA_SASL_PASSWORD is missing: KAFKA_SASL_MECHANISM is SCRAM-SHA-512',
      'KAFKA_TLS must be true for SASL, an authority or a client certificate',
    ],
  ],
  [
    'OAUTHBEARER without its client',
    { KAFKA_TLS: 'true', KAFKA_SASL_MECHANISM: 'OAUTHBEARER', KAFKA_OAUTH_CLIENT_ID: 'tideway' },
    [
      'KAFKA_OAUTH_TOKEN_URL is missing: KAFKA_SASL_MECHANISM is OAUTHBEARER',
      'KAFKA_OAUTH_CLIENT_SECRET is missing: KAFKA_SASL_MECHANISM is OAUTHBEARER',
    ],
  ],
  [
    'a certificate without its key',
    { KAFKA_TLS: 'true', KAFKA_TLS_CERT_FILE: pem },
    ['KAFKA_TLS_CERT_FILE and KAFKA_TLS_KEY_FILE must both be set, or neither'],
  ],
  [
    'an authority without TLS',
    { KAFKA_TLS_CA_FILE: pem },
    ['KAFKA_TLS must be true for SASL, an authority or a client certificate'],
  ],
  [
    'a token endpoint in the clear',
    {
      KAFKA_TLS: 'true',
      KAFKA_SASL_MECHANISM: 'OAUTHBEARER',
      KAFKA_OAUTH_CLIENT_ID: 'tideway',
      KAFKA_OAUTH_CLIENT_SECRET: 'secret',
      KAFKA_OAUTH_TOKEN_URL: 'http://issuer.example/token',
    },
    ['KAFKA_OAUTH_TOKEN_URL must be https: the client secret is sent to it'],
  ],
])('%s is refused', (_, env, problems) => {
  expect(() => read(env)).toThrow(
    ['Bad configuration:', ...problems.map((one) => `  ${one}`)].join('\n'),
  )
})

test('a mechanism that is not safe, or a file that is not there, is refused by its name', () => {
  expect(() => read({ KAFKA_SASL_MECHANISM: 'PLAIN' })).toThrow('KAFKA_SASL_MECHANISM must be one')
  expect(() => read({ KAFKA_TLS: 'true', KAFKA_TLS_CA_FILE: join(folder, 'no') })).toThrow(
    /KAFKA_TLS_CA_FILE must be a file that can be read \(.*ENOENT\)/,
  )
})
