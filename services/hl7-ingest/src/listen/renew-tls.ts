import { X509Certificate } from 'node:crypto'
import type { Log } from '@tideway/runtime/log'
import { loadTls, type TlsSettings } from './load-tls.ts'
import type { MllpServer } from './mllp-server.ts'

/**
 * Reloads the files of the TLS listener for new connections. Invalid files change nothing: a
 * certificate about to expire is better than none.
 */
export const renewTls = (
  settings: TlsSettings,
  server: Pick<MllpServer, 'name' | 'renewTls'>,
  log: Log,
): void => {
  try {
    const files = loadTls(settings)
    server.renewTls(files)
    log.info(
      { listener: server.name, validTo: new X509Certificate(files.cert).validToDate },
      'certificate renewed',
    )
  } catch (cause) {
    log.error({ cause, listener: server.name }, 'certificate not renewed, keeping the old one')
  }
}
