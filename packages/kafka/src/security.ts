import type { KafkaSettings } from '@tideway/runtime/kafka-settings'
import type { KafkaConfig, OauthbearerProviderResponse } from 'kafkajs'

/** A token is asked for anew this long before it ends, milliseconds. */
const renewBeforeMs = 30_000
const answerWithinMs = 10_000

type Granted = { access_token?: unknown; expires_in?: unknown }

/**
 * Tokens by client credentials, one for all connections until it is about to end.
 *
 * @see RFC 6749, section 4.4, and RFC 7628
 */
export const clientCredentials = ({
  kafkaOauthTokenUrl,
  kafkaOauthClientId,
  kafkaOauthClientSecret,
  kafkaOauthScope,
}: Pick<
  KafkaSettings,
  'kafkaOauthTokenUrl' | 'kafkaOauthClientId' | 'kafkaOauthClientSecret' | 'kafkaOauthScope'
>) => {
  let token: { value: string; until: number } | null = null
  const ask = async (): Promise<{ value: string; until: number }> => {
    const pair = [kafkaOauthClientId, kafkaOauthClientSecret]
      .map((part) => encodeURIComponent(part ?? ''))
      .join(':')
    const response = await fetch(kafkaOauthTokenUrl ?? '', {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        ...(kafkaOauthScope === null ? {} : { scope: kafkaOauthScope }),
      }),
      signal: AbortSignal.timeout(answerWithinMs),
    })
    const granted = response.ok ? ((await response.json()) as Granted) : {}
    if (typeof granted.access_token !== 'string')
      throw new Error(`KAFKA_OAUTH_TOKEN_URL gave no token (HTTP ${response.status})`)
    const seconds = Number(granted.expires_in ?? 60)
    return {
      value: granted.access_token,
      until: Date.now() + (Number.isFinite(seconds) ? seconds : 60) * 1_000,
    }
  }
  return async (): Promise<OauthbearerProviderResponse> => {
    if (token === null || token.until - renewBeforeMs < Date.now()) token = await ask()
    return { value: token.value }
  }
}

const saslOf = (settings: KafkaSettings): Pick<KafkaConfig, 'sasl'> => {
  const { kafkaSasl, kafkaSaslUsername, kafkaSaslPassword } = settings
  if (kafkaSasl === null) return {}
  if (kafkaSasl === 'OAUTHBEARER')
    return {
      sasl: { mechanism: 'oauthbearer', oauthBearerProvider: clientCredentials(settings) },
    }
  const user = { username: kafkaSaslUsername ?? '', password: kafkaSaslPassword ?? '' }
  return kafkaSasl === 'SCRAM-SHA-256'
    ? { sasl: { mechanism: 'scram-sha-256', ...user } }
    : { sasl: { mechanism: 'scram-sha-512', ...user } }
}

/** TLS and SASL of a connection, by settings that `withKafka` has checked. */
export const securityOf = (settings: KafkaSettings): Pick<KafkaConfig, 'ssl' | 'sasl'> => {
  const { kafkaTls, kafkaTlsCa, kafkaTlsCert, kafkaTlsKey } = settings
  if (!kafkaTls) return {}
  return {
    ssl: {
      minVersion: 'TLSv1.2',
      ...(kafkaTlsCa === null ? {} : { ca: [kafkaTlsCa] }),
      ...(kafkaTlsCert === null || kafkaTlsKey === null
        ? {}
        : { cert: kafkaTlsCert, key: kafkaTlsKey }),
    },
    ...saslOf(settings),
  }
}
