import type { ReaderRole } from '../chart/access.ts'

/**
 * What each permission allows, and the roles that have it: least privilege.
 *
 * Operators run the pipeline and need no clinical record. Identity stewards need neither the record
 * nor the ledger, privacy officers none of them: the audit trail is not read here.
 */
export const permissions = {
  'read-record': {
    roles: ['clinician', 'system'],
    doc: 'Find a patient and read the combined record',
  },
  'read-ledger': {
    roles: ['operator', 'system'],
    doc: 'Read what became of messages: an operator of any source, a system of its own organisation',
  },
  'decide-identity': {
    roles: ['identity-steward'],
    doc: 'Read and decide who is who',
  },
} as const satisfies Record<string, { roles: readonly ReaderRole[]; doc: string }>

export type ApiPermission = keyof typeof permissions

export const permits = (role: ReaderRole, permission: ApiPermission): boolean =>
  (permissions[permission].roles as readonly ReaderRole[]).includes(role)
