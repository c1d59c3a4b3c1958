import type { Source } from '@tideway/schemas/source'

const longest = 40

/**
 * The organisation a sandbox message speaks for: MSH-4.1, of which letters, digits, `-`, `_` and
 * `.` are kept, at most 40 characters;
 * `SANDBOX` if nothing is left.
 */
export const sandboxOrganisation = (sendingFacility: string | null): string =>
  (sendingFacility ?? '').replace(/[^A-Za-z0-9._-]/g, '').slice(0, longest) || 'SANDBOX'

/**
 * Takes any sender, any processing id and any identifier authority, for onboarding and for tests.
 * Never switched on where real messages arrive.
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
