import { challengeOf } from '@tideway/http/bearer-token'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RequestError } from '../errors.ts'
import { statusOf } from '../outcomes.ts'
import { type FhirAnswer, outcomeOf } from './answer.ts'
import { answerFormat, type FhirFormat, fhirJson, written } from './formats.ts'

/** Retry-After, seconds. */
const retryAfter: Partial<Record<number, string>> = { 429: '60', 503: '5' }

/** The format a request accepts; null if it is neither of the FHIR formats. */
export const formatOf = ({ headers, query }: FastifyRequest): FhirFormat | null => {
  const format = (query as Record<string, unknown> | undefined)?.['_format']
  return answerFormat(
    format === undefined ? undefined : String(format),
    headers.accept,
    headers['content-type'],
  )
}

export const sendAnswer = (
  request: FastifyRequest,
  reply: FastifyReply,
  { status, headers, body }: FhirAnswer,
): FastifyReply => {
  const format = formatOf(request) ?? fhirJson
  reply.code(status).headers({
    ...(retryAfter[status] === undefined ? {} : { 'retry-after': retryAfter[status] }),
    ...headers,
  })
  if (body === null) return reply.send()
  return reply.type(`${format}; charset=utf-8`).send(written(body, format))
}

/** The answer to a request that failed. */
export const refusalOf = (error: RequestError): FhirAnswer => {
  const code = error.faults[0]?.code
  const challenge =
    code === 'UNAUTHENTICATED' || code === 'INVALID_TOKEN' || code === 'TOKEN_EXPIRED'
      ? { 'www-authenticate': challengeOf(code) }
      : {}
  return {
    status: statusOf(error.faults) ?? 500,
    headers: challenge,
    body: outcomeOf(error.faults),
  }
}
