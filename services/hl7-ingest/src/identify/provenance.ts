import type { Source } from '@tideway/schemas/source'
import { isWideRange } from './address-ranges.ts'
import { proofOf } from './identify.ts'

/** Listening ports from the settings; null is off. */
export type ListenerPorts = {
  mllpPort: number | null
  mllpTlsPort: number | null
  mllpSandboxPort: number | null
}

const hasOwnPorts = ({ hl7 }: Source): boolean => proofOf(hl7.match) !== 'certificate'

/** Ports that source files name beside those of the settings: each is opened, without TLS. */
export const ownPortsOf = (
  sources: readonly Source[],
  { mllpPort, mllpTlsPort }: ListenerPorts,
): Set<number> =>
  new Set(
    sources
      .filter(hasOwnPorts)
      .flatMap(({ hl7 }) => hl7.match.ports)
      .filter((port) => port !== mllpPort && port !== mllpTlsPort),
  )

/** Ports on which messages of the source cannot arrive, or would be anyone's. */
export const portProblems = (source: Source, ports: ListenerPorts): string[] =>
  source.hl7.match.ports.flatMap((port, index) => {
    const at = `/hl7/match/ports/${index}`
    if (port === ports.mllpSandboxPort) return [`${at} is MLLP_SANDBOX_PORT, which takes anyone`]
    return hasOwnPorts(source) || port === ports.mllpTlsPort
      ? []
      : [`${at} must be MLLP_TLS_PORT: certificates are shown there only`]
  })

/** Why nothing proves that a message is of the source. */
export const unprovenProblems = ({ hl7 }: Source, ports: ListenerPorts | null): string[] => {
  const { match } = hl7
  const proof = proofOf(match)
  if (proof === null)
    return [
      '/hl7/match proves nothing: anyone can write MSH-3 and MSH-4. In production give the client certificate in /hl7/match/certificates, or a port of its own in /hl7/match/ports with the addresses of the sender in /hl7/match/addresses',
    ]
  if (proof === 'certificate')
    return ports !== null && ports.mllpTlsPort === null
      ? ['/hl7/match/certificates needs TLS: set MLLP_TLS_PORT, and MLLP_TLS_CA_FILE']
      : []
  return (match.addresses ?? []).flatMap((range, index) =>
    isWideRange(range)
      ? [`/hl7/match/addresses/${index} is too wide to prove anything: name the sender's network`]
      : [],
  )
}

/** A port proves who sends only if it is one source's. */
export const sharedPorts = (one: Source, other: Source, file: string): string[] =>
  one.hl7.match.ports.flatMap((port, index) =>
    hasOwnPorts(one) && hasOwnPorts(other) && other.hl7.match.ports.includes(port)
      ? [`/hl7/match/ports/${index} is also in ${file}: in production each source has its own port`]
      : [],
  )
