import type { Reference } from '@medplum/fhirtypes'
import { unsaid } from '@tideway/schemas/events.generated'
import { businessKey } from '../keys/business-key.ts'
import { firstIdentifier } from '../keys/number-of.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { refuseOthersFocus, subjectKeyOf } from '../keys/subject.ts'
import { readEncounterId } from '../keys/encounter-id.ts'
import { take } from '../normalise/message.ts'
import { readObservations } from '../values/observation.ts'
import { readSpecimens } from '../values/specimen.ts'

/**
 * A standalone observation, such as a vital sign: a report with one observation. Observations of a
 * report in the same message are part of that report.
 */
export default {
  handles: ['Observation'],
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'subject', message)
    if (patientKey === null) return []
    refuseOthersFocus(resource, patientKey, message)
    const observations = readObservations(resource, patientKey, message)
    const [first] = observations
    if (first === undefined) return []
    const specimen = take<Reference>(resource, 'specimen')
    const specimens = readSpecimens(
      specimen === null ? [] : [specimen],
      resource,
      patientKey,
      message,
    )
    const report = {
      ...unsaid.ResultReported(),
      reportId: businessKey(resource, patientKey, message),
      fillerNumber: firstIdentifier(resource, message)?.value ?? null,
      service: first.panel ?? first.code,
      specimen: specimens[0]?.type ?? null,
      specimens,
      status: first.status,
      statusAsSent: first.statusAsSent,
      statusSystem: first.statusSystem,
      category: first.category,
      collectedAt: first.observedAt,
      issuedAt: first.analysedAt,
      encounterId: readEncounterId(resource, patientKey, message),
      observations,
    }
    return [happened(patientKey, resource, report)]
  },
} satisfies ResourceMapping
