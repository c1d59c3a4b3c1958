import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ConfigError } from '@tideway/runtime/config'

export type ServerTls = { cert: string; key: string }

type TlsSettings = {
  certFile: string | null
  keyFile: string | null
  tlsByProxy: boolean
  environment: 'development' | 'production'
}

const problemOf = (
  prefix: string,
  { certFile, keyFile, tlsByProxy, environment }: TlsSettings,
): string | null => {
  const [cert, key] = [`${prefix}_TLS_CERT_FILE`, `${prefix}_TLS_KEY_FILE`]
  if ((certFile === null) !== (keyFile === null))
    return `${cert} and ${key} must both be set, or neither`
  if (certFile !== null && tlsByProxy) return `${cert} is set, and TLS_BY_PROXY is true`
  return certFile === null && !tlsByProxy && environment === 'production'
    ? `${cert} and ${key} are missing: set them, or TLS_BY_PROXY=true if a proxy in front of it terminates TLS`
    : null
}

/** Whether a certificate and a key belong together; false if one is no PEM of its kind. */
const match = ({ cert, key }: ServerTls): boolean => {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}

const textOf = (name: string, path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    throw new ConfigError(`Bad configuration:\n  ${name} cannot be read (${path}: ${code})`)
  }
}

/**
 * Certificate and key of an HTTP port; null for plain HTTP, which in production only a proxy may
 * ask for that is said to be there.
 *
 * @param prefix  of the settings, e.g. `RECORD_API`
 * @throws ConfigError if settings contradict each other, a file cannot be read, or certificate and
 *   key do not match
 */
export const serverTls = (prefix: string, settings: TlsSettings): ServerTls | null => {
  const problem = problemOf(prefix, settings)
  if (problem !== null) throw new ConfigError(`Bad configuration:\n  ${problem}`)
  const { certFile, keyFile } = settings
  if (certFile === null || keyFile === null) return null
  const files = {
    cert: textOf(`${prefix}_TLS_CERT_FILE`, certFile),
    key: textOf(`${prefix}_TLS_KEY_FILE`, keyFile),
  }
  if (match(files)) return files
  throw new ConfigError(
    `Bad configuration:\n  ${prefix}_TLS_CERT_FILE and ${prefix}_TLS_KEY_FILE must be PEM files of a certificate and its private key`,
  )
}
