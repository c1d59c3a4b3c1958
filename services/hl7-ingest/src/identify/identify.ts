import type { Source } from '@tideway/schemas/source'
import type { Header } from '@tideway/hl7v2/lexer/header'

/** Listening port, address and client certificate of a connection. */
export type Peer = {
  /** Listening port of this service. */
  port: number
  /** Of the other side, e.g. `192.0.2.7`. */
  address: string
  /** Client certificate, verified by TLS; null without mutual TLS. */
  certificate: Certificate | null
}

/** Fingerprint: SHA-256 of the certificate, lower-case hex without colons. */
export type Certificate = { commonName: string | null; fingerprint: string }

export const plainFingerprint = (text: string): string => text.replaceAll(':', '').toLowerCase()

const holds = (wanted: readonly string[], is: (value: string) => boolean): boolean =>
  wanted.length === 0 || wanted.some(is)

const isSender = ({ match }: Source['hl7'], peer: Peer, header: Header): boolean =>
  (match.ports.length === 0 || match.ports.includes(peer.port)) &&
  holds(
    match.certificates,
    (name) =>
      peer.certificate !== null &&
      (name === peer.certificate.commonName ||
        plainFingerprint(name) === peer.certificate.fingerprint),
  ) &&
  holds(match.sendingApplications, (name) => name === header.sendingApplication) &&
  holds(match.sendingFacilities, (name) => name === header.sendingFacility)

/**
 * Number of conditions of a source. Of several matching sources, the one with most conditions is
 * chosen.
 */
export const strictness = ({ match }: Source['hl7']): number =>
  Object.values(match).filter((wanted) => wanted.length > 0).length

/** Whether one message could match two sources equally well; `loadSources` rejects such sources. */
export const overlap = (one: Source, other: Source): boolean => {
  const could = <T>(these: readonly T[], those: readonly T[]) =>
    these.length === 0 || those.length === 0 || these.some((value) => those.includes(value))
  const [a, b] = [one.hl7.match, other.hl7.match]
  return (
    strictness(one.hl7) === strictness(other.hl7) &&
    could(a.ports, b.ports) &&
    could(a.certificates.map(plainFingerprint), b.certificates.map(plainFingerprint)) &&
    could(a.sendingApplications, b.sendingApplications) &&
    could(a.sendingFacilities, b.sendingFacilities)
  )
}

/**
 * @returns the sender, from listening port, client certificate and MSH-3/MSH-4; null if no
 *   configured source matches
 */
export const identify = (sources: readonly Source[], peer: Peer, header: Header): Source | null => {
  let best: Source | null = null
  for (const source of sources) {
    if (
      isSender(source.hl7, peer, header) &&
      (best === null || strictness(source.hl7) > strictness(best.hl7))
    )
      best = source
  }
  return best
}
