import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { type Checks, readiness } from '@tideway/shared/health'
import type { FastifyInstance } from 'fastify'
import { openApi } from './openapi.ts'
import { problemsPage } from './problems-page.ts'

/** The page's own files only: it works without a network, and nothing it shows can run as a script. */
const docsPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** White on the page's own colours, and its green on white, are too faint to read for many. */
const contrast = `
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #0b5cad }
.swagger-ui .opblock.opblock-post .opblock-summary-method { background: #1c6e45 }
.swagger-ui .btn.authorize { color: #1c6e45; border-color: #1c6e45 }
`

/** What is answered without a token: health, the OpenAPI document, the page to read it, and the meaning of each error. */
export const publicPages = async (app: FastifyInstance, checks: Checks, issuer: string): Promise<void> => {
  const document = openApi(issuer)
  app.get('/health/live', async () => ({ live: true }))
  app.get('/health/ready', async (_request, reply) => {
    const state = await readiness(checks)
    return reply.code(state.ready ? 200 : 503).send(state)
  })
  app.get('/openapi.json', async () => document)
  app.get('/problems', async (_request, reply) => reply.type('text/html; charset=utf-8').send(problemsPage()))
  await app.register(swagger, { mode: 'static', specification: { document: document as never } })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: docsPolicy,
    theme: { title: 'Tideway record service', css: [{ filename: 'contrast.css', content: contrast }] },
    // Without the bar at the top: it has somebody's logo, a style the policy forbids, and a field to read other documents.
    uiConfig: { layout: 'BaseLayout', docExpansion: 'list', defaultModelsExpandDepth: 0, persistAuthorization: false, validatorUrl: null },
  })
}
