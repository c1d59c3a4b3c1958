import { expect, test } from 'vitest'
import { ConfigError } from './config.ts'
import { checkTogether, type GuardedSettings, requireProduction } from './production.ts'

const sound: GuardedSettings = {
  environment: 'production',
  s3SecretAccessKey: 'a secret of the region',
  oidcIssuer: 'https://issuer.region.example',
  mllpSandboxPort: null,
  mllpTlsPort: 2576,
  mllpTlsCaFile: '/run/secrets/ca.pem',
}

test.each<[string, Partial<GuardedSettings>, string]>([
  ['the secret of the local stack', { s3SecretAccessKey: 'tideway-local-only' }, 'S3_SECRET'],
  ['the secret of the issuer', { s3SecretAccessKey: 'tideway-local' }, 'S3_SECRET_ACCESS_KEY'],
  ['the development issuer', { oidcIssuer: 'http://issuer:8090' }, 'OIDC_ISSUER'],
  ['the sandbox', { mllpSandboxPort: 2577 }, 'MLLP_SANDBOX_PORT'],
  ['a sandbox on any port', { mllpSandboxPort: 0 }, 'MLLP_SANDBOX_PORT'],
  ['TLS without client certificates', { mllpTlsCaFile: null }, 'MLLP_TLS_CA_FILE'],
])('production refuses %s, and development does not', (_, own, name) => {
  expect(() => requireProduction({ ...sound, ...own })).toThrow(
    new RegExp(`^Not for production \\(ENVIRONMENT\\):\\n  ${name}[^\\n]{40,}$`),
  )
  requireProduction({ ...sound, ...own, environment: 'development' })
})

test('sound settings, and none, are accepted', () => {
  requireProduction(sound)
  requireProduction({ environment: 'production' })
  requireProduction({ environment: 'production', s3SecretAccessKey: null, mllpTlsPort: null })
})

test('every problem is reported at once', () => {
  const refused = () =>
    requireProduction({ ...sound, mllpSandboxPort: 1, oidcIssuer: 'http://127.0.0.1:8090' })
  expect(refused).toThrow(/OIDC_ISSUER.*\n.*MLLP_SANDBOX_PORT/)
  expect(() =>
    checkTogether({
      one: refused,
      two: () => 2,
      three: () => {
        throw new ConfigError('Bad sources in x')
      },
    }),
  ).toThrow(/OIDC_ISSUER.*\n.*MLLP_SANDBOX_PORT.*\nBad sources in x$/)
  expect(checkTogether({ two: () => 2 })).toEqual({ two: 2 })
  expect(() =>
    checkTogether({
      broken: () => {
        throw new TypeError('a defect')
      },
    }),
  ).toThrow(TypeError)
})
