import type { EntryMethod } from '../normalise/open-submission.ts'
import type { FastifyRequest } from 'fastify'
import { type Prefer, preferOf } from './answer.ts'
import type { FhirHeaders } from './schemas.ts'

/** A request without its body and client. */
export type FhirRequest = {
  method: EntryMethod
  /** Resource type of the address; null at `/fhir` itself. */
  type: string | null
  id: string | null
  /** `$process-message`: only a Bundle of type message is accepted. */
  onlyMessages: boolean
  ifNoneExist: string | null
  ifMatch: string | null
  prefer: Prefer
  /** Address the client called, e.g. `https://record.example`. */
  origin: string
  /** For the archive: `fhir/8085 192.0.2.7:50123 client`. */
  connection: string
  traceparent: string | null
}

/** Path parameters of a request. */
export type Addressed = Pick<FhirRequest, 'method' | 'type' | 'id' | 'onlyMessages'>

export const requestOf = (
  { headers, socket, client, protocol, host }: FastifyRequest,
  addressed: Addressed,
): FhirRequest => {
  const sent = headers as FhirHeaders
  return {
    ...addressed,
    ifNoneExist: sent['if-none-exist'] ?? null,
    ifMatch: sent['if-match'] ?? null,
    prefer: preferOf(sent.prefer),
    origin: `${protocol}://${host}`,
    connection: `fhir/${socket.localPort} ${socket.remoteAddress}:${socket.remotePort} ${client?.id}`,
    traceparent: sent.traceparent ?? null,
  }
}
