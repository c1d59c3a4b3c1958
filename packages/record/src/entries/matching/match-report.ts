import type { Entry, Report } from '@tideway/schemas/documents/entry'
import type { PatientEvent, ResultReported } from '@tideway/schemas/events.generated'
import { entryIdOf } from '@tideway/schemas/public-id'
import { areSeparate, type PartOfOrder, reportOfPart } from '../../keys/report-part.ts'
import { isOfSegment } from '../full-state.ts'

/** The keys of a report: by number and service alone, and with its specimen or parent result. */
type Keys = { alone: string; ofPart: string }

const keysOf = (report: ResultReported): Keys | null => {
  const own = reportOfPart('', report)
  if (own === '') return null
  const { reportId } = report
  return reportId.endsWith(own)
    ? { alone: reportId.slice(0, -own.length), ofPart: reportId }
    : { alone: reportId, ofPart: `${reportId}${own}` }
}

const keysIn = ({ place, body }: PatientEvent): ReturnType<typeof keysOf> =>
  body.type === 'ResultReported' && isOfSegment({ place }) ? keysOf(body) : null

/** `_id` of each entry a report may be in; none if it names neither specimen nor parent result. */
export const reportEntryIds = (event: PatientEvent): string[] => {
  const keys = keysIn(event)
  return keys === null
    ? []
    : [keys.alone, keys.ofPart].map((key) => entryIdOf(event.patientKey, 'report', key))
}

/** What the newest message that says so says of its specimens and parent result. */
const partIn = (entry: Entry): PartOfOrder => {
  const { header } = entry.data as Report
  const said = (field: keyof PartOfOrder): Partial<PartOfOrder> =>
    (header.find(({ fields }) => Object.hasOwn(fields, field))?.fields ??
      {}) as Partial<PartOfOrder>
  return {
    specimens: said('specimens').specimens ?? [],
    parentResult: said('parentResult').parentResult ?? null,
    parentSubId: said('parentSubId').parentSubId ?? null,
  }
}

/**
 * Whether a report is in the entry of its number and service alone. One that its message told apart
 * from others is so only if the entry names the same part of the order.
 */
const isAbout = (entry: Entry | undefined, report: ResultReported, { alone }: Keys): boolean => {
  const isToldApart = report.reportId !== alone
  if (entry === undefined) return !isToldApart
  const part = partIn(entry)
  return !areSeparate(part, report) && !(isToldApart && reportOfPart('', part) === '')
}

/**
 * The event with the key of the report it is about. Reports of one message that share a number and
 * service are told apart by their specimens or isolates; a later message with one of them alone
 * cannot know that there are several.
 *
 * Whichever comes first gives the entry its key; what is reported in it is the same.
 *
 * @param find  an entry by `_id`
 */
export const asKnownReport = (
  event: PatientEvent,
  find: (id: string) => Entry | undefined,
): PatientEvent => {
  const { body } = event
  const keys = keysIn(event)
  if (keys === null || body.type !== 'ResultReported') return event
  const [alone, ofPart] = reportEntryIds(event).map(find)
  const known = ofPart === undefined && isAbout(alone, body, keys) ? keys.alone : keys.ofPart
  return known === body.reportId ? event : { ...event, body: { ...body, reportId: known } }
}
