import type { CapabilityStatement } from '@medplum/fhirtypes'
import { getAllDataTypes } from '@medplum/core'
import { isResourceType } from '@tideway/fhir/definitions'

/**
 * The CapabilityStatement of this interface.
 *
 * @param mapped  resource types that are mapped to the record
 * @param since   start time of the service, for `date`
 * @see FHIR R4, RESTful API, capabilities
 */
export const capabilityStatement = (
  issuer: string,
  mapped: ReadonlySet<string>,
  since: Date,
): CapabilityStatement => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: since.toISOString(),
  kind: 'instance',
  software: { name: 'Tideway fhir-ingest' },
  implementation: {
    description: 'Receives FHIR for the shared record; a separate API reads the record.',
  },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json', 'application/fhir+xml'],
  rest: [
    {
      mode: 'server',
      documentation:
        '2xx: the message is durable. 4xx: it is refused and not stored. 429 and 5xx: it is not stored and must be sent again. ' +
        'A literal reference may be to a resource that the same client sent before, or will send: until then the message is parked (202). ' +
        'Resources are not stored as such: the id of a created resource is derived from source, type and first identifier, so creating it twice gives the same id (201 each time) and one entry in the record. ' +
        'If-None-Exist is supported only as identifier=system|value of the resource itself; If-Match is answered 412, as versions are not kept. ' +
        'A delete, or a patch that only sets the status to entered-in-error, retracts what this client sent under the id; conditional ones are accepted in a Bundle.',
      security: {
        service: [
          {
            coding: [
              {
                system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
                code: 'SMART-on-FHIR',
              },
            ],
          },
        ],
        description: `OAuth 2 client credentials from ${issuer}, with scopes system/<type>.c, .u or .cu`,
      },
      interaction: [{ code: 'transaction' }, { code: 'batch' }],
      operation: [
        {
          name: 'process-message',
          definition: 'http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message',
        },
      ],
      resource: Object.keys(getAllDataTypes())
        .filter(isResourceType)
        .filter((type) => mapped.has(type))
        .map((type) => ({
          type: type as 'Patient',
          interaction: (['create', 'update', 'patch', 'delete'] as const).map((code) => ({ code })),
          versioning: 'no-version' as const,
          readHistory: false,
          updateCreate: true,
          conditionalCreate: true,
          conditionalUpdate: false,
        })),
    },
  ],
})
