import type {
  ObservationReported,
  Report,
  ReportObservation,
} from '@tideway/schemas/documents/entry'
import { versionOf } from '../entries/version.ts'
import { observation } from '../entries/histories.fixture.ts'

/** Version of a statement made and received in a given minute since 1970. */
export const versionAt = (minute: number): string => versionOf(minute * 60_000, minute * 60_000_000)

/** A stored statement about an observation, made in a given minute. */
export const statement = (
  status: string,
  value: string | null,
  minute: number,
): ObservationReported => ({
  ...observation(status, value),
  message: `m${minute}`,
  place: 'OBX[1]',
  source: 'RJZ',
  version: versionAt(minute),
})

/** An observation as stored; the value shown is that of the newest statement unless given. */
export const stored = (
  status: ReportObservation['status'],
  reported: ObservationReported[],
  valueFrom: number | null = reported.length - 1,
): ReportObservation => {
  const { key, code, subId } = observation(null, null)
  return { key, code, subId, status, reported, valueFrom }
}

export const storedReport = (
  status: Report['status'],
  observations: ReportObservation[],
): Report => ({
  kind: 'report',
  reportId: 'R1',
  status,
  statusAsSent: status,
  header: [
    {
      message: 'm2',
      place: 'OBR[1]',
      source: 'RJZ',
      version: versionAt(2),
      fields: { notes: ['a'] } as never,
    },
    { message: 'm1', place: 'OBR[1]', source: 'RJZ', version: versionAt(1), fields: { status } },
  ],
  observations,
})
