import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConfigError } from '@tideway/runtime/config'
import { developmentIssuer } from '@tideway/runtime/production'
import { expect, onTestFinished, test } from 'vitest'
import { bearerTokens } from './bearer-token.ts'

/** An issuer's metadata on a free port. */
const issuerWith = async (more: object) => {
  const server = createServer((_, response) =>
    response.end(JSON.stringify({ issuer: address(), jwks_uri: `${address()}/jwks`, ...more })),
  )
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  return address()
}

const tokensOf = (oidcIssuer: string, environment: 'development' | 'production') =>
  bearerTokens({ environment, oidcIssuer, oidcAudience: 'tideway', oidcClockSkewSeconds: 5 })

test('in production the development issuer is refused, whatever its address', async () => {
  const issuer = await issuerWith({ [developmentIssuer]: true })
  const tokens = tokensOf(issuer, 'production')
  await expect(tokens.requireIssuer()).rejects.toThrow(ConfigError)
  await expect(tokens.requireIssuer()).rejects.toThrow(/OIDC_ISSUER is the development issuer: /)
  await expect(tokens.claims('Bearer a.b.c')).rejects.toMatchObject({ code: 'ISSUER_UNAVAILABLE' })
  await tokensOf(issuer, 'development').requireIssuer()
})

test('another issuer is accepted, and one that does not answer yet is waited for', async () => {
  await tokensOf(await issuerWith({}), 'production').requireIssuer()
  await tokensOf('http://127.0.0.1:1', 'production').requireIssuer()
})
