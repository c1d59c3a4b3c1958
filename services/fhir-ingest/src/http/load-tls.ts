import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { ConfigError } from '@tideway/runtime/config'
import type { FhirIngestConfig } from '../config.ts'

/**
 * Certificate and key of the port; null for plain HTTP behind a proxy.
 *
 * @throws ConfigError if a file cannot be read, or certificate and key do not match
 */
export const loadTls = ({
  fhirTlsCertFile,
  fhirTlsKeyFile,
}: Pick<FhirIngestConfig, 'fhirTlsCertFile' | 'fhirTlsKeyFile'>): {
  cert: string
  key: string
} | null => {
  if (fhirTlsCertFile === null || fhirTlsKeyFile === null) return null
  try {
    const files = {
      cert: readFileSync(fhirTlsCertFile, 'utf8'),
      key: readFileSync(fhirTlsKeyFile, 'utf8'),
    }
    if (!new X509Certificate(files.cert).checkPrivateKey(createPrivateKey(files.key)))
      throw new RangeError('the key does not match the certificate')
    return files
  } catch {
    throw new ConfigError(
      'Bad configuration:\n  FHIR_TLS_CERT_FILE and FHIR_TLS_KEY_FILE must be PEM files of a certificate and its private key',
    )
  }
}
