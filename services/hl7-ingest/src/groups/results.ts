import {
  type Attachment,
  type DocumentReported,
  type Observation,
  type ResultReported,
  unsaid,
} from '@tideway/schemas/events.generated'
import { IngestError } from '../errors.ts'
import { type Context, type Happening, happened } from '../normalise/mapping.ts'
import { type Hl7Message, placeOf, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import { readIdentifier, readIdentifiers } from '../datatypes/cx.ts'
import { readDocumentContent } from '../composites/document-content.ts'
import { readHeardVisit } from '../composites/encounter.ts'
import { readReport } from '../segments/obr.ts'
import { type ReadObservation, readObservations } from '../segments/obx.ts'
import { readPatient } from '../segments/pid.ts'
import type { ResultDocument, ResultGroup } from './result-groups.ts'
import { limitShared } from './shared-segments.ts'
import { readSideFacts } from './clinical-segments.ts'
import { readDocument } from '../segments/txa.ts'

/**
 * Who the patient is, what stands beside the patient before the orders, one report an order, and
 * each document that came with them. The visit's number ties the report to it; the rest of PV1 is
 * what the laboratory was told when the order was made, and says nothing new of the visit.
 *
 * @throws IngestError MISSING_FIELD at OBR, INVALID_FIELD at PV1 if very many reports have very
 *   many other numbers of the visit
 */
export const readResults = (
  message: Hl7Message,
  groups: readonly ResultGroup[],
  context: Context,
): Happening[] => {
  const patient = readPatient(message, context)
  if (groups.length === 0) throw new IngestError('MISSING_FIELD', 'OBR')
  const encounterId = readHeardVisit(message, patient.key, context)
  const otherVisitNumbers = encounterId === null ? [] : otherNumbersIn(message, context)
  limitShared(
    otherVisitNumbers.length * groups.length,
    'INVALID_FIELD',
    segmentOf(message, 'PV1') ?? patient.pid,
  )
  const numbered = new Map<string, number>()
  return [
    happened(patient.key, patient.pid, patient.details),
    ...readSideFacts(besideOrders(message), patient.key, encounterId, context),
    ...groups.flatMap((group) =>
      reportOf(group, patient.key, { encounterId, otherVisitNumbers }, numbered, context),
    ),
  ]
}

type VisitOf = Pick<ResultReported, 'encounterId' | 'otherVisitNumbers'>

/** PV1-50, of a visit that is known by PV1-19. */
const otherNumbersIn = (message: Hl7Message, { source }: Context) => {
  const pv1 = segmentOf(message, 'PV1')
  return pv1 === null || readIdentifier(pv1, 19, source) === null
    ? []
    : readIdentifiers(pv1, 50, source)
}

const ofOrder = new Set(['ORC', 'OBR', 'SPM', 'SAC'])

const besideOrders = (message: Hl7Message): Hl7Message => ({
  ...message,
  segments: message.segments.slice(
    0,
    message.segments.findIndex(({ name }) => ofOrder.has(name)),
  ),
})

/**
 * @param numbered  how often each report id came in this message: the second is another report, not
 *   a correction
 */
const reportOf = (
  group: ResultGroup,
  patientKey: string,
  visit: VisitOf,
  numbered: Map<string, number>,
  context: Context,
): Happening[] => {
  const header = readReport(group, patientKey, context)
  const times = (numbered.get(header.reportId) ?? 0) + 1
  numbered.set(header.reportId, times)
  const reportId = times === 1 ? header.reportId : `${header.reportId}#${times}`
  const read = readObservations(group.observations, context)
  const observations = read.map(({ observation }) => observation)
  const report: ResultReported = {
    ...header,
    ...visit,
    reportId,
    observations,
    organisation: sameOf(observations),
    conclusion: impressionOf(observations),
  }
  const bytes = read.map((one) => one.bytes).filter((one) => one !== null)
  return [
    happened(patientKey, group.obr, report, bytes),
    ...documentsOf(read, report, group, patientKey),
    ...group.documents.map((document) =>
      describedDocument(document, report, group, patientKey, context),
    ),
  ]
}

const documentsOf = (
  read: readonly ReadObservation[],
  report: ResultReported,
  group: ResultGroup,
  patientKey: string,
): Happening[] => {
  const attached = read.filter(({ observation }) => observation.attachment !== null)
  if (attached.length === 0) return []
  const byPlace = new Map(group.observations.map(({ obx }) => [placeOf(obx), obx]))
  return attached.map(({ observation }) =>
    happened(
      patientKey,
      byPlace.get(observation.place) as Segment,
      documentBody(observation, observation.attachment as Attachment, report),
    ),
  )
}

/** What a TXA describes. */
const describedDocument = (
  document: ResultDocument,
  { reportId, encounterId }: ResultReported,
  { orc, obr }: ResultGroup,
  patientKey: string,
  context: Context,
): Happening => {
  const content = readDocumentContent(document.observations, context)
  const body = {
    ...readDocument({ orc, obr, consents: [], ...document }, content, patientKey, context),
    reportId,
    encounterId,
  }
  return happened(patientKey, content.wrongPatient ?? document.txa, body, content.bytes)
}

const documentBody = (
  { key, code, observedAt, status, statusAsSent, statusSystem }: Observation,
  attachment: Attachment,
  report: ResultReported,
): DocumentReported => ({
  ...unsaid.DocumentReported(),
  documentId: `${report.reportId}|${key}`,
  title: attachment.title,
  kind: code,
  at: observedAt ?? report.issuedAt ?? report.collectedAt,
  status,
  statusAsSent,
  statusSystem,
  reportId: report.reportId,
  attachment,
})

/** Who performed all of it; null where there are several, each is said beside its observation. */
const sameOf = (observations: readonly Observation[]): ResultReported['organisation'] => {
  const [first] = observations
  const same = observations.every(
    ({ organisation }) => JSON.stringify(organisation) === JSON.stringify(first?.organisation),
  )
  return same ? (first?.organisation ?? null) : null
}

/** The suffix of an impression (HL7 v2.5.1 chapter 7.2.4), and its LOINC code. */
const impression = /&IMP$|^19005-8$/

const impressionOf = (observations: readonly Observation[]): string | null => {
  const texts = observations
    .filter(({ code }) => impression.test(code.code ?? ''))
    .map(({ value }) => value)
  return texts.filter((text) => text !== null).join('\n') || null
}
