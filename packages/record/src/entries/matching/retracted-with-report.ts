import type { Entry, ObservationReported, Report } from '@tideway/schemas/documents/entry'
import { unsaid } from '@tideway/schemas/events.generated'
import { byVersion } from '../facts.ts'
import { isSaidHere } from '../kept-statements.ts'
import { retractionsIn, retracts, versionsOf } from '../report-versions.ts'

const { subId: _, ...nothing } = unsaid.Observation()

/**
 * The newest statement of a report under each name of an observation, at whichever of its
 * observations: in one message it may be the first of its code, in another the second.
 */
const newestByName = ({ observations }: Report): ObservationReported[] => [
  ...new Map(
    observations
      .flatMap(({ reported }) => reported)
      .filter((told) => isSaidHere(told) && told.ownReportId !== null)
      .toSorted(byVersion)
      .map((told) => [`${told.ownReportId} ${told.ownKey}`, told]),
  ).values(),
]

/**
 * What reports that were cancelled or entered in error take back of the observations they hold,
 * which may also be told of by themselves: the message that retracts a report need not name them.
 *
 * @param holders  reports that hold observations with names of their own
 */
export const retractedWith = (holders: readonly Entry[]): ObservationReported[] =>
  holders.flatMap(({ _id, data }) => {
    const report = data as Report
    const retractions = retractionsIn(versionsOf(report))
    if (retractions.length === 0) return []
    return newestByName(report).flatMap((last) => {
      const by = retractions.findLast(({ version }) => retracts(version, last))
      if (by === undefined) return []
      const { message, place, version, source } = by.version
      const { ownReportId, ownKey } = last
      const told = { status: by.status, message, place, version, source }
      return [{ ...nothing, ...told, ownReportId, ownKey, retractedWith: _id }]
    })
  })
