import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'

/**
 * The page's own files only: it works without a network, and nothing it shows can run as a script.
 */
const docsPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** White on the page's own colours, and its green on white, are too faint to read for many. */
const contrast = `
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #0b5cad }
.swagger-ui .opblock.opblock-post .opblock-summary-method { background: #1c6e45 }
.swagger-ui .opblock.opblock-put .opblock-summary-method { background: #8a4b00 }
.swagger-ui .btn.authorize { color: #1c6e45; border-color: #1c6e45 }
`

/** The OpenAPI document at `/openapi.json`, and the page to read it at `/docs`. */
export const openApiPages = async (
  app: FastifyInstance,
  document: object,
  title: string,
): Promise<void> => {
  app.get('/openapi.json', async () => document)
  await app.register(swagger, { mode: 'static', specification: { document: document as never } })
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: docsPolicy,
    theme: { title, css: [{ filename: 'contrast.css', content: contrast }] },
    // Without the bar at the top: it has somebody's logo, a style the policy forbids, and a field
    // to read other documents.
    uiConfig: {
      layout: 'BaseLayout',
      docExpansion: 'list',
      defaultModelsExpandDepth: 0,
      persistAuthorization: false,
      validatorUrl: null,
    },
  })
}
