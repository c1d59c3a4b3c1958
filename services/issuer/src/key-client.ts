import { randomUUID } from 'node:crypto'
import { importJWK, type JWK, SignJWT } from 'jose'

/** The client that authenticates with its key (private_key_jwt). Its role is system. */
export const keyClient = 'system-key'

/** The public part of RSA keys. @see RFC 7518 section 6.3.1 */
export const publicPartOf = ({ keys }: { keys: readonly JWK[] }): { keys: JWK[] } => ({
  keys: keys.map(({ kty, n, e, alg, use, kid }) => ({ kty, n, e, alg, use, kid }) as JWK),
})

/**
 * A client assertion, valid for one minute.
 *
 * @param issuer  address of the issuer; the audience
 * @throws Error if the key set has no private RSA key
 * @see RFC 7523 section 2.2, private_key_jwt
 */
export const assertionFor = async (
  issuer: string,
  { keys: [key] }: { keys: readonly JWK[] },
): Promise<string> => {
  if (key?.d === undefined) throw new Error('the key set has no private key')
  const { alg = 'RS256', kid } = key
  return new SignJWT({})
    .setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) })
    .setIssuer(keyClient)
    .setSubject(keyClient)
    .setAudience(issuer)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime('1m')
    .sign(await importJWK(key, alg))
}
