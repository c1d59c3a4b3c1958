import { unsaid } from '@tideway/schemas/events.generated'
import { businessKey, firstIdentifier } from '../business-key.ts'
import { happened, type Mapping } from '../mapping.ts'
import { subjectKeyOf } from '../patient-key.ts'
import { readEncounterId } from '../values/encounter-id.ts'
import { readObservations } from '../values/observation.ts'
import { numbered } from './diagnostic-report.ts'

/** What D, entered in error, makes of the report that an observation on its own is. */
const reportStatus = (status: string | null): string | null => (status === 'D' ? 'X' : status)

/** An observation on its own, such as a vital sign: a report of one. Those of a report in the same message come with it. */
export default {
  handles: ['Observation'],
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'subject', message)
    if (patientKey === null) return []
    const observations = numbered(readObservations(resource, message))
    const [first] = observations
    if (first === undefined) return []
    const report = {
      ...unsaid.ResultReported(),
      reportId: businessKey(resource, patientKey, message),
      fillerNumber: firstIdentifier(resource, message)?.value ?? null,
      service: first.subId === null ? first.code : { ...unsaid.Coded(), code: first.subId },
      status: reportStatus(first.status),
      category: first.category,
      collectedAt: first.observedAt,
      issuedAt: first.analysedAt,
      encounterId: readEncounterId(resource, patientKey, message),
      observations,
    }
    return [happened(patientKey, resource, report)]
  },
} satisfies Mapping
