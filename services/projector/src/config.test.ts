import { expect, test } from 'vitest'
import { loadConfig } from './config.ts'

test('all configuration problems are reported at once', () => {
  expect(() => loadConfig({ HEALTH_PORT: 'x' })).toThrow(
    [
      'Bad configuration:',
      '  KAFKA_BROKERS is missing',
      '  SCHEMA_REGISTRY_URL is missing',
      '  MONGODB_URL is missing',
      '  PUBLIC_ID_KEY_FILE is missing',
      '  HEALTH_PORT must be a whole number from 0 to 65535',
    ].join('\n'),
  )
})
