import type { Entry } from '@tideway/schemas/documents/entry'

export type WithdrawalRow = {
  type: string
  /** The resource, without its type, identifier and patient. */
  said: object
  /** What withdraws it; `status: entered-in-error` if not given. */
  back?: object
  /** Elements a bare withdrawal must still have, and those a full one may not have. */
  required?: string[]
  not?: string[]
  who?: 'patient' | 'for'
  kind: Entry['kind']
  before: string
  after?: string
  /** Where it counts while it stands: a section of the summary, or another place. */
  counts?: 'allergies' | 'problems' | 'medicines' | 'alerts' | 'reports' | 'line' | 'whereNow'
  alarms?: string[]
}
