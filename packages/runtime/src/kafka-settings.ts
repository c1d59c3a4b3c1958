import { choice, ConfigError, file, flag, list, optional, secret, text, url } from './config.ts'

const saslMechanisms = ['SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'] as const

/** How Kafka is reached; every service that needs Kafka has all of these settings. */
export const kafkaSettings = {
  kafkaBrokers: list('KAFKA_BROKERS', 'Kafka bootstrap servers'),
  kafkaTls: flag(
    'KAFKA_TLS',
    'TLS to the brokers, whose certificates are checked; needed for SASL and client certificates',
    false,
  ),
  kafkaTlsCa: optional(
    file(
      'KAFKA_TLS_CA_FILE',
      'PEM file of the authorities of the brokers; those of Node if not set',
    ),
  ),
  kafkaTlsCert: optional(
    file('KAFKA_TLS_CERT_FILE', 'PEM file of the client certificate (mutual TLS), with its chain'),
  ),
  kafkaTlsKey: optional(file('KAFKA_TLS_KEY_FILE', 'PEM file of its private key')),
  kafkaSasl: optional(choice('KAFKA_SASL_MECHANISM', 'SASL mechanism', saslMechanisms)),
  kafkaSaslUsername: optional(text('KAFKA_SASL_USERNAME', 'User name for SCRAM')),
  kafkaSaslPassword: optional(secret('KAFKA_SASL_PASSWORD', 'Password for SCRAM')),
  kafkaOauthTokenUrl: optional(
    url('KAFKA_OAUTH_TOKEN_URL', 'Token endpoint for OAUTHBEARER, by client credentials'),
  ),
  kafkaOauthClientId: optional(text('KAFKA_OAUTH_CLIENT_ID', 'Client id for OAUTHBEARER')),
  kafkaOauthClientSecret: optional(
    secret('KAFKA_OAUTH_CLIENT_SECRET', 'Client secret for OAUTHBEARER'),
  ),
  kafkaOauthScope: optional(text('KAFKA_OAUTH_SCOPE', 'Scope asked for, for OAUTHBEARER')),
}

/** @property kafkaTlsCa  and the other files: their PEM text */
export type KafkaSettings = {
  kafkaBrokers: string[]
  kafkaTls: boolean
  kafkaTlsCa: string | null
  kafkaTlsCert: string | null
  kafkaTlsKey: string | null
  kafkaSasl: (typeof saslMechanisms)[number] | null
  kafkaSaslUsername: string | null
  kafkaSaslPassword: string | null
  kafkaOauthTokenUrl: string | null
  kafkaOauthClientId: string | null
  kafkaOauthClientSecret: string | null
  kafkaOauthScope: string | null
}

const needed = (config: KafkaSettings): [string, unknown][] => {
  if (config.kafkaSasl === null) return []
  if (config.kafkaSasl === 'OAUTHBEARER')
    return [
      ['KAFKA_OAUTH_TOKEN_URL', config.kafkaOauthTokenUrl],
      ['KAFKA_OAUTH_CLIENT_ID', config.kafkaOauthClientId],
      ['KAFKA_OAUTH_CLIENT_SECRET', config.kafkaOauthClientSecret],
    ]
  return [
    ['KAFKA_SASL_USERNAME', config.kafkaSaslUsername],
    ['KAFKA_SASL_PASSWORD', config.kafkaSaslPassword],
  ]
}

/**
 * The configuration, if its Kafka settings belong together: no password or token goes to a broker
 * that has not proved who it is.
 *
 * @throws ConfigError with every problem
 */
export const withKafka = <Config extends KafkaSettings>(config: Config): Config => {
  const problems = needed(config)
    .filter(([, value]) => value === null)
    .map(([name]) => `${name} is missing: KAFKA_SASL_MECHANISM is ${config.kafkaSasl}`)
  if ((config.kafkaTlsCert === null) !== (config.kafkaTlsKey === null))
    problems.push('KAFKA_TLS_CERT_FILE and KAFKA_TLS_KEY_FILE must both be set, or neither')
  const overTls = [config.kafkaSasl, config.kafkaTlsCa, config.kafkaTlsCert, config.kafkaTlsKey]
  if (!config.kafkaTls && overTls.some((one) => one !== null))
    problems.push('KAFKA_TLS must be true for SASL, an authority or a client certificate')
  if (
    config.kafkaOauthTokenUrl?.startsWith('http:') === true &&
    !isLocal(config.kafkaOauthTokenUrl)
  )
    problems.push('KAFKA_OAUTH_TOKEN_URL must be https: the client secret is sent to it')
  if (problems.length === 0) return config
  throw new ConfigError(`Bad configuration:\n${problems.map((one) => `  ${one}`).join('\n')}`)
}

const isLocal = (address: string): boolean =>
  ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(address).hostname)
