import type { completionStatuses } from './completion-status.ts'
import type { dispenseStatuses } from './order-status.ts'
import { type SentStatus, statusReader, type StatusTable } from './status-table.ts'

/** BPX-2, HL7 v2.9 table 0510, blood product dispense status. */
export const bloodDispenseStatuses = {
  active: { HL70510: 'RQ' }, // request to dispense
  reserved: { HL70510: ['RD', 'RI', 'RS'] }, // ready to dispense, received, allocated
  completed: { HL70510: 'DS' }, // dispensed to the patient location
  'presumed-given': { HL70510: 'PT' }, // dispensed and not returned
  returned: { HL70510: ['RA', 'RL'] }, // unused
  released: { HL70510: ['CR', 'RE'] }, // no longer for this patient
  wasted: { HL70510: 'WA' },
} as const satisfies Partial<StatusTable<keyof typeof dispenseStatuses>>

/** BTX-11, HL7 v2.9 table 0513, blood product transfusion or disposition status. */
export const transfusionStatuses = {
  'in-progress': { HL70513: 'TS' },
  completed: { HL70513: ['TX', 'TR'] }, // ended, ended with reactions
  stopped: { HL70513: 'TI' }, // interrupted
  'not-given': { HL70513: ['RA', 'RL', 'WA'] }, // returned unused, wasted
} as const satisfies Partial<StatusTable<keyof typeof completionStatuses>>

/**
 * BPX-3 and BTX-12, HL7 v2.9 table 0511, as far as they decide whatever the status of the product
 * is: the record is deleted, or was posted on the wrong patient. The others (C, F, O, P) say how
 * final that status is.
 */
export const bloodRetractions = {
  'entered-in-error': { HL70511: ['D', 'W'] },
} as const satisfies StatusTable<'entered-in-error'>

/** Codes of table 0511 that leave the status of the product. */
const statusStands: ReadonlySet<string | null> = new Set([null, 'C', 'F', 'P'])

const readDispense = statusReader(bloodDispenseStatuses)
const readTransfusion = statusReader(transfusionStatuses)
const readRetraction = statusReader(bloodRetractions)

type BloodStatus = SentStatus<
  keyof typeof dispenseStatuses | keyof typeof completionStatuses | 'entered-in-error'
>

/** Order detail only, table 0511 O: no status was sent. */
const none = { status: null, statusAsSent: null, statusSystem: null }

const settled = (product: BloodStatus, message: string | null): BloodStatus => {
  if (statusStands.has(message)) return product
  return message === 'O' ? none : readRetraction(message, 'HL70511')
}

/**
 * Status of a blood product dispensed. A code of BPX-3 in no table makes it `unknown`, as it may
 * take the product back.
 *
 * @param status  BPX-2
 * @param message  BPX-3
 */
export const readBloodDispenseStatus = (
  status: string | null,
  message: string | null,
): BloodStatus => settled(readDispense(status, 'HL70510'), message)

/**
 * Status of a blood product given; see `readBloodDispenseStatus`.
 *
 * @param status  BTX-11
 * @param message  BTX-12
 */
export const readTransfusionStatus = (status: string | null, message: string | null): BloodStatus =>
  settled(readTransfusion(status, 'HL70513'), message)
