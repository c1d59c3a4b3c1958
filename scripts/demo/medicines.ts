import type { PatientRecord } from '@tideway/record-api/json/record'
import { shownTime } from './times.ts'
import { shortName } from './where.ts'

type Medicine = PatientRecord['prescriptions'][number]

/**
 * Medicines as sent, two lines each: what was prescribed, and what was dispensed and when. Null if
 * there are none.
 */
export const medicineLines = ({
  prescriptions,
  dispenses,
  patients,
}: PatientRecord): string | null => {
  const names = new Map(
    patients.map(({ organisation, organisationName }) => [organisation, organisationName]),
  )
  const shown =
    (what: string, field: string) =>
    ({ line, status, said, organisation }: Medicine) =>
      `${shownTime(said[field] as string | undefined)}  ${what}, ${status}, ${shortName(names.get(organisation), organisation)}\n    ${line ?? 'medicine not said'}`
  return (
    [
      ...prescriptions.map(shown('prescribed', 'prescribedAt')),
      ...dispenses.map(shown('dispensed', 'dispensedAt')),
    ].join('\n') || null
  )
}
