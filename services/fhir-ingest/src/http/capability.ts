import type { CapabilityStatement } from '@medplum/fhirtypes'
import { getAllDataTypes } from '@medplum/core'
import { isResourceType } from '@tideway/fhir/definitions'

/**
 * What this interface does, and honestly what it does not.
 *
 * @param since   when this release was started, for `date`
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
    description:
      'FHIR in: what is sent here becomes part of the shared record, which is read elsewhere',
  },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json', 'application/fhir+xml'],
  rest: [
    {
      mode: 'server',
      documentation:
        'A 2xx answer means that the message is durable and will not be lost; 4xx that it is not kept and never will be as it is; 429 and 5xx that it is not kept and is to be sent again. ' +
        'There is no server state: ids of created resources come from source, type and first identifier, so that creating the same thing twice gives the same id (201 each time) and one entry of the record. ' +
        'If-None-Exist is therefore taken only as identifier=system|value of the resource itself; If-Match is answered 412, as no versions are kept.',
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
        description: `OAuth 2 client credentials of ${issuer}, scopes system/<type>.c, .u or .cu`,
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
          interaction: [{ code: 'create' as const }, { code: 'update' as const }],
          versioning: 'no-version' as const,
          readHistory: false,
          updateCreate: true,
          conditionalCreate: true,
          conditionalUpdate: false,
        })),
    },
  ],
})
