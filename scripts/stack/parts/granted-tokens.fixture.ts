import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
/** The keys that the tokens are checked with. */
export const jwks = {
  keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }],
}

const tokenFor = (subject: string): string => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  const signed = `${part({ alg: 'RS256', kid: 'k1' })}.${part({
    ...{ sub: subject, aud: 'kafka', iss: 'https://issuer.example', jti: randomUUID() },
    ...{ iat: now, exp: now + 300 },
  })}`
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`
}

type Asked = { authorization: string | undefined; body: string }

/** Grants tokens by client credentials, and keeps what it was asked. */
export const openTokenEndpoint = async () => {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      asked.push({ authorization: request.headers.authorization, body })
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ access_token: tokenFor('tideway'), expires_in: 300 }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { asked, url: `http://127.0.0.1:${port}/token`, close: () => server.close() }
}
