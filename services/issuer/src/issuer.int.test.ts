import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { developmentIssuer } from '@tideway/runtime/production'
import { createRemoteJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertionFor, keyClient } from './key-client.ts'
import { openProvider } from './provider.ts'
import { listen } from './server.ts'
import { clientKeys, signingKeys } from './signing-keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'tideway-issuer-'))
let issuer: string
let server: Awaited<ReturnType<typeof listen>>

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

beforeAll(async () => {
  const port = await freePort()
  issuer = `http://127.0.0.1:${port}`
  server = await listen(
    openProvider(issuer, await signingKeys(folder), await clientKeys(folder), 'a secret'),
    { host: '127.0.0.1', port },
  )
})

afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const ask = async (fields: Record<string, string>) => {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_secret: 'a secret',
    ...fields,
  })
  const response = await fetch(`${issuer}/token`, { method: 'POST', body })
  return {
    status: response.status,
    ...((await response.json()) as { access_token?: string; error?: string }),
  }
}

const verify = (token: string) =>
  jwtVerify(token, createRemoteJWKSet(new URL(`${issuer}/jwks`)), { issuer, audience: 'tideway' })

test.each(['clinician', 'operator', 'identity-steward', 'privacy-officer', 'system'])(
  'a token of a %s verifies against the published keys',
  async (role) => {
    const { access_token: token = '' } = await ask({ client_id: role, organisation: 'rj1' })
    const { payload } = await verify(token)
    expect(payload).toMatchObject({
      role,
      organisation: 'RJ1',
      sub: `${role}.rj1`,
      name: expect.any(String),
    })
  },
)

const askWithKey = async (assertion: string, scope: string) => {
  const fields = {
    client_id: keyClient,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    organisation: 'RJZ',
    scope,
  }
  const body = new URLSearchParams({ grant_type: 'client_credentials', ...fields })
  const response = await fetch(`${issuer}/token`, { method: 'POST', body })
  return { status: response.status, ...((await response.json()) as { access_token?: string }) }
}

test('a client that authenticates with its key is a system and gets the FHIR write scopes it asked for', async () => {
  const { access_token: token = '' } = await askWithKey(
    await assertionFor(issuer, await clientKeys(folder)),
    'system/Observation.c system/*.cu system/*.rs',
  )
  const { payload } = await verify(token)
  expect(payload).toMatchObject({
    role: 'system',
    organisation: 'RJZ',
    sub: 'system.rjz',
    scope: 'system/Observation.c system/*.cu',
  })
})

test('an unknown key or a replayed assertion gets no token', async () => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  expect(
    (
      await askWithKey(
        await assertionFor(issuer, { keys: [await exportJWK(privateKey)] }),
        'system/*.cu',
      )
    ).status,
  ).toBe(401)
  const once = await assertionFor(issuer, await clientKeys(folder))
  expect([
    (await askWithKey(once, 'system/*.cu')).status,
    (await askWithKey(once, 'system/*.cu')).status,
  ]).toEqual([200, 401])
})

test('a modified token does not verify', async () => {
  const { access_token: token = '' } = await ask({ client_id: 'clinician', organisation: 'RJ1' })
  const [head, payload = '', signature] = token.split('.')
  const forged = Buffer.from(
    Buffer.from(payload, 'base64url').toString().replace('"RJ1"', '"RJZ"'),
  ).toString('base64url')
  await expect(verify([head, forged, signature].join('.'))).rejects.toThrow(
    'signature verification failed',
  )
})

test.each([
  ['an unknown role', { client_id: 'porter', organisation: 'RJ1' }, 401],
  ['a wrong secret', { client_id: 'clinician', organisation: 'RJ1', client_secret: 'guess' }, 401],
  ['no organisation', { client_id: 'clinician' }, 400],
  ['an organisation that is not a code', { client_id: 'clinician', organisation: 'R J' }, 400],
])('%s gets no token', async (_, fields, status) => {
  const answer = await ask(fields as unknown as Record<string, string>)
  expect(answer.access_token).toBeUndefined()
  expect(answer.status).toBe(status)
})

test('the key is stored, readable by its owner only', async () => {
  expect(await signingKeys(folder)).toEqual(await signingKeys(folder))
  expect(statSync(join(folder, 'jwks.json')).mode & 0o077).toBe(0)
})

test('its metadata say that it is for development', async () => {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`)
  expect(await response.json()).toMatchObject({ issuer, [developmentIssuer]: true })
})

test('serves its health', async () => {
  expect(await (await fetch(`${issuer}/health/ready`)).json()).toEqual({ ready: true, missing: [] })
})
