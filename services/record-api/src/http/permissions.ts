import type { Role } from '../chart/access.ts'

/**
 * What each permission lets a caller do, and which roles have it: the fewest that can do their
 * work.
 *
 * An operator keeps the line running and needs no clinical record for it; identity stewards and
 * privacy officers work on who a record belongs to and who read it, neither of which this service
 * answers. A clinician has no use for the message ledger.
 */
export const permissions = {
  'read-record': {
    roles: ['clinician', 'system'],
    doc: 'Find a patient and read the combined record',
  },
  'read-ledger': {
    roles: ['operator', 'system'],
    doc: 'Ask what became of a message: an operator of any source, a system of its own organisation',
  },
} as const satisfies Record<string, { roles: readonly Role[]; doc: string }>

export type Permission = keyof typeof permissions

export const permits = (role: Role, permission: Permission): boolean =>
  (permissions[permission].roles as readonly Role[]).includes(role)
