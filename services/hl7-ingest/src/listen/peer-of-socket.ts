import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { type Certificate, plainFingerprint } from '../identify/identify.ts'

/**
 * DNS names and URIs in a text such as `DNS:a.example, URI:urn:b`. Node quotes a name that could be
 * read as several; no source has such a name.
 */
const alternativeNamesIn = (text: string): string[] =>
  text.includes('"')
    ? []
    : text.split(', ').flatMap((name) => /^(?:DNS|URI):(.+)$/.exec(name)?.[1] ?? [])

/** Client certificate of a TLS connection; null if there is none that was verified. */
export const certificateOf = (socket: TLSSocket): Certificate | null => {
  if (!socket.authorized) return null
  const { subject, subjectaltname, fingerprint256 } = socket.getPeerCertificate()
  if (fingerprint256 === undefined) return null
  return {
    commonName: typeof subject.CN === 'string' ? subject.CN : null,
    alternativeNames: alternativeNamesIn(subjectaltname ?? ''),
    fingerprint: plainFingerprint(fingerprint256),
  }
}

/** Label of a connection; see `MllpConnection`. */
export const labelOf = (
  name: string,
  port: number,
  address: string,
  socket: Socket,
  certificate: Certificate | null,
): string =>
  [
    `${name}/${port} ${address}:${socket.remotePort ?? 0}`,
    ...(certificate === null ? [] : [`CN=${certificate.commonName ?? certificate.fingerprint}`]),
  ].join(' ')

/** An IPv4 address is the same on a socket that listens for IPv6. */
export const addressOf = ({ remoteAddress = '?' }: Socket): string =>
  remoteAddress.replace(/^::ffff:(?=[\d.]+$)/i, '')
