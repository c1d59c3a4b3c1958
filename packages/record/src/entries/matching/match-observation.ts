import type {
  Entry,
  ObservationReported,
  Report,
  ReportObservation,
} from '@tideway/schemas/documents/entry'
import { unsaid } from '@tideway/schemas/events.generated'
import { byVersion } from '../facts.ts'
import { withData } from '../entry.ts'
import { same } from '../is-same.ts'
import { isReference, isSaidHere } from '../kept-statements.ts'
import { withReportedOf } from '../report.ts'
import { byTold } from '../report-versions.ts'
import { sameName } from './same-resource.ts'
import { retractedWith } from './retracted-with-report.ts'

const { subId: _, ...unsaidObservation } = unsaid.Observation()

/** Statements by the business key that their observation has where it is told of by itself. */
type ByName = ReadonlyMap<string | null, readonly ObservationReported[]>

const saidIn = (entry: Entry): ObservationReported[] =>
  (entry.data as Report).observations.flatMap(({ reported }) =>
    reported.filter((told) => isSaidHere(told) && !isReference(told)),
  )
const byName = (told: readonly ObservationReported[]): ByName =>
  Map.groupBy(told, ({ ownReportId }) => ownReportId)

/** Statuses that state the whole of an observation anew: what it no longer says does not stand. */
const anew: ReadonlySet<string | null> = new Set([
  'amended',
  'corrected',
  'cancelled',
  'entered-in-error',
])

/** A message, or the retraction of a report by a message. */
const sayingOf = ({ message, retractedWith }: ObservationReported): string =>
  `${message}|${retractedWith ?? ''}`

/**
 * What messages that corrected or took back an observation say of a part of it that they leave out,
 * such as one pressure of two: that it has no value. A message that retracts the report of an
 * observation says so of all of it, whatever else it states of its parts.
 *
 * @param told  of all parts of the observation
 * @see FHIR R4, RESTful API, update: a resource is the whole state of what it describes
 */
const leftOut = (
  told: readonly ObservationReported[],
  ownReportId: string,
  ownKey: string | null,
): ObservationReported[] =>
  [...Map.groupBy(told, sayingOf).values()].flatMap((said) => {
    const newest = said.toSorted(byVersion).at(-1) as ObservationReported
    if (!anew.has(newest.status) || said.some((one) => one.ownKey === ownKey)) return []
    const { status, statusAsSent, statusSystem, message, place, version, source } = newest
    const by = newest.retractedWith === undefined ? {} : { retractedWith: newest.retractedWith }
    const sent = { status, statusAsSent, statusSystem, ...by }
    return [{ ...unsaidObservation, ownReportId, ownKey, ...sent, message, place, version, source }]
  })

const placeIn = ({ message, place }: ObservationReported): string => `${message}|${place}`

/** Each statement once, in version order; one that was said here is as it was said here. */
const together = (
  reported: readonly ObservationReported[],
  elsewhere: readonly ObservationReported[],
): ObservationReported[] => {
  const others = [
    ...reported.filter((told) => !isSaidHere(told)),
    // Its key and code where it was said are of no concern here.
    ...elsewhere.map(({ sentKey: _key, sentCode: _code, ...told }) => ({
      ...told,
      elsewhere: true as const,
    })),
  ].toSorted(byTold)
  return [
    ...new Map(
      [...others, ...reported.filter(isSaidHere)].map((told) => [placeIn(told), told]),
    ).values(),
  ].toSorted(byTold)
}

/**
 * What is known of an observation of a report, which by the newest word of that report may be
 * another than it was.
 */
