import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'

/** The page loads its own files only: it works offline, and runs no inline script. */
const docsPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** The default colours fail WCAG AA contrast. */
const contrast = `
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: #0b5cad }
.swagger-ui .opblock.opblock-post .opblock-summary-method { background: #1c6e45 }
.swagger-ui .opblock.opblock-put .opblock-summary-method { background: #8a4b00 }
.swagger-ui .btn.authorize { color: #1c6e45; border-color: #1c6e45 }
`

/** Serves Swagger UI at `/docs`, for the document of @fastify/swagger. */
export const registerDocsPage = async (server: FastifyInstance, title: string): Promise<void> => {
  await server.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: docsPolicy,
    theme: { title, css: [{ filename: 'contrast.css', content: contrast }] },
    // BaseLayout leaves out the top bar, which has a logo, an inline style that the policy forbids,
    // and a field to load other documents.
    uiConfig: {
      layout: 'BaseLayout',
      docExpansion: 'list',
      defaultModelsExpandDepth: 0,
      persistAuthorization: false,
      validatorUrl: null,
    },
  })
}
