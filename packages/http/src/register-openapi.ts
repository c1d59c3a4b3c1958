import swagger from '@fastify/swagger'
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { registerDocsPage } from './docs-page.ts'
import { hoistNamed } from './hoist-named.ts'

/** What the OpenAPI document says beside its routes. */
export type OpenApiOptions = {
  title: string
  version: string
  description: string
  /** SPDX identifier. */
  license?: string
  /** Every route needs these, except one whose schema has `security: []`. */
  securitySchemes: Readonly<Record<string, object>>
  tags?: readonly { name: string; description: string }[]
}

const documentOf = ({ title, version, description, ...more }: OpenApiOptions): object => ({
  openapi: '3.1.1',
  info: {
    title,
    version,
    description,
    ...(more.license === undefined
      ? {}
      : { license: { name: more.license, identifier: more.license } }),
  },
  security: Object.keys(more.securitySchemes).map((name) => ({ [name]: [] })),
  ...(more.tags === undefined ? {} : { tags: more.tags }),
  components: { securitySchemes: more.securitySchemes },
})

/** Typed by the TypeBox schemas of its routes. */
export type TypedServer = ReturnType<typeof typed>
const typed = (server: FastifyInstance) => server.withTypeProvider<TypeBoxTypeProvider>()

/**
 * Makes the schemas of the routes the one source of validation and of the OpenAPI document.
 *
 * Serves the document at `/openapi.json` and a page to read it at `/docs`. Call it before any route
 * is added: only later ones are described. Params, query, headers and body are validated by TypeBox
 * and typed in handlers; params, query and headers are first converted to the types of their
 * schemas. Responses are not validated or filtered.
 *
 * A schema with an `$id` becomes a component of that name. A route is left out of the document only
 * by `schema: { hide: true }`.
 *
 * @returns the server, typed by the schemas of its routes
 * @throws Error, from the call that adds it, for a route that has no schema
 * @see OpenAPI Specification 3.1
 */
export const registerOpenApi = async (
  server: FastifyInstance,
  options: OpenApiOptions,
): Promise<TypedServer> => {
  server.setValidatorCompiler(TypeBoxValidatorCompiler)
  server.setSerializerCompiler(() => JSON.stringify)
  server.addHook('onRoute', ({ method, url, schema }) => {
    if (schema === undefined) throw new Error(`route ${method} ${url} has no schema`)
  })
  await server.register(swagger, {
    openapi: documentOf(options),
    convertConstToEnum: false,
    transform: ({ schema, url, ...document }) => ({
      schema: hoistNamed(schema, namedSchemas(document)) as typeof schema,
      url,
    }),
  })
  server.get('/openapi.json', { schema: { hide: true } }, async () => server.swagger())
  await registerDocsPage(server, options.title)
  return typed(server)
}

/** Schemas of the document's components, to add to. */
const namedSchemas = (document: object): Record<string, unknown> => {
  const { openapiObject } = document as {
    openapiObject?: { components?: { schemas?: Record<string, unknown> } }
  }
  return openapiObject?.components?.schemas ?? {}
}
