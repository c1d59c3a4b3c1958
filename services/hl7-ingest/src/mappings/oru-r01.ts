import type { DocumentReported, Observation, ResultReported } from '@tideway/schemas/events.generated'
import { IngestError } from '../errors.ts'
import { type Context, type Happening, happened, type Mapping } from '../mapping.ts'
import { placeOf, type Segment } from '../parse.ts'
import { readVisitNumber } from '../segments/encounter.ts'
import { readReport } from '../segments/obr.ts'
import { type ReadObservation, readObservations } from '../segments/obx.ts'
import { readPatient } from '../segments/pid.ts'
import { type ResultGroup, resultGroups } from '../segments/result-groups.ts'

/**
 * Results (R01): who the patient is, one report an order, and each document that came with them.
 * The visit's number ties the report to it; the rest of PV1 is what the laboratory was told when the order was made, and says nothing new of the visit.
 */
export default {
  handles: ['ORU^R01', 'ORU'],

  toEvents(message, context) {
    const patient = readPatient(message, context)
    const groups = resultGroups(message)
    if (groups.length === 0) throw new IngestError('MISSING_FIELD', 'OBR')
    const encounterId = readVisitNumber(message, patient.key, context)
    const numbered = new Map<string, number>()
    return [
      happened(patient.key, patient.pid, patient.details),
      ...groups.flatMap((group) => reportOf(group, patient.key, encounterId, numbered, context)),
    ]
  },
} satisfies Mapping

/** @param numbered  how often each report id came in this message: the second is another report, not a correction */
const reportOf = (group: ResultGroup, patientKey: string, encounterId: string | null, numbered: Map<string, number>, context: Context): Happening[] => {
  const header = readReport(group, patientKey, context)
  const times = (numbered.get(header.reportId) ?? 0) + 1
  numbered.set(header.reportId, times)
  const reportId = times === 1 ? header.reportId : `${header.reportId}#${times}`
  const read = readObservations(group.observations, context)
  const report: ResultReported = { ...header, reportId, encounterId, observations: read.map(({ observation }) => observation) }
  const bytes = read.map((one) => one.bytes).filter((one) => one !== null)
  return [happened(patientKey, group.obr, report, bytes), ...read.flatMap((one) => documentOf(one, report, group, patientKey))]
}

const documentOf = ({ observation }: ReadObservation, report: ResultReported, { observations }: ResultGroup, patientKey: string): Happening[] => {
  const { attachment } = observation
  if (attachment === null) return []
  const obx = observations.find((one) => placeOf(one.obx) === observation.place)?.obx as Segment
  return [happened(patientKey, obx, documentBody(observation, attachment, report))]
}

const documentBody = ({ key, code, observedAt, status }: Observation, attachment: DocumentReported['attachment'], report: ResultReported): DocumentReported => ({
  type: 'DocumentReported',
  documentId: `${report.reportId}|${key}`,
  title: attachment.title,
  kind: code,
  at: observedAt ?? report.issuedAt ?? report.collectedAt,
  status,
  reportId: report.reportId,
  attachment,
})
