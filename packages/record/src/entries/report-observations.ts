import type {
  ObservationReported,
  Origin,
  ReportObservation,
  ReportVersion,
} from '@tideway/schemas/documents/entry'
import type { Observation } from '@tideway/schemas/events.generated'
import { isReference, isSaidHere, keptOf, reportsKept } from './kept-statements.ts'
import type { KeyedStatement } from './matching/keyed-statement.ts'
import { sameName } from './matching/same-resource.ts'
import {
  familiesOf,
  identityOf,
  isSameCode,
  type SentCode,
  sentCodeOf,
} from './matching/recoded.ts'
import { byTold } from './report-versions.ts'
import { sameObservations } from './same-observation.ts'
import { settleInReport } from './settle-in-report.ts'

/** An observation of a message, and how its statement ranks. */
export type StatedObservation = {
  observation: Observation
  stated: Origin & Pick<ObservationReported, 'pending' | 'parent'>
}

const keyedIn = ({ key, code, reported }: ReportObservation): KeyedStatement[] => {
  const own = sentCodeOf(code)
  return reported.filter(isSaidHere).map(({ sentKey, sentCode, ...told }) => ({
    sentKey: sentKey ?? key,
    code: sentCode ?? own,
    told,
  }))
}

/** The same observation of the same segment of a message: a replay. */
const isSameFact = (a: KeyedStatement, b: KeyedStatement): boolean =>
  a.sentKey === b.sentKey && a.told.message === b.told.message && a.told.place === b.told.place

const keyedOf = ({ observation, stated }: StatedObservation): KeyedStatement => {
  const { key, code, subId: _subId, place: _place, ...statement } = observation
  return { sentKey: key, code: sentCodeOf(code), told: { ...statement, ...stated } }
}

/**
 * Statements with the key and code their message gave them, where those are not these. A reference
 * says nothing of the code.
 */
const withSentKeys = (
  key: string,
  code: SentCode,
  statements: readonly KeyedStatement[],
): ObservationReported[] =>
  statements.map(({ sentKey, code: sent, told }) => ({
    ...told,
    ...(sentKey === key ? {} : { sentKey }),
    ...(isSameCode(sent, code) || isReference(told) ? {} : { sentCode: sent }),
  }))

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
 * The observations of a report, after what one message stated of them. Those of one code and
 * sub-identifier, or of codes that stand for each other, are looked at together; the others stay as
 * they are, unless all are settled anew.
 *
 * @param known  as they were
 * @param versions  of the report, see `settleInReport`
 */
export const withStatedObservations = (
  known: readonly ReportObservation[],
  stated: readonly StatedObservation[],
  versions: readonly ReportVersion[],
  { anew = false } = {},
): ReportObservation[] => {
  const familyOf = familiesOf(
    known,
    stated.map(({ observation }) => observation),
  )
  const family = ({ key }: { key: string }) => familyOf(identityOf(key))
  const before = Map.groupBy(known, family)
  const now = Map.groupBy(stated, ({ observation }) => family(observation))
  return [...new Set([...before.keys(), ...now.keys()])].flatMap((one) => {
    const [some, said] = [before.get(one) ?? [], now.get(one) ?? []]
    return said.length === 0 && !anew ? some : withStated(some, said, versions)
  })
}

/** An observation of which nothing else is known. */
const asFirstStated = (
  { observation, stated }: StatedObservation,
  versions: readonly ReportVersion[],
): ReportObservation => {
  const { key, code, subId, place: _, ...statement } = observation
  const reported = [Object.assign(statement, stated)]
  return { key, code, subId, ...settleInReport(reported, versions), reported }
}

/**
 * The observations of one code and sub-identifier, after what one message stated of them.
 *
 * @param known  as they were; what is said of one elsewhere stays with it
 * @param versions  of the report, see `settleInReport`
 */
const withStated = (
  known: readonly ReportObservation[],
  stated: readonly StatedObservation[],
  versions: readonly ReportVersion[],
): ReportObservation[] => {
  const [first, ...others] = stated
  if (known.length === 0 && first !== undefined && others.length === 0)
    return [asFirstStated(first, versions)]
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
    const { code, subId } = newest as Pick<ReportObservation, 'code' | 'subId'>
    const others = elsewhereOf(statements, known)
    const own = withSentKeys(key, sentCodeOf(code), statements)
    const all = [...own, ...others].toSorted(byTold)
    const reported = keptOf(all, reportsKept)
    return { key, code, subId, ...settleInReport(reported, versions), reported }
  })
}
