import type { ObservationReported } from '@tideway/schemas/documents/entry'
import { codeName } from '../../keys/business-key.ts'

/** The same resource, and the same part of it: by its identifier, else its id. */
export const sameName = (a: ObservationReported, b: ObservationReported): boolean =>
  a.ownReportId !== null && a.ownReportId === b.ownReportId && a.ownKey === b.ownKey

/** A UUID may be made for one message (`Bundle.entry.fullUrl`): another is no other resource. */
const isOfMessage = (name: string): boolean =>
  /\/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(name)

/** What tells observations of one code apart, and is rarely corrected. */
const traitsOf = ({ bodySite, method, device }: ObservationReported): (string | null)[] => [
  codeName(bodySite),
  codeName(method),
  device,
]

/** Whether two statements can be about one resource: all that both state of it agrees. */
export const agree = (a: ObservationReported, b: ObservationReported): boolean => {
  const names = [a.ownReportId, b.ownReportId].filter((name) => name !== null)
  if (names.length === 2 && names[0] !== names[1] && !names.every(isOfMessage)) return false
  const other = traitsOf(b)
  return traitsOf(a).every((trait, index) => {
    const same = other[index]
    return trait === null || same == null || trait === same
  })
}
