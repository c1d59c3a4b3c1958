import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bearerAuthentication } from './authenticate.ts'
import { type ApiErrorCode, errors } from '../errors.ts'
import { openServer, tokenOf } from './open-server.fixture.ts'

const addresses = {
  mongodbUrl: process.env['MONGODB_URL'] ?? '',
  issuer: process.env['OIDC_ISSUER'] ?? '',
}
let server: Awaited<ReturnType<typeof openServer>>
beforeAll(async () => {
  server = await openServer(addresses)
})
afterAll(() => server?.close())

const search = (token: string | null) =>
  server.call(token, 'POST', '/api/patients/search', { organisation: 'RJZ', identifier: '1' })

test.each([
  ['clinician', 200, 403],
  ['system', 200, 200],
  ['operator', 403, 200],
  ['identity-steward', 403, 403],
  ['privacy-officer', 403, 403],
])('%s: records %i, ledger %i', async (role, records, ledger) => {
  const token = await tokenOf(addresses.issuer, role, 'RJ1')
  expect((await search(token)).status).toBe(records)
  expect((await server.call(token, 'GET', '/api/messages?controlId=none')).status).toBe(ledger)
})

test('without a valid token nothing is read and the answer has a challenge', async () => {
  const none = await search(null)
  expect(none).toMatchObject({
    status: 401,
    body: { code: 'UNAUTHENTICATED', status: 401 },
    headers: { 'www-authenticate': 'Bearer realm="tideway"', 'cache-control': 'no-store' },
  })
  const bad = await search('not.a.token')
  expect(bad).toMatchObject({ status: 401, body: { code: 'INVALID_TOKEN' } })
  expect(bad.headers['www-authenticate']).toContain('error="invalid_token"')
})

test('authorisation comes before the body is parsed', async () => {
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/patients/search',
    payload: '{',
    headers: { 'content-type': 'application/json' },
  })
  expect(answer.statusCode).toBe(401)
})

test('health, the OpenAPI document, its page and the errors need no token; the page has no inline script', async () => {
  const get = (url: string) => server.app.inject({ method: 'GET', url })
  expect((await get('/health/live')).json()).toEqual({ live: true })
  expect((await get('/health/ready')).json()).toEqual({ ready: true, missing: [] })
  expect((await get('/openapi.json')).json()).toMatchObject({ openapi: '3.1.1' })
  const page = await get('/docs/')
  expect(page.headers['content-security-policy']).toMatch(/script-src 'self';/)
  expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)|https?:\/\//)
  for (const [, file] of page.body.matchAll(/(?:src|href)="([^"]+)"/g))
    expect((await get(new URL(file as string, 'http://docs/docs/').pathname)).statusCode).toBe(200)
  expect((await get('/docs/static/swagger-initializer.js')).body).toContain('"layout":"BaseLayout"')
  for (const code of Object.keys(errors))
    expect((await get('/problems')).body).toContain(`id="${code}"`)
})

test('a wrong address, method, body and size each have their own error', async () => {
  const token = await tokenOf(addresses.issuer, 'clinician', 'RJ1')
  const send = (url: string, payload: string, type: string) =>
    server.app.inject({
      method: 'POST',
      url,
      payload,
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
    })
  expect((await send('/api/patients/search', '{', 'application/json')).json()).toMatchObject({
    code: 'INVALID_REQUEST',
    errors: [{ field: 'body' }],
  })
  expect((await send('/api/patients/search', '<a/>', 'application/xml')).json()).toMatchObject({
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
  })
  expect(
    (
      await send(
        '/api/patients/search',
        JSON.stringify({ identifier: 'x'.repeat(20_000) }),
        'application/json',
      )
    ).json(),
  ).toMatchObject({
    code: 'TOO_LARGE',
  })
  expect((await send('/api/nothing', '{}', 'application/json')).json()).toMatchObject({
    code: 'NO_SUCH_ROUTE',
  })
  const wrongMethod = await send('/api/patients/x/record', '{}', 'application/json')
  expect([wrongMethod.statusCode, wrongMethod.headers['allow']]).toEqual([405, 'GET'])
})

