import type { OpenApiOptions } from '@tideway/http/register-openapi'
import { permissions } from './permissions.ts'

const description = `Reads the combined record of a patient and the ledger of messages.

Absent values are left out; required lists are empty where there is nothing. Clinical times are FHIR
dateTimes, instants are RFC 3339. An address never holds an NHS number, a name or a birth date.

What is not a valid or complete HTTP request is answered 400, 408, 414, 417 or 431 with a problem
document, at any address.`

/**
 * What the OpenAPI document says beside the routes.
 *
 * @param issuer  address of the issuer of tokens
 */
export const openApiOptions = (issuer: string): OpenApiOptions => ({
  title: 'Tideway record service',
  version: '1.0.0',
  description,
  license: 'Apache-2.0',
  securitySchemes: {
    bearer: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: `An access token of ${issuer}, with the claims sub, role and organisation.`,
    },
  },
  tags: Object.entries(permissions).map(([name, { doc, roles }]) => ({
    name,
    description: `${doc}. Roles: ${roles.join(', ')}.`,
  })),
})
