import {
  BearerError,
  type BearerSettings,
  bearerTokens,
  challengeOf,
} from '@tideway/http/bearer-token'
import { type Subject, subjectOf } from '../chart/access.ts'
import { ApiError } from '../errors.ts'

const refusal = (error: unknown): unknown => {
  if (!(error instanceof BearerError)) return error
  const headers =
    error.code === 'ISSUER_UNAVAILABLE' ? {} : { 'www-authenticate': challengeOf(error.code) }
  return new ApiError(error.code, { headers, cause: error.cause ?? error })
}

/** Turns an Authorization header into the subject of its token. */
export const bearerAuthentication = (settings: BearerSettings) => {
  const tokens = bearerTokens(settings)
  return {
    /**
     * @param authorization  the Authorization header
     * @throws ApiError UNAUTHENTICATED, INVALID_TOKEN, TOKEN_EXPIRED, ISSUER_UNAVAILABLE, or
     *   NOT_PERMITTED if the token names no role of ours or no organisation
     */
    async subject(authorization: string | undefined): Promise<Subject> {
      try {
        const subject = subjectOf(await tokens.claims(authorization))
        if (subject === null) throw new ApiError('NOT_PERMITTED')
        return subject
      } catch (error) {
        throw refusal(error)
      }
    },
    answers: tokens.answers,
    requireIssuer: tokens.requireIssuer,
  }
}

export type Authentication = ReturnType<typeof bearerAuthentication>
