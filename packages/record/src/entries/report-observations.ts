import type {
  ObservationReported,
  Origin,
  ReportObservation,
  ReportVersion,
} from '@tideway/schemas/documents/entry'
import type { Observation } from '@tideway/schemas/events.generated'
import { byVersion } from './facts.ts'
import { isReference, isSaidHere, keptOf, reportsKept } from './kept-statements.ts'
import { type KeyedStatement, sameName } from './matching/match-statements.ts'
import { sameObservations } from './same-observation.ts'
import { settleInReport } from './settle-in-report.ts'

/** An observation of a message, and how its statement ranks. */
export type StatedObservation = {
  observation: Observation
  stated: Origin & Pick<ObservationReported, 'pending' | 'parent'>
}

const keyedIn = ({ key, reported }: ReportObservation): KeyedStatement[] =>
  reported.filter(isSaidHere).map(({ sentKey, ...told }) => ({ sentKey: sentKey ?? key, told }))

/** The same observation of the same segment of a message: a replay. */
const isSameFact = (a: KeyedStatement, b: KeyedStatement): boolean =>
  a.sentKey === b.sentKey && a.told.message === b.told.message && a.told.place === b.told.place

const keyedOf = ({ observation, stated }: StatedObservation): KeyedStatement => {
  const { key, code: _code, subId: _subId, place: _place, ...statement } = observation
  return { sentKey: key, told: { ...statement, ...stated } }
}

/** Statements with the key their message gave them, where that is not this one. */
const withSentKeys = (key: string, statements: readonly KeyedStatement[]): ObservationReported[] =>
  statements.map(({ sentKey, told }) => (sentKey === key ? told : { ...told, sentKey }))

/**
 * What is known of an observation from elsewhere, other than of the messages that state it here. It
 * has the name of the observation: its key is another when an earlier message comes late.
 */
const elsewhereOf = (
  statements: readonly KeyedStatement[],
  known: readonly ReportObservation[],
): ObservationReported[] => {
  const named = statements.findLast(({ told }) => told.ownReportId !== null)
  if (named === undefined) return []
  const spoken = new Set(statements.map(({ told }) => told.message))
  return known.flatMap(({ reported }) =>
    reported.filter(
      (told) => !isSaidHere(told) && sameName(told, named.told) && !spoken.has(told.message),
    ),
  )
}

/**
 * The observations of one code and sub-identifier, after what one message stated of them.
 *
 * @param known  as they were; what is said of one elsewhere stays with it
 * @param versions  of the report, see `settleInReport`
 */
export const withStated = (
  known: readonly ReportObservation[],
  stated: readonly StatedObservation[],
  versions: readonly ReportVersion[],
): ReportObservation[] => {
  const facts = stated.map(keyedOf)
  const before = known
    .flatMap(keyedIn)
    .filter((one) => !facts.some((fact) => isSameFact(fact, one)))
  return sameObservations([...before, ...facts]).map(({ key, statements }) => {
    const last = (statements.findLast(({ told }) => !isReference(told)) ??
      statements.at(-1)) as KeyedStatement
    const newest =
      stated[facts.indexOf(last)]?.observation ??
      known.find((one) => keyedIn(one).some((each) => isSameFact(each, last)))
    const others = elsewhereOf(statements, known)
    const all = [...withSentKeys(key, statements), ...others].toSorted(byVersion)
    const reported = keptOf(all, reportsKept)
    const { code, subId } = newest as Pick<ReportObservation, 'code' | 'subId'>
    return { key, code, subId, ...settleInReport(reported, versions), reported }
  })
}
