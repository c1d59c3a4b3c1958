import type {
  Doubt,
  Entry,
  Report,
  ReportChunk,
  ReportObservation,
} from '@tideway/schemas/documents/entry'
import type { ReportLine } from '@tideway/schemas/documents/head'
import { abnormalOf, flagRank, isSevere } from '../alerts/abnormal-flag.ts'
import { clinicalTimeOf, isAfterItsMessage } from '../entries/entry.ts'
import { firstSaying } from '../entries/facts.ts'
import { codeName } from '../keys/business-key.ts'
import { retractionOf } from '../status/report-status.ts'
import { flaggedBy, isCurrent } from '../withdrawal/shown-after-withdrawal.ts'
import { wordOf } from './amount-words.ts'
import { cut as cutText } from './line.ts'
import { measuredWords, siteApart } from './measured.ts'
import { lostCounts, sumOfCounts } from './result-counts.ts'

/** Abnormal values of a line, as many as a head has room for; counts say how many are left. */
const abnormalKept = 2
const longestText = 26

const cut = (text: string | null): string | null =>
  text === null ? null : cutText(text, longestText)

const abnormalIn =
  (observations: readonly ReportObservation[]) =>
  (observation: ReportObservation): ReportLine['abnormal'] => {
    const { code } = observation
    const shown = flaggedBy(observation)
    const abnormal = shown === null ? null : abnormalOf(shown)
    if (shown === null || abnormal === null) return []
    const value = shown.value ?? wordOf(shown.coded)
    const bodySite = siteApart(observation, observations)
    return [
      {
        name: cut(wordOf(code)),
        value: cut(value),
        unit: cut(codeName(shown.unit)),
        flag: abnormal.flag,
        ...(abnormal.computed ? { computed: true } : {}),
        ...(bodySite === null ? {} : { bodySite }),
      },
    ]
  }

type Values = Pick<ReportLine, 'abnormal' | 'moreCritical' | 'moreAbnormal'>

/** The first abnormal values, critical ones before the others, and how many are left of each. */
const firstAbnormal = (abnormal: ReportLine['abnormal']): Values => {
  const ordered = abnormal.toSorted((a, b) => flagRank(a) - flagRank(b))
  const left = ordered.slice(abnormalKept)
  const moreCritical = left.filter(isSevere).length
  const moreAbnormal = left.length - moreCritical
  return {
    abnormal: ordered.slice(0, abnormalKept),
    ...(moreCritical > 0 ? { moreCritical } : {}),
    ...(moreAbnormal > 0 ? { moreAbnormal } : {}),
  }
}

type Counts = Pick<ReportLine, 'notCurrent' | 'retracted'>

/** The counts of a report in chunks; its values are in these. */
const ofChunks = ({ status }: Report, chunks: readonly ReportChunk[]): Values & Counts => {
  const { critical, abnormal, ...others } = sumOfCounts(chunks)
  const isOver = retractionOf(status) !== null
  return {
    abnormal: [],
    ...(critical === undefined || isOver ? {} : { moreCritical: critical }),
    ...(abnormal === undefined || isOver ? {} : { moreAbnormal: abnormal }),
    ...others,
  }
}

/** What a later statement that may be about a report may have done to it. */
export const doubtWord = ({ withdraws }: Doubt): NonNullable<ReportLine['inDoubt']> =>
  withdraws ? 'may-be-withdrawn' : 'may-be-changed'

const lineOf = (entry: Entry, data: Report): ReportLine => {
  const { service = null } = firstSaying(data.header, 'service')?.fields ?? {}
  const { specimens = [] } = firstSaying(data.header, 'specimens')?.fields ?? {}
  const { bodySites = [] } = firstSaying(data.header, 'bodySites')?.fields ?? {}
  // No value of a cancelled report is shown; those of a withdrawn one have no `valueFrom`.
  const shown =
    data.status === 'cancelled'
      ? []
      : data.observations.filter((one) => one.valueFrom !== null && isCurrent(one))
  const flagged = data.status === 'cancelled' ? [] : data.observations
  const measured = measuredWords(shown, [...specimens.map(({ site }) => site), ...bodySites])
  return {
    entry: entry._id,
    sortAt: entry.sortAt,
    name: cut(wordOf(service)),
    at: clinicalTimeOf(data),
    status: data.status,
    ...(data.statusAsSent === null ? {} : { statusAsSent: data.statusAsSent }),
    ...(isAfterItsMessage(entry) ? { inFuture: true } : {}),
    ...(measured === null ? {} : { measured }),
    ...(entry.chunks === undefined
      ? { ...firstAbnormal(flagged.flatMap(abnormalIn(shown))), ...lostCounts(data.observations) }
      : ofChunks(data, entry.chunks)),
    ...(entry.inDoubt === undefined ? {} : { inDoubt: doubtWord(entry.inDoubt) }),
  }
}

/**
 * The line of a report; null for any other entry, and for a report that was cancelled before it had
 * any result.
 */
export const reportLineOf = (entry: Entry): ReportLine | null => {
  const { data } = entry
  if (data.kind !== 'report' || entry.chunkOf !== undefined) return null
  return data.status === 'cancelled' && data.observations.length === 0 && entry.chunks === undefined
    ? null
    : lineOf(entry, data)
}
