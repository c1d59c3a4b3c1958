import type { ResourceKnown, ResourcePart } from '@tideway/schemas/events.generated'

/**
 * Where a resource is in the record: its source patient, and the business key of its entry, as in
 * the key field of its events (`allergyId`, `resourceKey`); for an observation that was only sent
 * in a report, its own key (`ownReportId`). The key of a Patient is empty.
 */
export type FoundResource = {
  patientKey: string
  key: string
  /** Of an Observation, as far as they are known. */
  parts?: readonly ResourcePart[]
}

/** Where a resource sent before is; null if it has no entry, or is about nobody. */
export const asFound = ({ type, patientKey, key, parts }: ResourceKnown): FoundResource | null => {
  if (patientKey === null) return null
  if (type === 'Patient') return { patientKey, key: '' }
  return key === null ? null : { patientKey, key, parts }
}
