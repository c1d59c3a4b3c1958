import type { EncounterEvent } from './encounter/encounter-event.ts'
import type {
  Document,
  Encounter,
  Entry,
  EntryKind,
  NotShownFact,
  Origin,
  Report,
  Statement,
} from '@tideway/schemas/documents/entry'
import type { StatementEvent } from '@tideway/schemas/documents/statement'
import type { EventBody, PatientEvent } from '@tideway/schemas/events.generated'
import { entryIdOf, publicId } from '@tideway/schemas/public-id'
import { receivedOf } from './version.ts'
import { instantOf } from '@tideway/time/iso-time'
import { madeBefore } from './believed-time.ts'
import { byVersion } from './facts.ts'
import { ownerOf, statedBy } from './statement-version.ts'
import { evolveDocument } from './document.ts'
import { evolveEncounter } from './encounter/encounter.ts'
import { isSaidHere } from './kept-statements.ts'
import { notShownOf, withNotShownBy } from './not-shown.ts'
import { evolveReport, reportOrigins, reportTime } from './report.ts'
import { evolveStatement, statementKeyOf, statementKindOf } from './statement.ts'
import { statementTime } from './statement-time.ts'

const isOfEncounter = (body: EventBody): body is EncounterEvent => 'visit' in body

/** Kind and business key of the one entry an event speaks of. */
const subjectOf = (body: EventBody): { kind: EntryKind; key: string } | null => {
  if (body.type === 'ResultReported') return { kind: 'report', key: body.reportId }
  if (body.type === 'DocumentReported') return { kind: 'document', key: body.documentId }
  if (isOfEncounter(body)) return { kind: 'encounter', key: body.encounterId }
  const kind = statementKindOf(body)
  return kind === null ? null : { kind, key: statementKeyOf(kind, body) }
}

/** `_id` of the entry an event speaks of; null if it only concerns the patient. */
export const entryIdIn = ({ patientKey, body }: PatientEvent): string | null => {
  const subject = subjectOf(body)
  return subject === null ? null : entryIdOf(patientKey, subject.kind, subject.key)
}

const none: readonly string[] = []

/**
 * `_id` of the entry that each observation of an event is where it is told of by itself, whether
 * there is one or not.
 */
export const aloneIdsIn = ({ patientKey, body }: PatientEvent): readonly string[] => {
  if (
    body.type !== 'ResultReported' ||
    body.observations.every(({ ownReportId }) => ownReportId === null)
  )
    return none
  return [
    ...new Set(
      body.observations.flatMap(({ ownReportId }) =>
        ownReportId === null ? [] : [entryIdOf(patientKey, 'report', ownReportId)],
      ),
    ),
  ]
}

/**
 * Of what is kept of it: a report that goes on for a year with ever new observations does not grow.
 */
const holdsOf = (id: string, patient: string, data: Entry['data']): Pick<Entry, 'holds'> => {
  const told =
    data.kind === 'report'
      ? data.observations.flatMap(({ reported }) => reported.filter(isSaidHere))
      : []
  const holds = new Set(
    told.flatMap(({ ownReportId }) =>
      ownReportId === null ? [] : [entryIdOf(patient, 'report', ownReportId)],
    ),
  )
  holds.delete(id)
  return holds.size === 0 ? {} : { holds: [...holds].toSorted() }
}

const evolveData = (before: Entry['data'] | null, event: PatientEvent): Entry['data'] | null => {
  const { body } = event
  if (body.type === 'ResultReported')
    return evolveReport(before as Report | null, body, statedBy(event))
  if (body.type === 'DocumentReported')
    return evolveDocument(before as Document | null, body, statedBy(event))
  if (isOfEncounter(body))
    return evolveEncounter(
      before as Encounter | null,
      body,
      statedBy(event),
      ownerOf(event.patientKey),
    )
  const kind = statementKindOf(body)
  return kind === null
    ? null
    : evolveStatement(before as Statement | null, kind, body as StatementEvent, statedBy(event))
}

const bare = ({ message, place, version, source }: Origin): Origin => ({
  message,
  place,
  version,
  source,
})

/**
 * Who was in charge before is shown once a change of doctor was taken back (A55); else `details`
 * name who is.
 */
