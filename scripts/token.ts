import { isOrganisation, isRole, roles } from '@tideway/issuer/people'
import { AddressError, readAddresses, requireAddresses } from './addresses.ts'

/** `npm run --silent token -- clinician RJ1`: one token of the local issuer, and nothing else, on standard output. */
const usage = `npm run --silent token -- ROLE ORGANISATION\n  ROLE is one of ${roles.join(', ')}; ORGANISATION is an ODS code such as RJ1`

const end = (code: number, line: string): never => {
  process.stderr.write(`${line}\n`)
  process.exit(code)
}

const ask = async (issuer: string, role: string, organisation: string): Promise<string> => {
  const secret = process.env['ISSUER_CLIENT_SECRET'] || 'tideway-local'
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: role, client_secret: secret, organisation })
  const response = await fetch(`${issuer.replace(/\/$/, '')}/token`, { method: 'POST', body, signal: AbortSignal.timeout(10_000) })
  const answer = (await response.json()) as { access_token?: string; error_description?: string }
  if (answer.access_token === undefined) throw new Error(`it answered ${response.status}, ${answer.error_description ?? 'and did not say why'}`)
  return answer.access_token
}

const [role = '', organisation = ''] = process.argv.slice(2)
if (role === '' || organisation === '') end(2, usage)
if (!isRole(role)) end(2, `"${role}" is not a role; roles are ${roles.join(', ')}`)
if (!isOrganisation(organisation.toUpperCase())) end(2, `"${organisation}" is not an organisation code; an ODS code has letters and digits, such as RJ1`)

try {
  const { issuer } = requireAddresses(readAddresses(process.env), 'issuer')
  try {
    process.stdout.write(`${await ask(issuer, role, organisation)}\n`)
  } catch (error) {
    end(1, `The issuer at ${issuer} gave no token: ${(error as Error).message}. Is Tideway running (npm start)?`)
  }
} catch (error) {
  if (!(error instanceof AddressError)) throw error
  end(1, error.message)
}
