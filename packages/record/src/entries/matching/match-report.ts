import type { Entry, NamedPart } from '@tideway/schemas/documents/entry'
import type { PatientEvent, ResultReported } from '@tideway/schemas/events.generated'
import { entryIdOf } from '@tideway/schemas/public-id'
import { type PartNames, partNamesOf, partTagOf, reportOfNames } from '../../keys/report-part.ts'
import { isOfLogicalId } from '../generations/is-of-logical-id.ts'
import { collectionDay } from '../generations/reports.ts'
import { isStandalone } from '../report-versions.ts'
import { withDoubts } from '../siblings/doubts.ts'
import { type PartTold, unitOf, withPart } from '../siblings/order-parts.ts'
import { keyIn, regroup, type Regrouped } from '../siblings/regroup.ts'
import { type Find, memberIds, partsOf, siblingIds } from '../siblings/sibling-entries.ts'
import { statedBy } from '../statement-version.ts'

/**
 * The keys of a report: by number and service alone, and with its specimen or parent result, which
 * are its names.
 */
type Keys = { alone: string; ofPart: string; names: PartNames }

const keysOf = (report: ResultReported): Keys => {
  const names = partNamesOf(report)
  const own = reportOfNames('', names)
  const { reportId } = report
  return own !== '' && reportId.endsWith(own)
    ? { alone: reportId.slice(0, -own.length), ofPart: reportId, names }
    : { alone: reportId, ofPart: `${reportId}${own}`, names }
}

/** A resource known by its logical id is one report, whatever specimen it names. */
const keysIn = ({ body, patientKey }: PatientEvent): Keys | null =>
  body.type !== 'ResultReported' ||
  isStandalone(body) ||
  isOfLogicalId(entryIdOf(patientKey, 'report', body.reportId))
    ? null
    : keysOf(body)

/** `_id` of each entry a report may be in, by what it names alone. */
export const reportEntryIds = (event: PatientEvent): string[] => {
  const keys = keysIn(event)
  return keys === null
    ? []
    : [keys.alone, keys.ofPart].map((key) => entryIdOf(event.patientKey, 'report', key))
}

/** `_id` of each entry that a report may be about or change, by those found so far. */
export const siblingIdsFor = (event: PatientEvent, find: Find): string[] => {
  const [firstId] = reportEntryIds(event)
  const first = firstId === undefined ? undefined : find(firstId)
  if (first === undefined) return []
  const ids = partsOf(first).length === 0 ? [] : siblingIds(first._id, partsOf(first))
  return [
    ...ids,
    ...ids.flatMap((id) => (find(id) === undefined ? [] : memberIds(find(id) as Entry))),
  ]
}

const untouched: Regrouped = { entries: new Map(), first: [], dissolved: [] }

/** A report with the key of the entry it is about. */
export type PlacedReport = {
  event: PatientEvent
  /** What moved between the reports of its number and service. */
  moved: Regrouped
  /** What else changes once the event was applied. @param find  an entry as it is then */
  after: (find: Find) => Entry[]
}

const afterWith =
  (firstId: string, unitId: string, parts: readonly NamedPart[]) =>
  (find: Find): Entry[] => {
    const first = find(firstId)
    const unit = find(unitId)
    if (parts.length === 0 && unit?.family === undefined) return []
    const withParts =
      first === undefined || parts.length === 0 ? first : { ...first, parts: [...parts] }
    const registered = (id: string): Entry | undefined => (id === firstId ? withParts : find(id))
    // All, changed or not: their lines in the head may not have been saved.
    return parts.length > 1 || unit?.family !== undefined
      ? withDoubts(firstId, unitId, parts, registered)
      : [registered(firstId)].filter((one) => one !== undefined)
  }

/**
 * The event with the key of the report it is about, of those of its number and service. Reports of
 * one message are told apart by their specimens or isolates; a later message may name one of them
 * or none, and earlier ones may come after it. What can be about one alone is about that; what may
 * be about several stands beside them, and they are marked.
 *
 * Whichever comes first gives the entry its key; what is reported in it is the same.
 *
 * @param find  an entry by `_id`; those of `reportEntryIds` and `siblingIdsFor`
 * @see HL7 v2.9 chapter 7.4.1, OBR-3, OBR-25, OBR-26; 7.4.3 SPM
 */
export const placeReport = (event: PatientEvent, find: Find): PlacedReport => {
  const { body, patientKey } = event
  const keys = keysIn(event)
  if (keys === null || body.type !== 'ResultReported')
    return { event, moved: untouched, after: () => [] }
  const firstId = entryIdOf(patientKey, 'report', keys.alone)
  const known = partsOf(find(firstId))
  const told: PartTold = {
    tag: partTagOf(keys.names),
    version: statedBy(event).version,
    day: collectionDay(body.collectedAt),
  }
  const parts = withPart(firstId, known, told, (id) => find(id) !== undefined)
  const { id } = unitOf(firstId, parts, told)
  // Again where the event is the first of its part: after a crash some may have been saved.
  const isNew = parts !== known || parts.some(({ since }) => since === told.version)
  const reportId = keyIn(id, patientKey)
  return {
    event: reportId === body.reportId ? event : { ...event, body: { ...body, reportId } },
    moved: isNew && parts.length > 1 ? regroup(firstId, parts, find) : untouched,
    after: afterWith(firstId, id, parts),
  }
}
