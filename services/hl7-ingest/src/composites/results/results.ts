import type { Observation, ResultReported } from '@tideway/schemas/events.generated'
import { type Context, type Hl7DraftEvent, draftEvent } from '../../normalise/mapping.ts'
import { type Hl7Message, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import { readIdentifier, readIdentifiers } from '../../datatypes/cx.ts'
import { readVisitReference } from '../visit/encounter.ts'
import { type OrderReport, readReport } from './report.ts'
import { distinctReportIds } from './report-ids.ts'
import { readObservations } from './observations.ts'
import { describedDocument, documentsOf } from './report-documents.ts'
import { readPatient } from '../patient/patient.ts'
import { readOrLeaveOut } from '../../normalise/leave-out.ts'
import type { AnnotatedObservations, ResultGroup } from '../../groups/result-groups.ts'
import { bySpecimen } from '../../groups/results-by-specimen.ts'
import { limitShared } from '../../groups/shared-segments.ts'
import { readClinicalSegments } from '../statements/clinical-segments.ts'

/**
 * Demographics, the clinical segments before the orders, one report per order, and the documents
 * that came with them. The visit number links a report to its visit; the rest of PV1 only repeats
 * what the laboratory received with the order, so it does not update the visit.
 *
 * Results of several specimens of one order are a report for each specimen.
 *
 * A report that nothing identifies is left out, as are results without an order (OBR).
 *
 * @param numbered  how often each report occurred in the message: the second is another report, not
 *   a correction
 * @throws IngestError INVALID_FIELD at PV1 if too many reports have too many other visit numbers
 */
export const readResults = (
  message: Hl7Message,
  orders: readonly ResultGroup[],
  context: Context,
  numbered = new Map<string, number>(),
): Hl7DraftEvent[] => {
  const patient = readPatient(message, context)
  const groups = orders.flatMap(bySpecimen)
  if (groups.length === 0) message.leftOut.add('OBR')
  const encounterId = readVisitReference(message, patient.key, context)
  const otherVisitNumbers = encounterId === null ? [] : otherNumbersIn(message, context)
  limitShared(
    otherVisitNumbers.length * groups.length,
    'INVALID_FIELD',
    segmentOf(message, 'PV1') ?? patient.pid,
  )
  const readable = groups.flatMap((group) =>
    readOrLeaveOut(
      () => segmentsOf(group),
      () => [{ group, header: readReport(group, patient.key, context) }],
    ),
  )
  const reportIds = distinctReportIds(
    readable.map(({ header }) => header),
    patient.key,
    numbered,
  )
  return [
    draftEvent(patient.key, patient.pid, patient.details),
    ...readClinicalSegments(besideOrders(message), patient.key, encounterId, context),
    ...readable.flatMap(({ group, header }, index) =>
      readOrLeaveOut(
        () => segmentsOf(group),
        () =>
          reportOf(
            group,
            { ...header, encounterId, otherVisitNumbers },
            reportIds[index] as string,
            patient.key,
            context,
          ),
      ),
    ),
  ]
}

type VisitOf = Pick<ResultReported, 'encounterId' | 'otherVisitNumbers'>

/** PV1-50 of a visit identified by PV1-19. */
const otherNumbersIn = (message: Hl7Message, { source }: Context) => {
  const pv1 = segmentOf(message, 'PV1')
  return pv1 === null || readIdentifier(pv1, 19, source) === null
    ? []
    : readIdentifiers(pv1, 50, source)
}

const ofOrder = new Set(['ORC', 'OBR', 'SPM', 'SAC'])

/** Segments before the orders; in a message without any, those before its results. */
const besideOrders = (message: Hl7Message): Hl7Message => {
  const { segments } = message
  const first = segments.findIndex(({ name }) => ofOrder.has(name))
  const end = first === -1 ? segments.findIndex(({ name }) => name === 'OBX') : first
  return { ...message, segments: end === -1 ? segments : segments.slice(0, end) }
}

const withBelow = ({ notes, participants, observations }: AnnotatedObservations): Segment[] => [
  ...notes,
  ...participants,
  ...observations.flatMap((one) => [one.obx, ...one.notes, ...one.participants]),
]

const segmentsOf = (group: ResultGroup): Segment[] => [
  ...(group.orc === null ? [] : [group.orc]),
  group.obr,
  ...group.specimens,
  ...group.about,
  ...withBelow(group),
  ...group.documents.flatMap((document) => [document.txa, ...withBelow(document)]),
]

const reportOf = (
  group: ResultGroup,
  header: OrderReport & VisitOf,
  reportId: string,
  patientKey: string,
  context: Context,
): Hl7DraftEvent[] => {
  const read = readObservations(group.observations, context)
  const observations = read.map(({ observation }) => observation)
  const report: ResultReported = {
    ...header,
    reportId,
    observations,
    organisation: sameOf(observations),
    conclusion: impressionOf(observations),
    snapshot: context.source.hl7.reports === 'snapshot' ? true : null,
  }
  const bytes = read.map((one) => one.bytes).filter((one) => one !== null)
  return [
    draftEvent(patientKey, group.obr, report, bytes),
    ...documentsOf(read, report, group, patientKey),
    ...group.documents.flatMap((document) =>
      readOrLeaveOut(
        () => [document.txa, ...withBelow(document)],
        () => [describedDocument(document, report, group, patientKey, context)],
      ),
    ),
  ]
}

/** The performing organisation of all observations; null if they differ. */
const sameOf = (observations: readonly Observation[]): ResultReported['organisation'] => {
  const [first] = observations
  if (observations.every(({ organisation }) => organisation === null)) return null
  const sent = JSON.stringify(first?.organisation)
  const same = observations.every(({ organisation }) => JSON.stringify(organisation) === sent)
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
