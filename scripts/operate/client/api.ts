import { type Addresses, requireAddresses } from '../../stack/addresses.ts'

export type ApiUser = {
  role: 'clinician' | 'operator' | 'system' | 'identity-steward'
  organisation: string
}

/** The service refused or failed. The message has method, path and status, never a body. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure'
  readonly status: number

  constructor(asked: string, status: number) {
    super(`${asked} answered ${status}`)
    this.status = status
  }
}

/** @see RFC 6749 section 4.4, client credentials */
export const tokenFor = async (
  issuer: string,
  { role, organisation }: ApiUser,
  env: NodeJS.ProcessEnv,
  scope: string | null = null,
): Promise<string> => {
  const secret = env['ISSUER_CLIENT_SECRET'] ?? 'tideway-local'
  const fields = {
    grant_type: 'client_credentials',
    client_id: role,
    client_secret: secret,
    organisation,
    ...(scope === null ? {} : { scope }),
  }
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  if (!response.ok) throw new ApiFailure('the issuer', response.status)
  return ((await response.json()) as { access_token: string }).access_token
}

/** The record service with the token of one user. */
export const openApi = async (addresses: Addresses, user: ApiUser, env: NodeJS.ProcessEnv) => {
  const { recordApi, issuer } = requireAddresses(addresses, 'recordApi', 'issuer')
  const authorization = `Bearer ${await tokenFor(issuer, user, env)}`
  const ask = async <T>(method: string, path: string, body: unknown): Promise<T> => {
    const headers = {
      authorization,
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    }
    const response = await fetch(`${recordApi}${path}`, {
      method,
      headers,
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new ApiFailure(`${method} ${path.split('?')[0]}`, response.status)
    return (await response.json()) as T
  }
  return {
    get: <T>(path: string) => ask<T>('GET', path, null),
    post: <T>(path: string, body: unknown) => ask<T>('POST', path, body),
  }
}

export type Api = Awaited<ReturnType<typeof openApi>>
