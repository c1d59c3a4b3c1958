import type {
  ObservationReported,
  Origin,
  Report,
  ReportObservation,
} from '@tideway/schemas/documents/entry'
import type { Path } from '@tideway/record/provenance/locate'
import { isWithdrawnObservation } from '@tideway/record/withdrawal/is-withdrawn'
import {
  earlierValues,
  showsReportField,
  shownValue,
} from '@tideway/record/withdrawal/shown-after-withdrawal'
import { observationMore } from '../json/observation.ts'
import { reportMore } from '../json/report.ts'
import type { Trace } from './trace.ts'

const traced = (
  { message, place }: Origin,
  record: string,
  said: object,
  path: Path,
  shown: Path,
): Trace => ({ shown, message, place, record, said, path })

const renamed: Readonly<Record<string, string>> = {
  receivedAt: 'specimenReceivedAt',
  status: 'statusAsSent',
}
const inMore: ReadonlySet<string> = new Set(reportMore.names)
const shownAs = (name: string): Path =>
  inMore.has(name) ? ['more', name] : [renamed[name] ?? name]

const headerTraces = (report: Report): Trace[] => {
  const told = new Set<string>()
  return report.header.flatMap((contribution) =>
    Object.keys(contribution.fields).flatMap((name) => {
      if (told.has(name) || !showsReportField(report, name)) return []
      told.add(name)
      return [
        traced(contribution, 'ResultReported', contribution.fields, [name], shownAs(name)),
        ...(name === 'status'
          ? [traced(contribution, 'ResultReported', contribution.fields, [name], ['status'])]
          : []),
      ]
    }),
  )
}

const valueFields = [
  'value',
  'valueType',
  'coded',
  'attachment',
  'unit',
  'ucum',
  'numeric',
  'range',
  'flags',
  'observedAt',
  'analysedAt',
  'notes',
] as const
const moreFields = observationMore.names
const newestFields = ['producer', 'method', 'bodySite'] as const

const valueTraces = (reported: ObservationReported, shown: Path): Trace[] => [
  ...valueFields.map((name) => traced(reported, 'Observation', reported, [name], [...shown, name])),
  ...moreFields.map((name) =>
    traced(reported, 'Observation', reported, [name], [...shown, 'more', name]),
  ),
]
const statusTrace = (reported: ObservationReported, shown: Path): Trace =>
  traced(reported, 'Observation', reported, ['status'], shown)

/** A withdrawn observation has no traces: its text was never this patient's, or never true. */
const observationTraces = (observation: ReportObservation, index: number): Trace[] => {
  if (isWithdrawnObservation(observation)) return []
  const at: Path = ['observations', index]
  const newest = observation.reported.at(-1) as ObservationReported
  const { code, subId } = observation
  const own = { ...newest, code, subId }
  return [
    ...valueTraces(shownValue(observation) ?? newest, at),
    ...newestFields.map((name) => traced(newest, 'Observation', newest, [name], [...at, name])),
    ...(['code', 'subId'] as const).map((name) =>
      traced(newest, 'Observation', own, [name], [...at, name]),
    ),
    statusTrace(newest, [...at, 'statusAsSent']),
    statusTrace(newest, [...at, 'status']),
    traced(newest, 'Observation', newest, ['value'], [...at, 'reason']),
    ...earlierValues(observation).flatMap((reported, nth) => {
      const earlier: Path = [...at, 'earlier', nth]
      return [
        ...valueTraces(reported, earlier),
        statusTrace(reported, [...earlier, 'statusAsSent']),
      ]
    }),
  ]
}

export const reportTraces = (report: Report): Trace[] => [
  ...headerTraces(report),
  ...report.observations.flatMap(observationTraces),
]
