import { codeName } from '@tideway/record/keys/business-key'
import { preferredNumber, withService } from '@tideway/record/keys/clinical-keys'
import type { CodeableConcept, Period, Reference } from '@medplum/fhirtypes'
import { type Observation, type ResultReported, unsaid } from '@tideway/schemas/events.generated'
import { businessKey, type Numbers, numberOfReference, numbersOf } from '../keys/business-key.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { refuseOthersFocus, requireSame, subjectKeyOf } from '../keys/subject.ts'
import { resolve, unresolved } from '../normalise/resolve.ts'
import { noCode, readAllCoded, readCoded } from '../values/coded.ts'
import { readEncounterId } from '../keys/encounter-id.ts'
import { categoryOf, numbered, readObservations, statusIn } from '../values/observation.ts'
import { readOrganisation, readPractitioners } from '../values/practitioner.ts'
import { readSpecimens } from '../values/specimen.ts'
import {
  isRetracted,
  readReportStatus,
  reportStatuses,
  retractionOf,
} from '@tideway/record/status/report-status'

/**
 * Observations of a report and their members, each once and in order. A missing observation cannot
 * be shown, and an incomplete report would be wrong; of a report that was cancelled or entered in
 * error no value stands, so it may lack them.
 *
 * One that was sent before stays the entry it is: here it is only known that it exists.
 *
 * @param mayLack  the report was cancelled or entered in error
 * @throws FhirError DANGLING_REFERENCE or UNRESOLVED_REFERENCE
 */
const resultsOf = (
  resource: Resource,
  element: string,
  mayLack: boolean,
  message: FhirMessage,
  seen: Set<Resource>,
  report = resource,
): Resource[] =>
  takeAll<Reference>(resource, element).flatMap((reference, index) => {
    const found = resolve(reference, resource, message)
    if (found === null && !mayLack)
      throw unresolved(
        reference,
        resource,
        `${resource.place}.${element}[${index}].reference`,
        message,
      )
    if (found?.type !== 'Observation' || seen.has(found) || message.outside.knownOf(found))
      return []
    seen.add(found)
    message.partOf.set(found, (message.partOf.get(found) ?? new Set()).add(report))
    return [found, ...resultsOf(found, 'hasMember', mayLack, message, seen, report)]
  })

/** The observation without its own key, so that no standalone statement applies to it. */
const withoutOwn = (observation: Observation): Observation => ({
  ...observation,
  ownReportId: null,
  ownKey: null,
})

/**
 * Observations of a report entered in error are entered in error too, whatever their own statuses
 * say.
 */
const withdrawnIf = (
  isEnteredInError: boolean,
  observations: readonly Observation[],
): Observation[] =>
  observations.map((one) =>
    !isEnteredInError || one.status === 'entered-in-error'
      ? one
      : { ...withoutOwn(one), status: 'entered-in-error' },
  )

/** Observations of several resources. An identifier that two of them share identifies neither. */
const observationsOf = (
  results: readonly Resource[],
  patientKey: string,
  message: FhirMessage,
): Observation[] => {
  const read = results.map((one) => readObservations(one, patientKey, message))
  const ownOf = ([first]: readonly Observation[]): string | null => first?.ownReportId ?? null
  const alike = Map.groupBy(read, ownOf)
  return numbered(
    read.flatMap((all) =>
      ownOf(all) !== null && alike.get(ownOf(all))?.length !== 1 ? all.map(withoutOwn) : all,
    ),
  )
}

/**
 * Number and service, as for an ORU: an ORU and a DiagnosticReport of one laboratory number and
 * service are one report.
 */
const reportIdOf = (
  resource: Resource,
  { filler, placer }: Numbers,
  service: ResultReported['service'],
  patientKey: string,
  message: FhirMessage,
): string => {
  const number = preferredNumber('report', { placer, filler })
  const key = businessKey(resource, patientKey, message)
  return number === null ? key : withService(key, codeName(service))
}

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
  const isEnteredInError = isRetracted(status.status)
  const mayLack = retractionOf(status.status) !== null
  const results = resultsOf(resource, 'result', mayLack, message, new Set())
  for (const one of results) {
    requireSame(one, patientKey, message)
    refuseOthersFocus(one, patientKey, message)
  }
  return {
    ...unsaid.ResultReported(),
    reportId: reportIdOf(resource, numbers, service, patientKey, message),
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
    observations: withdrawnIf(isEnteredInError, observationsOf(results, patientKey, message)),
    conclusion: take<string>(resource, 'conclusion'),
    conclusionCodes: readAllCoded(takeAll<CodeableConcept>(resource, 'conclusionCode')),
    snapshot: message.source.fhir.reports === 'incremental' ? false : null,
  }
}

/** A report with its observations. */
export default {
  handles: ['DiagnosticReport'],
  order: -1,
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'subject', message)
    return patientKey === null
      ? []
      : [happened(patientKey, resource, reportOf(resource, patientKey, message))]
  },
} satisfies ResourceMapping
