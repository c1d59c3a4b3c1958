import type { Document, DocumentStatus, Entry, Report } from '@tideway/schemas/documents/entry'
import { newestSaid } from '../entries/kept-statements.ts'
import { reportRetractionOf } from '../entries/report-versions.ts'
import { isRetraction } from '../status/observation-status.ts'

type EntryState = { kind: Entry['data']['kind']; status: string }

/** Whether an observation was retracted. */
export const isWithdrawnObservation = ({ status }: { status: DocumentStatus }): boolean =>
  isRetraction(status)

/**
 * Whether a document was retracted. One cancelled by T11 counts as entered in error: it may have
 * been dictated for another patient.
 *
 * @see HL7 v2.5.1 chapter 9.5, MDM T11
 */
export const isWithdrawnDocument = ({ status }: Pick<Document, 'status'>): boolean =>
  isWithdrawnObservation({ status }) || status === 'cancelled'

/**
 * Whether an entry was retracted as a whole.
 *
 * A report that was cancelled (OBR-25 X) was never made, which is not a retraction; an encounter is
 * compensated, never retracted. A report can stand while some of its observations are withdrawn:
 * see `withdrawalsIn`.
 *
 * @param data  an entry's data, or anything with its `kind` and `status`
 */
export const isWithdrawn = ({ kind, status }: EntryState): boolean => {
  if (kind === 'encounter') return false
  return kind === 'document'
    ? isWithdrawnDocument({ status: status as DocumentStatus })
    : status === 'entered-in-error'
}

/** Whether every observation of a report was another patient's. */
export const isWrongPatientReport = ({ observations }: Pick<Report, 'observations'>): boolean =>
  observations.length > 0 && observations.every(({ status }) => status === 'wrong-patient')

export type WithdrawalStatus = 'wrong-patient' | 'entered-in-error' | 'cancelled'

/**
 * Something a reader may have acted on and that was retracted since. `observation`: its index in
 * the report, null for the whole entry. `version`: of the statement that retracted an observation;
 * null for a whole entry.
 */
export type Withdrawal = {
  observation: number | null
  status: WithdrawalStatus
  version: string | null
}

const withdrawnObservations = (report: Report): Withdrawal[] =>
  report.observations.flatMap((observation, index) => {
    const { status, reported } = observation
    if (!isRetraction(status)) return []
    const newest = newestSaid(observation)
    const by = isRetraction(newest?.status ?? null) ? null : reportRetractionOf(report, reported)
    return [{ observation: index, status, version: (by ?? newest)?.version ?? null }]
  })

/** Everything retracted in an entry: the whole of it, or observations of a report that stands. */
export const withdrawalsIn = ({ data }: Pick<Entry, 'data'>): Withdrawal[] => {
  if (isWithdrawn(data))
    return [{ observation: null, status: data.status as WithdrawalStatus, version: null }]
  return data.kind === 'report' ? withdrawnObservations(data) : []
}
