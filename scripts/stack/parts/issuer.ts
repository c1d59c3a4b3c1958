import { join } from 'node:path'
import { checkout } from '../home.ts'
import { answersHttp, type Part, type Site } from './part.ts'

/**
 * The OpenID Connect issuer of the local stack; its keys are made at the first start and kept in
 * the home.
 */
export const issuerPart = async ({ home, ports, env }: Site): Promise<Part> => {
  const address = `http://127.0.0.1:${ports.issuer}`
  return {
    what: 'OpenID issuer',
    address,
    program: {
      name: 'issuer',
      command: process.execPath,
      args: [join(checkout, 'services/issuer/src/main.ts')],
      env: {
        ...env,
        ENVIRONMENT: 'development',
        ISSUER_PORT: String(ports.issuer),
        OIDC_ISSUER: address,
        ISSUER_KEYS_DIR: join(home.data, 'issuer'),
      },
      ready: () => answersHttp(`${address}/health/ready`),
      readyWithinMs: 30_000,
      graceMs: 5_000,
    },
  }
}
