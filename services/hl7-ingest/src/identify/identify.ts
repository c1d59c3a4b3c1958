import type { Source } from '@tideway/schemas/source'
import type { Header } from '@tideway/hl7v2/lexer/header'
import { isInRanges } from './address-ranges.ts'

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
export type Certificate = {
  commonName: string | null
  /** Subject alternative names: DNS names and URIs. */
  alternativeNames: readonly string[]
  fingerprint: string
}

/** Why the sender of a message is not recognised. */
export type SenderRefusal = 'UNKNOWN_SOURCE' | 'SENDER_MISMATCH'

type Match = Source['hl7']['match']

/** No condition at all. */
const noConditions: Match = {
  ports: [],
  certificates: [],
  sendingApplications: [],
  sendingFacilities: [],
}

export const plainFingerprint = (text: string): string => text.replaceAll(':', '').toLowerCase()

const holds = (wanted: readonly string[], is: (value: string) => boolean): boolean =>
  wanted.length === 0 || wanted.some(is)

const isOf = (name: string, { commonName, alternativeNames, fingerprint }: Certificate): boolean =>
  name === commonName || alternativeNames.includes(name) || plainFingerprint(name) === fingerprint

/** Whether the connection is one of the source. */
const isPeer = ({ ports, addresses = [], certificates }: Match, peer: Peer): boolean =>
  (ports.length === 0 || ports.includes(peer.port)) &&
  (addresses.length === 0 || isInRanges(peer.address, addresses)) &&
  holds(certificates, (name) => peer.certificate !== null && isOf(name, peer.certificate))

/** Whether MSH-3 and MSH-4 are those of the source. */
const isHeader = (match: Match, header: Header): boolean =>
  holds(match.sendingApplications, (name) => name === header.sendingApplication) &&
  holds(match.sendingFacilities, (name) => name === header.sendingFacility)

/**
 * What proves that a connection is one of the source: a client certificate, or a port with a list
 * of addresses. Null if nothing does: anyone can write MSH-3 and MSH-4.
 */
export const proofOf = ({ certificates, ports, addresses = [] }: Match) => {
  if (certificates.length > 0) return 'certificate' as const
  return ports.length > 0 && addresses.length > 0 ? ('port' as const) : null
}

/**
 * Number of conditions of a source; a certificate counts for more than all others. Of several
 * matching sources, the one with most is chosen.
 */
const strictness = ({ hl7 }: Source): number =>
  Object.values(hl7.match).filter((wanted) => wanted.length > 0).length +
  (proofOf(hl7.match) === 'certificate' ? 100 : 0)

/** Whether one message could match two sources equally well; `loadSources` rejects such sources. */
export const overlap = (one: Source, other: Source): boolean => {
  const could = <T>(these: readonly T[], those: readonly T[]) =>
    these.length === 0 || those.length === 0 || these.some((value) => those.includes(value))
  const [a, b] = [one.hl7.match, other.hl7.match]
  return (
    strictness(one) === strictness(other) &&
    could(a.ports, b.ports) &&
    could(a.certificates.map(plainFingerprint), b.certificates.map(plainFingerprint)) &&
    could(a.sendingApplications, b.sendingApplications) &&
    could(a.sendingFacilities, b.sendingFacilities)
  )
}

/** Whether MSH-3 or MSH-4 name another source than the one that matches. */
const saysAnother = (best: Match, other: Match, header: Header): boolean => {
  const named = other.sendingFacilities.length + other.sendingApplications.length > 0
  if (!named || !isHeader(other, header) || best.sendingFacilities.length > 0) return false
  return other.sendingFacilities.length > 0 || best.sendingApplications.length === 0
}

/**
 * Finds the sender from listening port, address, client certificate and MSH-3/MSH-4.
 *
 * @returns SENDER_MISMATCH if MSH-3/MSH-4 say another source than certificate or port;
 *   UNKNOWN_SOURCE if no configured source matches
 */
export const identify = (
  sources: readonly Source[],
  peer: Peer,
  header: Header,
): Source | SenderRefusal => {
  let best: Source | null = null
  let isProven = false
  let isNamed = false
  for (const source of sources) {
    const { match } = source.hl7
    const isFrom = isPeer(match, peer)
    isProven ||= isFrom && proofOf(match) !== null
    isNamed ||= saysAnother(noConditions, match, header)
    if (
      isFrom &&
      isHeader(match, header) &&
      (best === null || strictness(source) > strictness(best))
    )
      best = source
  }
  if (best === null) return isProven || isNamed ? 'SENDER_MISMATCH' : 'UNKNOWN_SOURCE'
  const { match } = best.hl7
  const isAnother =
    (isProven && proofOf(match) === null) ||
    sources.some(({ hl7 }) => hl7.match !== match && saysAnother(match, hl7.match, header))
  return isAnother ? 'SENDER_MISMATCH' : best
}
