import { type ServerTls, serverTls } from '@tideway/http/server-tls'
import type { FhirIngestConfig } from '../config.ts'

/** Certificate and key of the port; null for plain HTTP. @throws ConfigError, see `serverTls` */
export const loadTls = ({
  fhirTlsCertFile: certFile,
  fhirTlsKeyFile: keyFile,
  tlsByProxy,
  environment,
}: Pick<
  FhirIngestConfig,
  'environment' | 'fhirTlsCertFile' | 'fhirTlsKeyFile' | 'tlsByProxy'
>): ServerTls | null => serverTls('FHIR', { certFile, keyFile, tlsByProxy, environment })
