import type { StatusSystem } from '@tideway/schemas/events.generated'
import { readRequestStatus, type requestStatuses } from './order-status.ts'
import { type SentStatus, statusReader, type StatusTable } from './status-table.ts'

/**
 * OBR-25 of an order, HL7 v2.9 table 0123, result status: how far the order is by its result. No
 * order and no patient on record (Y, Z) say nothing of an order that is known.
 */
export const orderProgress = {
  active: { HL70123: 'O' }, // order received, specimen not yet received
  scheduled: { HL70123: 'S' },
  'in-progress': { HL70123: ['I', 'N'] }, // no results available yet; procedure done, results pending
  'partial-results': { HL70123: ['A', 'P', 'R', 'M'] }, // some, preliminary, unverified, corrected
  completed: { HL70123: ['F', 'C'] },
  cancelled: { HL70123: 'X' },
  'not-found': { HL70123: ['Y', 'Z'] },
} as const satisfies Partial<StatusTable<keyof typeof requestStatuses>>

const readProgress = statusReader(orderProgress)

type OrderStatus = SentStatus<keyof typeof requestStatuses>

/**
 * Status of an order: ORC-5, else OBR-25. An order whose OBR-25 is `X` is cancelled whatever ORC-5
 * says: one ORC may stand for several OBR.
 *
 * @param result  OBR-25; null if not sent
 * @returns `usesResult`: whether OBR-25 decided
 */
export const readOrderStatus = (
  status: string | null,
  result: string | null,
): OrderStatus & { usesResult: boolean } => {
  const system: StatusSystem = 'HL70123'
  const progress = readProgress(result, system)
  const usesResult = result !== null && (status === null || progress.status === 'cancelled')
  return {
    ...(usesResult ? (progress as OrderStatus) : readRequestStatus(status, 'HL70038')),
    usesResult,
  }
}
