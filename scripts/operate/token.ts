import { readFileSync } from 'node:fs'
import { assertionFor, keyClient } from '@tideway/issuer/key-client'
import { isOrganisation } from '@tideway/issuer/people'
import { AddressError, readAddresses, requireAddresses } from '../stack/addresses.ts'
import { UsageError } from './command-line.ts'

type TokenRequest = {
  role: string
  /** ODS code. */
  organisation: string
  scope?: string | undefined
  /** File of a JWK Set. */
  key?: string | undefined
}

/** How the client authenticates. @see RFC 6749 section 2.3.1, RFC 7523 section 2.2 */
const credentials = async (
  issuer: string,
  { role, key }: TokenRequest,
  env: NodeJS.ProcessEnv,
): Promise<Record<string, string>> => {
  if (key === undefined)
    return { client_id: role, client_secret: env['ISSUER_CLIENT_SECRET'] || 'tideway-local' }
  const assertion = await assertionFor(
    issuer,
    JSON.parse(readFileSync(key, 'utf8')) as Parameters<typeof assertionFor>[1],
  )
  return {
    client_id: keyClient,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  }
}

/** @see RFC 6749 section 4.4, client credentials */
const fetchToken = async (issuer: string, fields: Record<string, string>): Promise<string> => {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...fields })
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body,
    signal: AbortSignal.timeout(10_000),
  })
  const answer = (await response.json()) as { access_token?: string; error_description?: string }
  if (answer.access_token === undefined)
    throw new Error(`status ${response.status}, ${answer.error_description ?? 'without a reason'}`)
  return answer.access_token
}

const issuerOf = (env: NodeJS.ProcessEnv): string | null => {
  try {
    return requireAddresses(readAddresses(env), 'issuer').issuer.replace(/\/$/, '')
  } catch (error) {
    if (!(error instanceof AddressError)) throw error
    console.error(error.message)
    return null
  }
}

/**
 * Prints a token on standard output.
 *
 * @returns false if there is no issuer or it gave none; the reason is on standard error
 * @throws UsageError for an organisation that is not an ODS code, or options of another role
 */
export const printToken = async (
  env: NodeJS.ProcessEnv,
  request: TokenRequest,
): Promise<boolean> => {
  const { role, organisation, scope, key } = request
  if (!isOrganisation(organisation.toUpperCase()))
    throw new UsageError(
      `"${organisation}" is not an organisation code; an ODS code has letters and digits, such as RJ1`,
    )
  if (role !== 'system' && (key !== undefined || scope !== undefined))
    throw new UsageError('--scope and --key are for the role system')
  const issuer = issuerOf(env)
  if (issuer === null) return false
  try {
    const scopes: Record<string, string> =
      role === 'system' ? { scope: scope ?? 'system/*.cu' } : {}
    const fields = { ...(await credentials(issuer, request, env)), organisation, ...scopes }
    process.stdout.write(`${await fetchToken(issuer, fields)}\n`)
    return true
  } catch (error) {
    console.error(
      `The issuer at ${issuer} gave no token: ${(error as Error).message}. Is Tideway running (npm start)?`,
    )
    return false
  }
}
