import { subscribe } from 'node:diagnostics_channel'
import type { FastifyInstance, RouteOptions } from 'fastify'

type Schema = { properties?: Record<string, object>; required?: readonly string[] }
type Parameter = {
  name: string
  in: string
  required: boolean
  schema: object
  description?: string
}
type Operation = { parameters?: readonly Parameter[]; requestBody?: { content: object } }
type OpenApiDocument = { paths: Record<string, Record<string, Operation>> }

/** Every route that a Fastify instance gets from now on, with the schemas that validate it. */
export const watchRoutes = (): RouteOptions[] => {
  const routes: RouteOptions[] = []
  subscribe('fastify.initialization', (message) => {
    const { fastify } = message as { fastify: FastifyInstance }
    fastify.addHook('onRoute', (route) => void routes.push(route))
  })
  return routes
}

const isHidden = ({ schema, method }: RouteOptions): boolean =>
  method === 'HEAD' || (schema as { hide?: boolean } | undefined)?.hide === true

const inDocument = (schema: unknown, place: string): object[] => {
  const { properties = {}, required = [] } = (schema ?? {}) as Schema
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = property as { description?: string }
    return {
      ...(description === undefined ? {} : { description }),
      in: place,
      name,
      required: required.includes(name),
      schema: rest,
    }
  })
}

const text = (value: unknown): string => JSON.stringify(JSON.parse(JSON.stringify(value)))
const sorted = (parameters: readonly object[]): string =>
  parameters
    .map((one) => text(Object.fromEntries(Object.entries(one).sort())))
    .sort()
    .join()

/** What the document says otherwise than the schemas of the routes; empty if it says the same. */
export const misdescribed = (document: object, routes: readonly RouteOptions[]): string[] => {
  const { paths } = document as OpenApiDocument
  const shown = routes.filter((route) => !isHidden(route))
  const nameOf = ({ method, url }: RouteOptions) =>
    `${String(method)} ${url.replace(/:(\w+)/g, '{$1}')}`
  const problems = shown.flatMap((route) => {
    const [method = '', path = ''] = nameOf(route).split(' ')
    const operation = paths[path]?.[method.toLowerCase()]
    if (operation === undefined) return [`${nameOf(route)} is not in the document`]
    const { params, querystring, headers, body } = route.schema ?? {}
    const validated = [
      ...inDocument(params, 'path'),
      ...inDocument(querystring, 'query'),
      ...inDocument(headers, 'header'),
    ]
    return [
      ...(sorted(validated) === sorted(operation.parameters ?? [])
        ? []
        : [`${nameOf(route)}: parameters differ`]),
      ...((body === undefined) === (operation.requestBody === undefined)
        ? []
        : [`${nameOf(route)}: body differs`]),
    ]
  })
  const known = new Set(shown.map(nameOf))
  const extra = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .map((method) => `${method.toUpperCase()} ${path}`)
      .filter((name) => !known.has(name)),
  )
  return [...problems, ...extra.map((name) => `${name} is no route`)]
}
