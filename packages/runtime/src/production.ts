import { ConfigError } from './config.ts'

/** Secrets that are in the repository; see docker-compose.yml and the issuer's settings. */
const publishedSecrets: ReadonlySet<string> = new Set(['tideway-local-only', 'tideway-local'])

/** In the metadata of the development issuer, wherever its address points. */
export const developmentIssuer = 'tideway_development_issuer'

/** Settings of a service that must not have their development values in production. */
export type GuardedSettings = {
  environment: 'development' | 'production'
  s3SecretAccessKey?: string | null
  oidcIssuer?: string
  mllpSandboxPort?: number | null
  mllpTlsPort?: number | null
  mllpTlsCaFile?: string | null
}

/** Each problem says where it is and what to do. */
const problemsOf = (settings: GuardedSettings): string[] => {
  const problems: string[] = []
  if (publishedSecrets.has(settings.s3SecretAccessKey ?? ''))
    problems.push(
      'S3_SECRET_ACCESS_KEY is the published secret of the local stack: make a key of your own in the object store, and set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY',
    )
  if (settings.oidcIssuer !== undefined && !settings.oidcIssuer.startsWith('https://'))
    problems.push(
      'OIDC_ISSUER is not an https address, as of the development issuer: set it to the OpenID Connect issuer of the region',
    )
  if (settings.mllpSandboxPort !== undefined && settings.mllpSandboxPort !== null)
    problems.push(
      'MLLP_SANDBOX_PORT takes messages of anyone: unset it, and run a sandbox of its own with ENVIRONMENT=development',
    )
  if (
    settings.mllpTlsPort !== undefined &&
    settings.mllpTlsPort !== null &&
    !settings.mllpTlsCaFile
  )
    problems.push(
      'MLLP_TLS_CA_FILE is missing: without it MLLP_TLS_PORT verifies no client certificate; set it to the authorities that sign those of the senders',
    )
  return problems
}

/**
 * Refuses settings in production that are for development only.
 *
 * @throws ConfigError with every problem
 */
export const requireProduction = (settings: GuardedSettings): void => {
  const problems = settings.environment === 'production' ? problemsOf(settings) : []
  if (problems.length > 0)
    throw new ConfigError(
      `Not for production (ENVIRONMENT):\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    )
}

type Step = () => unknown
type Results<S extends Record<string, Step>> = { [K in keyof S]: ReturnType<S[K]> }

/**
 * Runs every step, even if one before it fails.
 *
 * @returns the results by name
 * @throws ConfigError with the problems of all steps
 */
export const checkTogether = <S extends Record<string, Step>>(steps: S): Results<S> => {
  const problems: string[] = []
  const results = Object.entries(steps).map(([name, step]) => {
    try {
      return [name, step()]
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      problems.push(error.message)
      return [name, undefined]
    }
  })
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))
  return Object.fromEntries(results) as Results<S>
}