const reportedOf = (
  { reported }: ReportObservation,
  here: ByName,
  elsewhere: ByName,
  holders: ReadonlySet<string>,
): readonly ObservationReported[] => {
  const name = reported.findLast((told) => isSaidHere(told) && told.ownReportId !== null)
  if (name === undefined || name.ownReportId === null) return reported
  const { ownReportId, ownKey } = name
  const others = elsewhere.get(ownReportId) ?? []
  const all = [...(here.get(ownReportId) ?? []), ...others]
  const spoken = new Set(reported.filter(isSaidHere).map(({ message }) => message))
  // In one message of a report it may be the first of its code, in another the second: of those
  // that say nothing of it at this place.
  const more = [
    ...all.filter((told) => told.ownKey === ownKey),
    ...leftOut(all, ownReportId, ownKey),
  ].filter((told) => others.includes(told) || !spoken.has(told.message))
  // What entries at hand say, and leave out, is read from them anew: a message that came in between
  // may have changed it.
  const atHand = new Set(all.map(placeIn))
  const standing = reported.filter(
    (told) =>
      isSaidHere(told) ||
      (told.ownReportId === ownReportId &&
        told.ownKey === ownKey &&
        !holders.has(told.retractedWith ?? '') &&
        !atHand.has(placeIn(told))),
  )
  return more.length === 0 && standing.length === reported.length
    ? reported
    : together(standing, more)
}

/**
 * An observation that its report only refers to, with the whole code that it has by itself: what a
 * reference was resolved to has no more than a code and a text.
 */
const withWholeCode = (
  observation: ReportObservation,
  others: readonly Entry[],
): ReportObservation => {
  const said = observation.reported.filter(isSaidHere)
  const name = said.at(-1)
  if (name === undefined || !said.every(isReference)) return observation
  const own = others
    .flatMap(({ data }) => (data as Report).observations)
    .find(({ reported }) => reported.some((told) => isSaidHere(told) && sameName(told, name)))
  if (own === undefined || (same(own.code, observation.code) && own.subId === observation.subId))
    return observation
  return { ...observation, code: own.code, subId: own.subId }
}

const withSaidIn = (
  entry: Entry,
  others: readonly Entry[],
  retracted: readonly ObservationReported[] = [],
): Entry => {
  const here = byName(saidIn(entry))
  const elsewhere = byName([...others.flatMap(saidIn), ...retracted])
  const holders = new Set(others.map(({ _id }) => _id))
  const report = withReportedOf(entry.data as Report, (observation) =>
    reportedOf(observation, here, elsewhere, holders),
  )
  const observations = report.observations.map((one) => withWholeCode(one, others))
  const isSame = observations.every((one, index) => one === report.observations[index])
  const data = isSame ? report : { ...report, observations }
  return data === entry.data ? entry : withData(entry, data)
}

/**
 * Entries of one patient, an observation the same in each report that holds it and where it is told
 * of by itself: a value that is corrected or taken back in one of them does not stand in the other.
 * Reports that hold it do not speak for each other.
 *
 * Whichever is told first, both are at hand when the other comes: a report reads what it holds by
 * `_id`, and what is told of by itself the reports that hold it.
 *
 * @param told  entries that observations told of here are by themselves
 * @param changed  by `_id`
 * @param known  as they were loaded, by `_id`
 * @param holders  reports of this patient that were loaded and hold observations
 * @returns with those changed all that hold the same, changed or not: their lines in the head may
 *   not have been saved
 */
export const settleObservations = (
  told: ReadonlySet<string>,
  changed: ReadonlyMap<string, Entry>,
  known: ReadonlyMap<string, Entry>,
  holders: readonly Entry[],
): Map<string, Entry> => {
  const entries = new Map(changed)
  if (told.size === 0) return entries
  const reports = new Map(
    [...holders, ...changed.values()]
      .filter(({ holds }) => holds?.some((id) => told.has(id)))
      .map((report) => [report._id, report]),
  )
  const alone = new Map(
    [...told]
      .flatMap((id) => changed.get(id) ?? known.get(id) ?? [])
      .map((entry) => [entry._id, entry]),
  )
  for (const report of reports.values())
    entries.set(
      report._id,
      withSaidIn(
        report,
        (report.holds ?? []).flatMap((id) => alone.get(id) ?? []),
      ),
    )
  for (const entry of alone.values()) {
    const holding = [...reports.values()].filter(({ holds }) => holds?.includes(entry._id))
    entries.set(
      entry._id,
      withSaidIn(entries.get(entry._id) ?? entry, holding, retractedWith(holding)),
    )
  }
  return entries
}
