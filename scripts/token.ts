import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { assertionFor, keyClient } from '@tideway/issuer/key-client'
import { isOrganisation, isRole, roles } from '@tideway/issuer/people'
import { AddressError, readAddresses, requireAddresses } from './stack/addresses.ts'

/**
 * `npm run --silent token -- clinician RJ1`: one token of the local issuer, and nothing else, on
 * standard output.
 */
const usage = [
  'npm run --silent token -- ROLE ORGANISATION [--scope SCOPES] [--key FILE]',
  `  ROLE is one of ${roles.join(', ')}; ORGANISATION is an ODS code such as RJ1`,
  '  --scope  of a system: which resources it may send, e.g. "system/Observation.c system/Patient.cu"; else system/*.cu',
  '  --key    of a system: a JWK Set with its private key, used instead of the secret (private_key_jwt)',
].join('\n')

const end = (code: number, line: string): never => {
  process.stderr.write(`${line}\n`)
  process.exit(code)
}

const read = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { scope: { type: 'string' }, key: { type: 'string' } },
    })
  } catch (error) {
    return end(2, `${(error as Error).message}\n${usage}`)
  }
}

/** How the client shows who it is. @see RFC 6749 section 2.3.1, RFC 7523 section 2.2 */
const credentials = async (
  issuer: string,
  role: string,
  key: string | undefined,
): Promise<Record<string, string>> => {
  if (key === undefined)
    return {
      client_id: role,
      client_secret: process.env['ISSUER_CLIENT_SECRET'] || 'tideway-local',
    }
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

const ask = async (issuer: string, fields: Record<string, string>): Promise<string> => {
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...fields })
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body,
    signal: AbortSignal.timeout(10_000),
  })
  const answer = (await response.json()) as { access_token?: string; error_description?: string }
  if (answer.access_token === undefined)
    throw new Error(
      `it answered ${response.status}, ${answer.error_description ?? 'and did not say why'}`,
    )
  return answer.access_token
}

const { positionals, values } = read()
const [role = '', organisation = ''] = positionals
if (role === '' || organisation === '') end(2, usage)
if (!isRole(role)) end(2, `"${role}" is not a role; roles are ${roles.join(', ')}`)
if (!isOrganisation(organisation.toUpperCase()))
  end(
    2,
    `"${organisation}" is not an organisation code; an ODS code has letters and digits, such as RJ1`,
  )
if (role !== 'system' && (values.key !== undefined || values.scope !== undefined))
  end(2, '--scope and --key are for the role system')

try {
  const { issuer } = requireAddresses(readAddresses(process.env), 'issuer')
  const address = issuer.replace(/\/$/, '')
  try {
    const shown = await credentials(address, role, values.key)
    process.stdout.write(
      `${await ask(address, { ...shown, organisation, ...(role === 'system' ? { scope: values.scope ?? 'system/*.cu' } : {}) })}\n`,
    )
  } catch (error) {
    end(
      1,
      `The issuer at ${issuer} gave no token: ${(error as Error).message}. Is Tideway running (npm start)?`,
    )
  }
} catch (error) {
  if (!(error instanceof AddressError)) throw error
  end(1, error.message)
}
