import type { TypedServer } from '@tideway/http/register-openapi'
import { type Checks, readiness } from '@tideway/runtime/health'
import { Type } from 'typebox'
import { problemsPage } from './problems-page.ts'

const open = { security: [], tags: ['health'] }
const Readiness = Type.Object({
  ready: Type.Boolean(),
  missing: Type.Array(Type.String(), { description: 'What does not answer.' }),
})
const answer = (description: string, schema: object) =>
  ({ description, content: { 'application/json': { schema } } }) as unknown

/** What needs no token: health, and the description of each error. */
export const publicRoutes = (server: TypedServer, checks: Checks): void => {
  server.get(
    '/health/live',
    {
      schema: {
        ...open,
        operationId: 'live',
        summary: 'Whether the process runs',
        response: { 200: answer('It runs.', Type.Object({ live: Type.Boolean() })) },
      },
    },
    async () => ({ live: true }),
  )
  server.get(
    '/health/ready',
    {
      schema: {
        ...open,
        operationId: 'ready',
        summary: 'Whether everything the service needs answers',
        response: { 200: answer('It is ready.', Readiness), 503: answer('Not now.', Readiness) },
      },
    },
    async (_request, reply) => {
      const state = await readiness(checks)
      return reply.code(state.ready ? 200 : 503).send(state)
    },
  )
  server.get(
    '/problems',
    {
      schema: {
        ...open,
        operationId: 'problems',
        summary: 'What each error means, as a page',
        tags: ['errors'],
        response: {
          200: { description: 'The page.', content: { 'text/html': { schema: Type.String() } } },
        } as unknown as Record<number, unknown>,
      },
    },
    async (_request, reply) => reply.type('text/html; charset=utf-8').send(problemsPage()),
  )
}
