import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { ConfigError } from '@tideway/runtime/config'
import type { Hl7IngestConfig } from '../config.ts'
import type { TlsFiles } from './mllp-server.ts'

export type TlsSettings = Pick<
  Hl7IngestConfig,
  'mllpTlsCertFile' | 'mllpTlsKeyFile' | 'mllpTlsCaFile'
>

/**
 * Reads and validates the files of the TLS listener.
 *
 * @throws ConfigError with every file that cannot be read, or if certificate and key do not belong
 *   together
 */
export const loadTls = ({
  mllpTlsCertFile,
  mllpTlsKeyFile,
  mllpTlsCaFile,
}: TlsSettings): TlsFiles => {
  const problems: string[] = []
  const read = (name: string, path: string | null): string => {
    try {
      return readFileSync(path ?? '', 'utf8')
    } catch {
      problems.push(`${name} cannot be read`)
      return ''
    }
  }
  const files = {
    cert: read('MLLP_TLS_CERT_FILE', mllpTlsCertFile),
    key: read('MLLP_TLS_KEY_FILE', mllpTlsKeyFile),
    ca: mllpTlsCaFile === null ? null : read('MLLP_TLS_CA_FILE', mllpTlsCaFile),
  }
  if (problems.length === 0) {
    try {
      requireUsable(files)
    } catch {
      problems.push(
        'MLLP_TLS_CERT_FILE, MLLP_TLS_KEY_FILE and MLLP_TLS_CA_FILE are not PEM files that belong together',
      )
    }
  }
  if (problems.length > 0)
    throw new ConfigError(
      `Bad configuration:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    )
  return files
}

const begin = '-----BEGIN CERTIFICATE-----'

/**
 * Node treats an empty or broken file as absent, and without certificate authorities of its own a
 * listener would trust the public ones.
 */
const requireUsable = ({ cert, key, ca }: TlsFiles): void => {
  if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)))
    throw new RangeError('key of another certificate')
  const authorities = ca === null ? null : ca.split(begin).slice(1)
  if (authorities?.length === 0) throw new RangeError('no certificate of an authority')
  for (const authority of authorities ?? []) new X509Certificate(`${begin}${authority}`)
  createSecureContext({ cert, key, ...(ca === null ? {} : { ca }) })
}