/** An issuer on the loopback whose tokens can be made wrong in every way. */
const openIssuer = async () => {
  const { publicKey, privateKey } = await generateKeyPair('RS256')
  const documents: Record<string, object> = {}
  const http = createServer((request, response) =>
    response
      .writeHead(documents[request.url ?? ''] === undefined ? 404 : 200)
      .end(JSON.stringify(documents[request.url ?? ''])),
  )
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  documents['/.well-known/openid-configuration'] = { issuer: address, jwks_uri: `${address}/jwks` }
  documents['/jwks'] = {
    keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }],
  }
  const sign = (
    claims: object,
    expires: number,
    audience = 'tideway',
    issuer = address,
    key = privateKey,
  ) =>
    new SignJWT({ sub: 's', role: 'clinician', organisation: 'RJ1', ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime(expires)
      .sign(key)
  return { address, sign, close: () => http.close() }
}

test('signature, issuer, audience, expiry, skew and claims are each checked', async () => {
  const issuer = await openIssuer()
  const access = bearerAuthentication({
    environment: 'development',
    oidcIssuer: issuer.address,
    oidcAudience: 'tideway',
    oidcClockSkewSeconds: 5,
  })
  const refusedAs = async (token: Promise<string>): Promise<ApiErrorCode | null> =>
    access.subject(`Bearer ${await token}`).then(
      () => null,
      (error) => error.code,
    )
  const now = Math.floor(Date.now() / 1000)
  const forged = (await generateKeyPair('RS256')).privateKey

  expect(await access.subject(`Bearer ${await issuer.sign({ name: 'Dr A' }, now + 60)}`)).toEqual({
    who: 's',
    name: 'Dr A',
    role: 'clinician',
    organisation: 'RJ1',
    level: null,
  })
  expect(
    await access.subject(`Bearer ${await issuer.sign({ acr: 'aal3' }, now + 60)}`),
  ).toMatchObject({ level: 'aal3' })
  expect(await refusedAs(issuer.sign({}, now - 2))).toBeNull()
  expect(await refusedAs(issuer.sign({}, now - 30))).toBe('TOKEN_EXPIRED')
  expect(await refusedAs(issuer.sign({}, now + 60, 'another'))).toBe('INVALID_TOKEN')
  expect(await refusedAs(issuer.sign({}, now + 60, 'tideway', 'https://elsewhere.example'))).toBe(
    'INVALID_TOKEN',
  )
  expect(await refusedAs(issuer.sign({}, now + 60, 'tideway', issuer.address, forged))).toBe(
    'INVALID_TOKEN',
  )
  expect(await refusedAs(issuer.sign({ role: 'admin' }, now + 60))).toBe('NOT_PERMITTED')
  expect(await refusedAs(issuer.sign({ organisation: undefined }, now + 60))).toBe('NOT_PERMITTED')
  issuer.close()
})

test('an issuer that does not respond is not an invalid token', async () => {
  const access = bearerAuthentication({
    environment: 'development',
    oidcIssuer: 'http://127.0.0.1:1',
    oidcAudience: 'tideway',
    oidcClockSkewSeconds: 5,
  })
  await expect(access.subject('Bearer a.b.c')).rejects.toMatchObject({ code: 'ISSUER_UNAVAILABLE' })
  await expect(access.answers()).rejects.toThrow()
})

test('requests are counted by pattern, status and role; no id is in a label', async () => {
  const token = await tokenOf(addresses.issuer, 'clinician', 'RJ1')
  await server.call(token, 'GET', '/api/patients/some-secret-id/record')
  const text = await server.metrics.text()
  expect(text).toMatch(
    /tideway_http_requests_total\{route="\/api\/patients\/:id\/record",method="GET",status="404",role="clinician"\} 1/,
  )
  expect(text).not.toContain('some-secret-id')
})
