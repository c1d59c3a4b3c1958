import { randomUUID } from 'node:crypto'
import { importJWK, type JWK, SignJWT } from 'jose'

/** The client that shows who it is by its key. Its tokens are those of a system. */
export const keyClient = 'system-key'

/** What the world may know of RSA keys. @see RFC 7518 section 6.3.1 */
export const publicPartOf = ({ keys }: { keys: readonly JWK[] }): { keys: JWK[] } => ({
  keys: keys.map(({ kty, n, e, alg, use, kid }) => ({ kty, n, e, alg, use, kid }) as JWK),
})

/**
 * Proof that the holder of the key asks.
 *
 * @param issuer  address of the issuer, for whom alone it is
 * @throws Error if it is no key set with a private RSA key
 * @see RFC 7523 section 2.2, private_key_jwt
 */
export const assertionFor = async (
  issuer: string,
  { keys: [key] }: { keys: readonly JWK[] },
): Promise<string> => {
  if (key?.d === undefined) throw new Error('it has no private key')
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
