import { type Checks, readiness } from '@tideway/runtime/health'
import { openApiPages } from '@tideway/http/openapi-pages'
import type { FastifyInstance } from 'fastify'
import { openApi } from './describe.ts'
import { problemsPage } from './problems-page.ts'

/**
 * What is answered without a token: health, the OpenAPI document, the page to read it, and the
 * meaning of each error.
 */
export const publicPages = async (
  app: FastifyInstance,
  checks: Checks,
  issuer: string,
): Promise<void> => {
  app.get('/health/live', async () => ({ live: true }))
  app.get('/health/ready', async (_request, reply) => {
    const state = await readiness(checks)
    return reply.code(state.ready ? 200 : 503).send(state)
  })
  app.get('/problems', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(problemsPage()),
  )
  await openApiPages(app, openApi(issuer), 'Tideway record service')
}