const encounterFacts = ({
  movements,
  details,
  doctors,
  attending,
}: Encounter): readonly Origin[] => [
  ...movements,
  ...details,
  ...(attending === null ? [] : doctors),
]

/** One a message, oldest first. */
const originsOf = (data: Entry['data']): Origin[] => {
  if (data.kind === 'report') return reportOrigins(data)
  const facts: readonly Origin[] = data.kind === 'encounter' ? encounterFacts(data) : data.reported
  return [...new Map(facts.map((fact) => [fact.message, bare(fact)])).values()].toSorted(byVersion)
}

/** Clinical time as said, which sorts the entry. */
export const clinicalTimeOf = (data: Entry['data']): string | null => {
  if (data.kind === 'report') return reportTime(data)
  if (data.kind === 'document') return data.at
  if (data.kind !== 'encounter') return statementTime(data)
  return data.admittedAt ?? data.movements.find(({ at }) => at !== null)?.at ?? null
}

/**
 * Whether the clinical time of an entry lies after every message about it. It is shown as sent, and
 * sorts at the newest of these messages, so that it never stands before what is true.
 */
export const isAfterItsMessage = ({ data, origins }: Pick<Entry, 'data' | 'origins'>): boolean =>
  madeBefore(data.kind, clinicalTimeOf(data), origins) !== null

const sortTimeOf = (data: Entry['data'], origins: readonly Origin[]): Date => {
  const [oldest] = origins
  const at = clinicalTimeOf(data)
  return new Date(
    madeBefore(data.kind, at, origins) ??
      instantOf(at) ??
      (oldest === undefined ? 0 : Math.floor(receivedOf(oldest.version) / 1000)),
  )
}

/** The same entry as it stands by this. */
export const withData = ({ notShown, ...entry }: Entry, data: Entry['data']): Entry => {
  const origins = originsOf(data)
  return {
    ...entry,
    sortAt: sortTimeOf(data, origins),
    origins,
    ...(entry.holds === undefined ? {} : holdsOf(entry._id, entry.patient, data)),
    ...notShownOf(notShown?.told ?? [], entry.patient, origins),
    data,
  }
}

/**
 * An entry of these facts.
 *
 * @param before  as it was, if there is one
 * @param notShown  what is not shown of its messages, and maybe of others
 */
export const entryWith = (
  _id: string,
  patient: string,
  before: Entry | null,
  data: Entry['data'],
  notShown: readonly NotShownFact[],
  holds: boolean = before?.holds !== undefined,
): Entry => {
  const origins = originsOf(data)
  return {
    _id,
    id: before?.id ?? publicId(_id),
    patient,
    kind: data.kind,
    version: before?.version ?? 0,
    sortAt: sortTimeOf(data, origins),
    origins,
    ...(holds ? holdsOf(_id, patient, data) : {}),
    ...notShownOf(notShown, patient, origins),
    ...(before?.family === undefined ? {} : { family: before.family }),
    ...(before?.dissolved === undefined ? {} : { dissolved: before.dissolved }),
    ...(before?.parts === undefined ? {} : { parts: before.parts }),
    ...(before?.chunks === undefined ? {} : { chunks: before.chunks }),
    ...(before?.chunkOf === undefined ? {} : { chunkOf: before.chunkOf }),
    ...(before?.aboutOneOf === undefined ? {} : { aboutOneOf: before.aboutOneOf }),
    ...(before?.inDoubt === undefined ? {} : { inDoubt: before.inDoubt }),
    data,
  }
}

/**
 * What one event makes of the entry it speaks of; `version` stays, the store's business.
 *
 * @returns null if the event speaks of none
 */
export const evolveEntry = (before: Entry | null, event: PatientEvent): Entry | null =>
  evolveMember(before, event, entryIdIn(event))

/** As `evolveEntry`, for a later generation of a number, which has an `_id` of its own. */
export const evolveMember = (
  before: Entry | null,
  event: PatientEvent,
  id: string | null,
): Entry | null => {
  const data = evolveData(before?.data ?? null, event)
  if (id === null || data === null) return null
  return entryWith(
    id,
    event.patientKey,
    before,
    data,
    withNotShownBy(before?.notShown?.told ?? [], event),
    before?.holds !== undefined || aloneIdsIn(event).length > 0,
  )
}
