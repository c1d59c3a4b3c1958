import {
  BearerError,
  type BearerSettings,
  bearerTokens,
  challengeOf,
} from '@tideway/http/bearer-token'
import { ApiError } from '../errors.ts'
import { type Role, roles } from './permissions.ts'

/** Who asks, from the token's claims. */
export type Subject = { sub: string; name: string | null; role: Role; organisation: string }

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const refusal = (error: unknown): unknown => {
  if (!(error instanceof BearerError)) return error
  const headers =
    error.code === 'ISSUER_UNAVAILABLE' ? {} : { 'www-authenticate': challengeOf(error.code) }
  return new ApiError(error.code, { headers, cause: error.cause ?? error })
}

/** @throws ApiError NOT_PERMITTED if the token names no role of ours, or no organisation */
const subjectOf = ({ sub, name, role, organisation }: Record<string, unknown>): Subject => {
  const known = roles.find((ours) => ours === role)
  if (known === undefined || !isText(organisation) || !isText(sub))
    throw new ApiError('NOT_PERMITTED')
  return { sub, name: isText(name) ? name : null, role: known, organisation }
}

/** Who a bearer token of the issuer is for. */
export const bearerAccess = (settings: BearerSettings) => {
  const tokens = bearerTokens(settings)
  return {
    /**
     * @param authorization  the Authorization header
     * @throws ApiError UNAUTHENTICATED, INVALID_TOKEN, TOKEN_EXPIRED, NOT_PERMITTED or
     *   ISSUER_UNAVAILABLE
     */
    async subject(authorization: string | undefined): Promise<Subject> {
      try {
        return subjectOf(await tokens.claims(authorization))
      } catch (error) {
        throw refusal(error)
      }
    },
    answers: tokens.answers,
  }
}

export type Access = ReturnType<typeof bearerAccess>
