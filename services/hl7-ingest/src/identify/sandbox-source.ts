import type { Source } from '@tideway/schemas/source'

const longest = 40

/**
 * The organisation of a sandbox message: MSH-4.1 reduced to letters, digits, `-`, `_` and `.`, at
 * most 40 characters; `SANDBOX` if that is empty.
 */
export const sandboxOrganisation = (sendingFacility: string | null): string =>
  (sendingFacility ?? '').replace(/[^A-Za-z0-9._-]/g, '').slice(0, longest) || 'SANDBOX'

/**
 * Accepts any sender, processing id and assigning authority, for onboarding and tests. Must not be
 * enabled where real messages arrive.
 */
export const sandboxSource = (
  sendingFacility: string | null,
  limits: Source['hl7']['limits'],
): Source => {
  const ods = sandboxOrganisation(sendingFacility)
  return {
    ods,
    name: `Sandbox ${ods}`,
    kind: 'sandbox',
    hl7: {
      match: { ports: [], certificates: [], sendingApplications: [], sendingFacilities: [] },
      characterSet: 'windows-1252',
      timeZone: 'Europe/London',
      authorities: { '*': ods },
      nhsNumber: {
        authorities: ['NHS', 'NHSNBR', 'NHSNUMBER', 'NHS NUMBER'],
        types: ['NH', 'NHS', 'NHSNMBR'],
      },
      patientIdentifierTypes: ['MR', 'PI', 'PAS', 'HOSP', 'PT', 'MRN', 'PATID', 'U'],
      codes: {},
      fixes: [],
      strict: false,
      processingIds: ['P', 'T', 'D'],
      batchAcknowledgement: 'message',
      limits,
    },
  }
}
