import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { registerDocsPage } from './docs-page.ts'

/**
 * Serves a finished OpenAPI document at `/openapi.json` and a page to read it at `/docs`.
 *
 * @deprecated  `registerOpenApi` makes the document from the routes
 */
export const openApiPages = async (
  app: FastifyInstance,
  document: object,
  title: string,
): Promise<void> => {
  app.get('/openapi.json', async () => document)
  await app.register(swagger, { mode: 'static', specification: { document: document as never } })
  await registerDocsPage(app, title)
}
