import { type TSchema, Type } from 'typebox'
import { type ApiErrorCode, errors } from '../errors.ts'
import { list, object, text } from '../json/schema/values.ts'
import { type ApiPermission, permissions } from './permissions.ts'

/** Errors of every route that needs a token. */
const commonErrors: readonly ApiErrorCode[] = [
  'UNAUTHENTICATED',
  'INVALID_TOKEN',
  'TOKEN_EXPIRED',
  'NOT_PERMITTED',
  'UNEXPECTED',
  'STORE_UNAVAILABLE',
  'ISSUER_UNAVAILABLE',
]

const Problem = object('Problem', 'RFC 9457 problem details.', {
  type: text('Address of the description of this error.'),
  title: text('The error in words.'),
  status: Type.Integer({ description: 'HTTP status.' }),
  detail: text('What the caller can do about it.'),
  code: Type.Enum(Object.keys(errors)),
  errors: Type.Optional(
    list(
      object('FieldProblem', 'A field of the request and what is wrong with it.', {
        field: text('Name of the field or parameter.'),
        reason: text('Why it is refused; never the value sent.'),
      }),
    ),
  ),
})

const problemExample = (code: ApiErrorCode) => ({
  summary: errors[code].title,
  value: {
    type: `/problems#${code}`,
    title: errors[code].title,
    status: errors[code].status,
    detail: errors[code].detail,
    code,
    ...(code === 'INVALID_REQUEST'
      ? { errors: [{ field: 'birthDate', reason: 'is not a day that exists, as YYYY-MM-DD' }] }
      : {}),
  },
})

const challengeHeader = {
  'WWW-Authenticate': Type.String({ description: 'RFC 6750 section 3.' }),
}

const refusal = (status: number, codes: readonly ApiErrorCode[]) => ({
  description: codes.map((code) => errors[code].title).join('; '),
  ...(status === 401 ? { headers: challengeHeader } : {}),
  content: {
    'application/problem+json': {
      schema: Problem,
      examples: Object.fromEntries(codes.map((code) => [code, problemExample(code)])),
    },
  },
})

const refusals = (codes: readonly ApiErrorCode[]) =>
  Object.fromEntries(
    [...Map.groupBy(codes, (code) => errors[code].status)].map(([status, those]) => [
      status,
      refusal(status, those),
    ]),
  )

const noStore = {
  'Cache-Control': Type.Literal('no-store', { description: 'Always no-store.' }),
}

export type Operation = {
  operationId: string
  summary: string
  permission: ApiPermission
  answer: { schema: TSchema; example: unknown }
  /** True if a browser gets the answer as a page. */
  page?: boolean
  /** What a 202 with the same answer means; absent if there is none. */
  accepted?: string
  /** Errors of this operation, beside those of every route. */
  errors: readonly ApiErrorCode[]
}

/** What the OpenAPI document says of an operation, beside what its request schemas say. */
export const describe = ({
  operationId,
  summary,
  permission,
  answer,
  page = false,
  accepted,
  errors: own,
}: Operation) => ({
  operationId,
  summary,
  description: `${permissions[permission].doc}. Roles: ${permissions[permission].roles.join(', ')}.`,
  tags: [permission],
  response: {
    200: {
      description: 'The answer.',
      headers: noStore,
      content: {
        'application/json': { schema: answer.schema, example: answer.example },
        ...(page ? { 'text/html': { schema: Type.String() } } : {}),
      },
    },
    ...(accepted === undefined
      ? {}
      : {
          202: {
            description: accepted,
            headers: noStore,
            content: { 'application/json': { schema: answer.schema, example: answer.example } },
          },
        }),
    ...refusals([...own, ...commonErrors]),
  } as Record<number, unknown>,
})
