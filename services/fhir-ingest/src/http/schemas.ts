import { type Static, type TProperties, type TSchema, Type } from 'typebox'
import { describedErrors } from '../outcomes.ts'
import { fhirJson, fhirXml } from './formats.ts'

/** FHIR content is validated against R4, not by JSON Schema: here it is only named. */
const Resource = Type.Any({
  $id: 'Resource',
  description: 'A resource as FHIR R4 defines it, in UTF-8, plain or gzip.',
})
const Bundle = Type.Any({
  $id: 'Bundle',
  description:
    'A Bundle as FHIR R4 defines it, of type transaction, batch, message, document or collection, in UTF-8, plain or gzip.',
})
const OperationOutcome = Type.Any({
  $id: 'OperationOutcome',
  description:
    'An OperationOutcome as FHIR R4 defines it: every fault with its code and its place, never with a value; 100 at most.',
})

const inBothFormats = (schema: TSchema) => ({ [fhirJson]: { schema }, [fhirXml]: { schema } })
export const resourceBody = { content: inBothFormats(Resource) }
export const patchBody = {
  content: {
    ...inBothFormats(Resource),
    'application/json-patch+json': { schema: Type.Any({ description: 'RFC 6902.' }) },
  },
}
export const bundleBody = { content: inBothFormats(Bundle) }

const text = (description: string) => Type.Optional(Type.String({ description }))

/** Query of every FHIR route. */
export const Format = Type.Object({
  _format: text('json or xml, as the media type of the answer; takes precedence over Accept.'),
})

const common = {
  prefer: text(
    'return=minimal, representation or OperationOutcome: the body of a successful answer.',
  ),
  traceparent: text('W3C Trace Context.'),
}
const conditions = {
  'if-none-exist': text(
    'identifier=system|value, with an identifier of the resource itself; no other condition is supported.',
  ),
  'if-match': text('Not supported: answered 412, as versions of resources are not kept.'),
}

/** Headers of a request with a Bundle, and of one with a resource. */
export const FhirHeaders = Type.Object({ ...common, ...conditions })
export type FhirHeaders = Static<typeof FhirHeaders>

/** Headers of a request to retract a resource. */
export const RetractionHeaders = Type.Object({ ...common, 'if-match': conditions['if-match'] })

const typeParameter = (types: readonly string[]) =>
  Type.String({
    pattern: '^[A-Z][A-Za-z]*$',
    description: `A resource type of R4. Mapped to the record: ${[...types].sort().join(', ')}. Any other is stored and parked (202).`,
  })

const object = <P extends TProperties>(properties: P) => Type.Object(properties)

/** Path of a create. */
export const TypePath = (types: readonly string[]) => object({ type: typeParameter(types) })
/** Path of an update. @see FHIR R4, datatype id */
export const InstancePath = (types: readonly string[]) =>
  object({
    type: typeParameter(types),
    id: Type.String({ pattern: '^[A-Za-z0-9.-]{1,64}$', description: 'Id of the resource.' }),
  })

type Answered = { description: string; headers?: object; content?: object }

const location = {
  Location: { type: 'string', description: 'Address of the resource, with its id.' },
}
export const created: Record<number, Answered> = {
  201: {
    description:
      'Created and durable. The id is the same each time the same resource is created. The body depends on Prefer.',
    headers: location,
  },
}
export const updated: Record<number, Answered> = {
  200: {
    description: 'Updated and durable. The body depends on Prefer.',
    headers: location,
  },
}
export const deleted: Record<number, Answered> = {
  204: { description: 'Durable: what the resource stated was entered in error.' },
}
export const patched: Record<number, Answered> = {
  200: {
    description:
      'Durable. Only a patch that does nothing but set the status to entered-in-error is accepted.',
  },
}
export const answeredByEntry: Record<number, Answered> = {
  200: {
    description:
      'Durable. A transaction-response or batch-response for a transaction or batch, else an OperationOutcome.',
    content: inBothFormats(Type.Union([Bundle, OperationOutcome])),
  },
}
export const messageTaken: Record<number, Answered> = {
  200: { description: 'Durable.', content: inBothFormats(OperationOutcome) },
}
export const capability: Record<number, Answered> = {
  200: { description: 'The CapabilityStatement.', content: inBothFormats(Resource) },
}

/** Each error status, with the codes it may have. */
const refusals = (): Record<string, Answered> => {
  const refused = Object.entries(describedErrors).filter(([, { status }]) => status >= 400)
  return Object.fromEntries(
    [...Map.groupBy(refused, ([, { status }]) => status)].map(([status, errors]) => [
      status,
      {
        description: errors.map(([code, { text }]) => `${code}: ${text}`).join('\n\n'),
        content: inBothFormats(OperationOutcome),
      },
    ]),
  )
}

/** All answers of a route that accepts content. */
export const answers = (success: Record<number, Answered>): Record<string, Answered> => ({
  ...success,
  202: {
    description:
      'Durable, but not mapped to the record, or it refers to what is not sent yet: it is parked.',
    content: inBothFormats(OperationOutcome),
  },
  ...refusals(),
})
