import type { Entry, Report, ReportObservation } from '@tideway/schemas/documents/entry'
import type { ReportLine } from '@tideway/schemas/documents/head'
import { abnormalOf, flagRank, isSevere } from '../alerts/abnormal-flag.ts'
import { clinicalTimeOf, isAfterItsMessage } from '../entries/entry.ts'
import { firstSaying } from '../entries/facts.ts'
import { cut as cutText } from './line.ts'
import { measuredWords, siteApart } from './measured.ts'

/** Abnormal values of a line, as many as a head has room for; counts say how many are left. */
const abnormalKept = 2
const longestText = 30

const cut = (text: string | null): string | null =>
  text === null ? null : cutText(text, longestText)

const abnormalIn =
  (observations: readonly ReportObservation[]) =>
  (observation: ReportObservation): ReportLine['abnormal'] => {
    const { code, reported, valueFrom } = observation
    const shown = valueFrom === null ? undefined : reported[valueFrom]
    const abnormal = shown === undefined ? null : abnormalOf(shown)
    if (shown === undefined || abnormal === null) return []
    const value = shown.value ?? shown.coded?.text ?? null
    const bodySite = siteApart(observation, observations)
    return [
      {
        name: cut(code.text ?? code.code),
        value: cut(value),
        unit: cut(shown.unit?.code ?? shown.unit?.text ?? null),
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

const lineOf = (entry: Entry, data: Report): ReportLine => {
  const { service = null } = firstSaying(data.header, 'service')?.fields ?? {}
  const { specimens = [] } = firstSaying(data.header, 'specimens')?.fields ?? {}
  const { bodySites = [] } = firstSaying(data.header, 'bodySites')?.fields ?? {}
  // No value of a cancelled report is shown; those of a withdrawn one have no `valueFrom`.
  const shown =
    data.status === 'cancelled'
      ? []
      : data.observations.filter(({ valueFrom }) => valueFrom !== null)
  const measured = measuredWords(shown, [...specimens.map(({ site }) => site), ...bodySites])
  return {
    entry: entry._id,
    sortAt: entry.sortAt,
    name: cut(service?.text ?? service?.code ?? null),
    at: clinicalTimeOf(data),
    status: data.status,
    ...(data.statusAsSent === null ? {} : { statusAsSent: data.statusAsSent }),
    ...(isAfterItsMessage(entry) ? { inFuture: true } : {}),
    ...(measured === null ? {} : { measured }),
    ...firstAbnormal(shown.flatMap(abnormalIn(shown))),
  }
}

/** The line of a report; null for any other entry. */
export const reportLineOf = (entry: Entry): ReportLine | null =>
  entry.data.kind === 'report' ? lineOf(entry, entry.data) : null
