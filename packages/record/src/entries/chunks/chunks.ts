import type {
  Entry,
  Report,
  ReportChunk,
  ReportObservation,
} from '@tideway/schemas/documents/entry'
import { compactEntry } from '@tideway/schemas/documents/storage-format'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { storedSize } from '../../demographics/stored-size.ts'
import { resultCounts } from '../../summary/result-counts.ts'
import { entryWith } from '../entry.ts'
import { reportOfAll } from '../generations/report-facts.ts'
import { keptOf, reportsKept } from '../kept-statements.ts'
import { reportOf } from '../report.ts'
import { versionsOf } from '../report-versions.ts'
import { settleInReport } from '../settle-in-report.ts'
import { chunkAt, chunkId, halves, placeOfKey } from './chunk-tree.ts'

type Find = (id: string) => Entry | undefined

/**
 * Bytes as stored above which a report is divided into chunks, and a chunk into two: a statement
 * writes a whole chunk.
 */
const mostOfReport = 128 * 1024
const mostOfChunk = 48 * 1024

/** A value as stored takes no less; what is surely small is not measured. */
const leastBytes = 250
const surelySmall = 32 * 1024

const roughSize = (observations: readonly ReportObservation[]): number =>
  observations.reduce(
    (sum, { reported }) =>
      reported.reduce(
        (own, { value, notes }) =>
          own + leastBytes + (value?.length ?? 0) + notes.reduce((all, one) => all + one.length, 0),
        sum,
      ),
    0,
  )

const isOver = (entry: Entry, mostBytes: number): boolean =>
  roughSize((entry.data as Report).observations) > surelySmall &&
  storedSize(compactEntry(entry)) > mostBytes

/** `_id` of the chunks that hold what an event states of a report. */
export const chunkIdsFor = ({ body }: PatientEvent, { _id, chunks }: Entry): string[] =>
  chunks === undefined || body.type !== 'ResultReported'
    ? []
    : [...new Set(body.observations.map(({ key }) => chunkId(_id, chunkAt(chunks, key))))]

/** The report that a chunk is a part of, as far as the chunk goes. */
export const chunkAsItStands = ({ data }: Entry, report: Report): Report => {
  const { versions: _, ...chunk } = data as Report
  return reportOf(
    {
      reportId: report.reportId,
      header: report.header,
      versions: [...versionsOf(report)],
      observations: chunk.observations,
    },
    chunk,
  )
}

const chunkEntry = (
  report: Entry,
  at: string,
  observations: readonly ReportObservation[],
  find: Find,
): Entry => {
  const id = chunkId(report._id, at)
  const { reportId, status } = report.data as Report
  const data = { kind: 'report' as const, reportId, status, statusAsSent: null, header: [] }
  const all = { ...data, versions: [], observations: [...observations] }
  const holds = observations.some(({ reported }) =>
    reported.some((one) => one.ownReportId !== null),
  )
  const entry = entryWith(id, report.patient, find(id) ?? null, all, [], holds)
  return { ...entry, chunkOf: report._id }
}

/** Fewer statements of each observation, where one alone is too large. */
const shortened = (entry: Entry): Entry => {
  let left = entry
  for (
    let kept = reportsKept / 2;
    kept >= 1 && isOver(left, mostOfReport);
    kept = Math.floor(kept / 2)
  ) {
    const data = left.data as Report
    const observations = data.observations.map(({ notCurrent: _, ...observation }) => {
      const reported = keptOf(observation.reported, kept)
      return { ...observation, ...settleInReport(reported, []), reported }
    })
    left = { ...left, data: { ...data, observations } }
  }
  return left
}

/** Chunks of what one held and what is added to it: one, or several if it is too large. */
const divided = (
  report: Entry,
  at: string,
  observations: readonly ReportObservation[],
  find: Find,
): Entry[] => {
  if (observations.length === 0) return []
  const entry = chunkEntry(report, at, observations, find)
  if (!isOver(entry, mostOfChunk)) return [entry]
  const parts = halves(
    at,
    observations.map(({ key }) => key),
  )
  if (parts === null) return [shortened(entry)]
  return parts.flatMap((half) =>
    divided(
      report,
      half,
      observations.filter(({ key }) => placeOfKey(key).startsWith(half)),
      find,
    ),
  )
}

const rangesAround = (at: string): string[] =>
  Array.from({ length: at.length }, (_, length) => at.slice(0, length))

const atOf = ({ _id }: Entry, report: Entry): string => _id.slice(chunkId(report._id, '').length)

/** Ranges of chunks, every range held or empty. */
const rangesOf = (
  report: Entry,
  before: readonly ReportChunk[],
  at: string,
  made: readonly Entry[],
): ReportChunk[] => [
  ...before.filter((one) => one.at !== at),
  ...withEmpty(
    at,
    made.map((entry) => ({
      at: atOf(entry, report),
      observations: (entry.data as Report).observations.length,
      ...resultCounts((entry.data as Report).observations),
    })),
  ),
]

/** Ranges that no chunk holds yet, so that every observation has its place. */
const withEmpty = (at: string, made: readonly ReportChunk[]): ReportChunk[] => {
  const own = made.find((one) => one.at === at)
  if (own !== undefined) return [own]
  if (!made.some((one) => one.at.startsWith(at))) return [{ at, observations: 0 }]
  return [`${at}0`, `${at}1`].flatMap((half) =>
    withEmpty(
      half,
      made.filter((one) => one.at.startsWith(half)),
    ),
  )
}

/** A report and its chunks after observations of it moved there. */
export type Chunked = { report: Entry; chunks: Entry[]; dissolved: string[] }

/**
 * A report whose observations are in chunks, by code and sub-identifier, because together they are
 * too large for a document. A statement changes the chunk of what it states and no other. The same
 * whatever the order of statements but for which statements of a single observation of more than
 * 128 KB are kept.
 *
 * @param find  an entry by `_id`; the chunks of `chunkIdsFor`
 * @param isRepeated  the message is known already: a crash may have left a chunk that was divided
 * @returns null if the report is small
 */
export const chunked = (report: Entry, find: Find, isRepeated: boolean): Chunked | null => {
  const data = report.data as Report
  if (report.chunkOf !== undefined) return null
  if (report.chunks === undefined ? !isOver(report, mostOfReport) : data.observations.length === 0)
    return null
  let chunks: readonly ReportChunk[] = report.chunks ?? [{ at: '', observations: 0 }]
  const made: Entry[] = []
  const dissolved: string[] = []
  for (const [at, observations] of Map.groupBy(data.observations, ({ key }) =>
    chunkAt(chunks, key),
  )) {
    const known = find(chunkId(report._id, at))
    const all = reportOfAll([
      ...(known === undefined ? [] : [known.data as Report]),
      { ...data, observations },
    ])
    const entries = divided(report, at, all?.observations ?? [], find)
    if (known !== undefined && entries.every(({ _id }) => _id !== known._id))
      dissolved.push(known._id)
    if (isRepeated) dissolved.push(...rangesAround(at).map((range) => chunkId(report._id, range)))
    chunks = rangesOf(report, chunks, at, entries)
    made.push(...entries)
  }
  const whole = entryWith(
    report._id,
    report.patient,
    report,
    { ...data, observations: [] },
    report.notShown?.told ?? [],
    false,
  )
  const sorted = chunks.toSorted((a, b) => (a.at < b.at ? -1 : 1))
  return { report: { ...whole, chunks: sorted }, chunks: made, dissolved }
}
