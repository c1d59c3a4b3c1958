import type { CodeableConcept, Period, Reference } from '@medplum/fhirtypes'
import { type ResultReported, unsaid } from '@tideway/schemas/events.generated'
import { businessKey, numberOfReference } from '../keys/business-key.ts'
import { numbersOf } from '../keys/number-of.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { subjectKeyOf } from '../keys/subject.ts'
import { noCode, readAllCoded, readCoded } from '../values/coded.ts'
import { readEncounterId } from '../keys/encounter-id.ts'
import { categoryOf, statusIn } from '../values/observation.ts'
import { readOrganisation, readPractitioners } from '../values/practitioner.ts'
import { presentedFormsOf } from '../reports/presented-forms.ts'
import { readReportResults } from '../reports/report-results.ts'
import { readSpecimens } from '../values/specimen.ts'
import {
  readReportStatus,
  reportStatuses,
  retractionOf,
} from '@tideway/record/status/report-status'

const reportOf = (resource: Resource, patientKey: string, message: FhirMessage): ResultReported => {
  const service = readCoded(take<CodeableConcept>(resource, 'code')) ?? noCode
  const numbers = numbersOf(resource, 'FILL', message)
  const specimens = readSpecimens(
    takeAll<Reference>(resource, 'specimen'),
    resource,
    patientKey,
    message,
  )
  const [based] = takeAll<Reference>(resource, 'basedOn')
  const performers = takeAll<Reference>(resource, 'performer')
  const period = take<Period>(resource, 'effectivePeriod')
  const status = statusIn(reportStatuses, readReportStatus, 'DIAGNOSTIC_REPORT_STATUS', resource)
  const retracted = retractionOf(status.status)
  const { observations, isWhole } = readReportResults(resource, patientKey, retracted, message)
  return {
    ...unsaid.ResultReported(),
    reportId: businessKey(resource, patientKey, message),
    placerNumber: numbers.placer?.value ?? numberOfReference(based, 'PLAC', resource, message),
    fillerNumber: numbers.filler?.value ?? null,
    accessionNumber: numbers.accession?.value ?? null,
    specimen: specimens[0]?.type ?? null,
    specimens,
    service,
    ...status,
    category: categoryOf(resource),
    collectedAt: take<string>(resource, 'effectiveDateTime') ?? period?.start ?? null,
    collectedUntil: period?.end ?? null,
    issuedAt: take<string>(resource, 'issued'),
    interpreters: readPractitioners(
      takeAll<Reference>(resource, 'resultsInterpreter'),
      resource,
      message,
    ),
    technicians: readPractitioners(performers, resource, message),
    organisation:
      performers
        .map((one) => readOrganisation(one, resource, message))
        .find((one) => one !== null) ?? null,
    encounterId: readEncounterId(resource, patientKey, message),
    observations,
    conclusion: take<string>(resource, 'conclusion'),
    conclusionCodes: readAllCoded(takeAll<CodeableConcept>(resource, 'conclusionCode')),
    snapshot: message.source.fhir.reports === 'incremental' || !isWhole ? false : null,
  }
}

/** A report with its observations. */
export default {
  handles: ['DiagnosticReport'],
  order: -1,
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'subject', message)
    if (patientKey === null) return []
    const report = reportOf(resource, patientKey, message)
    return [
      happened(patientKey, resource, report),
      ...presentedFormsOf(resource, patientKey, report, message),
    ]
  },
} satisfies ResourceMapping
