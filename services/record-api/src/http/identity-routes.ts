import type { TypedServer } from '@tideway/http/register-openapi'
import type { FastifyReply } from 'fastify'
import type { Static, TSchema } from 'typebox'
import type { Subject } from '../chart/access.ts'
import { readItemCursor } from '../identity/item-cursor.ts'
import type { DecisionResult, Stewardship } from '../identity/stewardship.ts'
import { DecisionAnswer, PersonAnswer, WorkItems } from '../json/stewardship/answers.ts'
import { readDecision, readPerson, readWorkItems } from '../read/stewardship.ts'
import { describe } from './describe.ts'
import { decisionExample, personExample, workItemsExample } from './examples/stewardship.ts'
import {
  ItemsQuery,
  NumberBody,
  PairBody,
  ResolveBody,
  SplitBody,
  UnlinkBody,
} from './identity-schemas.ts'

export type IdentityServices = { stewardship: Stewardship }

const permission = 'decide-identity'
const badBody = ['INVALID_REQUEST', 'TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const

const decides = (
  operationId: string,
  summary: string,
  errors: readonly ('NO_SUCH_NUMBER' | 'SAME_NUMBER' | 'NO_SUCH_WORK_ITEM')[],
) =>
  describe({
    ...{ operationId, summary, permission },
    answer: { schema: DecisionAnswer, example: decisionExample },
    accepted: 'The decision is durable, and not in force yet.',
    errors: [...badBody, ...errors, 'LOG_UNAVAILABLE'],
  })

/** Who is who, for identity stewards. Every decision is an event, durable before the answer. */
export const identityRoutes = (server: TypedServer, { stewardship }: IdentityServices): void => {
  const send = (reply: FastifyReply, decided: DecisionResult) =>
    reply.code(decided.effective ? 200 : 202).send(readDecision(decided, stewardship.sealId))

  server.post(
    '/api/identity/persons/search',
    {
      schema: {
        body: NumberBody,
        ...describe({
          operationId: 'findPerson',
          summary: 'The person of a source patient, and what holds its members together',
          permission,
          answer: { schema: PersonAnswer, example: personExample },
          errors: [...badBody, 'NO_SUCH_NUMBER', 'PERSON_PENDING'],
        }),
      },
    },
    async ({ body }) => readPerson(await stewardship.findPerson(body), stewardship.sealId),
  )

  server.get(
    '/api/identity/work-items',
    {
      schema: {
        querystring: ItemsQuery,
        ...describe({
          operationId: 'findWorkItems',
          summary: 'Questions that wait for a steward, the oldest first, page by page',
          permission,
          answer: { schema: WorkItems, example: workItemsExample },
          errors: ['INVALID_REQUEST'],
        }),
      },
    },
    async ({ query }) =>
      readWorkItems(await stewardship.workItems(readItemCursor(query.after)), stewardship.sealId),
  )

  const decision = <Body extends TSchema>(
    path: string,
    body: Body,
    described: ReturnType<typeof decides>,
    decide: (subject: Subject, body: Static<Body>) => Promise<DecisionResult>,
  ) =>
    server.post(path, { schema: { body, ...described } }, async (request, reply) =>
      send(reply, await decide(request.subject as Subject, request.body as Static<Body>)),
    )

  decision(
    '/api/identity/link',
    PairBody,
    decides('linkPatients', 'Two source patients are one person', [
      'NO_SUCH_NUMBER',
      'SAME_NUMBER',
    ]),
    (subject, body) => stewardship.link(subject, body),
  )
  decision(
    '/api/identity/keep-apart',
    PairBody,
    decides(
      'keepPatientsApart',
      'Two source patients are two people, whatever else says so, also through third ones',
      ['NO_SUCH_NUMBER', 'SAME_NUMBER'],
    ),
    (subject, body) => stewardship.keepApart(subject, body),
  )
  decision(
    '/api/identity/unlink',
    UnlinkBody,
    decides('unlinkPatient', 'A source patient leaves its person, whatever put it there', [
      'NO_SUCH_NUMBER',
    ]),
    (subject, body) => stewardship.unlink(subject, body),
  )
  decision(
    '/api/identity/split-number',
    SplitBody,
    decides('splitNumber', "From a time on a number is another person's", ['NO_SUCH_NUMBER']),
    (subject, body) => stewardship.splitNumber(subject, body),
  )
  decision(
    '/api/identity/resolve-conflict',
    ResolveBody,
    decides('resolveConflict', 'What messages in conflict with a patient are', [
      'NO_SUCH_WORK_ITEM',
    ]),
    (subject, body) => stewardship.resolveConflict(subject, body),
  )
}
