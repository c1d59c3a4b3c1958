import type {
  ObservationReported,
  Origin,
  Report,
  ReportObservation,
} from '@tideway/schemas/documents/entry'
import type { Path } from '@tideway/record/provenance/locate'
import { earlierOf, isWithdrawn, observationMore, shownOf } from '../json/observation.ts'
import { reportMore, showsHeader } from '../json/report.ts'
import type { Trace } from './trace.ts'

const traced = (
  { message, place }: Origin,
  record: string,
  said: object,
  path: Path,
  shown: Path,
): Trace => ({ shown, message, place, record, said, path })

const renamed: Readonly<Record<string, string>> = { receivedAt: 'specimenReceivedAt' }
const inMore: ReadonlySet<string> = new Set(reportMore.names)
const shownAs = (name: string): Path =>
  inMore.has(name) ? ['more', name] : [renamed[name] ?? name]

const headerTraces = (report: Report): Trace[] => {
  const told = new Set<string>()
  return report.header.flatMap((contribution) =>
    Object.keys(contribution.fields).flatMap((name) => {
      if (told.has(name) || !showsHeader(report, name)) return []
      told.add(name)
      return [traced(contribution, 'ResultReported', contribution.fields, [name], shownAs(name))]
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

const asSentFields = ['statusAsSent', 'statusSystem']
const asSentTraces = (reported: ObservationReported, shown: Path): Trace[] =>
  asSentFields.map((name) => traced(reported, 'Observation', reported, [name], [...shown, name]))

/** A withdrawn observation has no traces: its text was never this patient's, or never true. */
const observationTraces = (observation: ReportObservation, index: number): Trace[] => {
  if (isWithdrawn(observation.status)) return []
  const at: Path = ['observations', index]
  const newest = observation.reported.at(-1) as ObservationReported
  const { code, subId } = observation
  const own = { ...newest, code, subId }
  return [
    ...valueTraces(shownOf(observation) ?? newest, at),
    ...newestFields.map((name) => traced(newest, 'Observation', newest, [name], [...at, name])),
    ...(['code', 'subId'] as const).map((name) =>
      traced(newest, 'Observation', own, [name], [...at, name]),
    ),
    ...asSentTraces(newest, at),
    traced(newest, 'Observation', newest, ['status'], [...at, 'status']),
    traced(newest, 'Observation', newest, ['value'], [...at, 'reason']),
    ...earlierOf(observation).flatMap((reported, nth) => {
      const earlier: Path = [...at, 'earlier', nth]
      return [...valueTraces(reported, earlier), ...asSentTraces(reported, earlier)]
    }),
  ]
}

export const reportTraces = (report: Report): Trace[] => [
  ...headerTraces(report),
  ...report.observations.flatMap(observationTraces),
]
