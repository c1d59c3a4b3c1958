import type { CodeableConcept, Period, Reference } from '@medplum/fhirtypes'
import { unsaid } from '@tideway/schemas/events.generated'
import { businessKey } from '../keys/business-key.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { take, takeAll } from '../normalise/message.ts'
import { subjectKeyOf } from '../keys/subject.ts'
import { noCode, readCoded } from '../values/coded.ts'
import { readEncounterId } from '../keys/encounter-id.ts'
import { readPractitioner } from '../values/practitioner.ts'
import { statedStatus } from '../values/stated-status.ts'
import { readAlertStatus } from '@tideway/record/status/alert-status'

/** An alert. */
export default {
  handles: ['Flag'],
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'subject', message)
    if (patientKey === null) return []
    const [category] = takeAll<CodeableConcept>(resource, 'category')
    const period = take<Period>(resource, 'period')
    const alert = {
      ...unsaid.AlertReported(),
      alertId: businessKey(resource, patientKey, message),
      code: readCoded(take<CodeableConcept>(resource, 'code')) ?? noCode,
      category: readCoded(category),
      ...statedStatus(resource, readAlertStatus(take(resource, 'status'), 'FLAG_STATUS')),
      from: period?.start ?? null,
      until: period?.end ?? null,
      author: readPractitioner(take<Reference>(resource, 'author'), resource, message),
      encounterId: readEncounterId(resource, patientKey, message),
    }
    return [happened(patientKey, resource, alert)]
  },
} satisfies ResourceMapping
