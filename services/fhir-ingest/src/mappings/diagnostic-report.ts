import type { CodeableConcept, Period, Reference } from '@medplum/fhirtypes'
import { type Observation, type ResultReported, unsaid } from '@tideway/schemas/events.generated'
import { type Numbers, numberedKey, numberOfReference, numbersOf } from '../business-key.ts'
import { fhirError } from '../errors.ts'
import { happened, type Mapping } from '../mapping.ts'
import { type Message, type Resource, take, takeAll } from '../message.ts'
import { requireSame, subjectKeyOf } from '../patient-key.ts'
import { resolve } from '../references.ts'
import { noCode, readAllCoded, readCoded } from '../values/coded.ts'
import { readEncounterId } from '../values/encounter-id.ts'
import { categoryOf, readObservations, statusIn } from '../values/observation.ts'
import { readOrganisation, readPractitioners } from '../values/practitioner.ts'
import { readSpecimens } from '../values/specimen.ts'

/** FHIR diagnostic-report-status in HL7 table 0123, so that one rule folds both. */
const statuses: Readonly<Record<string, string | null>> = {
  registered: 'O', partial: 'A', preliminary: 'P', final: 'F', amended: 'C', corrected: 'C', appended: 'C', cancelled: 'X', 'entered-in-error': 'X', unknown: null,
}

/**
 * Observations of the report, and of those the ones they have as members, each once and in order. One that was not sent with it cannot
 * be shown, and half a report would be a wrong one.
 *
 * @throws FhirError DANGLING_REFERENCE
 */
const resultsOf = (resource: Resource, element: string, message: Message, seen: Set<Resource>): Resource[] =>
  takeAll<Reference>(resource, element).flatMap((reference, index) => {
    const found = resolve(reference, resource, message)
    if (found === null) throw fhirError('DANGLING_REFERENCE', `${resource.place}.${element}[${index}].reference`)
    if (found.type !== 'Observation' || seen.has(found)) return []
    seen.add(found)
    message.partOf.add(found)
    return [found, ...resultsOf(found, 'hasMember', message, seen)]
  })

/** The second of a code in one report is another observation, not a correction. */
export const numbered = (observations: readonly Observation[]): Observation[] => {
  const times = new Map<string, number>()
  return observations.map((one) => {
    const identity = one.key.replace(/\d+$/, '')
    const time = (times.get(identity) ?? 0) + 1
    times.set(identity, time)
    return { ...one, key: `${identity}${time}` }
  })
}

/** Number and service as an ORU's: an ORU and a DiagnosticReport of one laboratory number and one service are one report. */
const reportIdOf = (resource: Resource, { filler, placer }: Numbers, service: ResultReported['service'], patientKey: string, message: Message): string => {
  const number = filler ?? placer
  const key = numberedKey(resource, number, patientKey, message)
  const name = service.code ?? service.text ?? service.alternateCode ?? service.alternateText
  return number === null ? key : `${key}^${name ?? ''}`
}

const reportOf = (resource: Resource, patientKey: string, message: Message): ResultReported => {
  const service = readCoded(take<CodeableConcept>(resource, 'code')) ?? noCode
  const numbers = numbersOf(resource, 'FILL', message)
  const specimens = readSpecimens(takeAll<Reference>(resource, 'specimen'), resource, patientKey, message)
  const [based] = takeAll<Reference>(resource, 'basedOn')
  const performers = takeAll<Reference>(resource, 'performer')
  const period = take<Period>(resource, 'effectivePeriod')
  const results = resultsOf(resource, 'result', message, new Set())
  for (const one of results) requireSame(one, patientKey, message)
  return {
    ...unsaid.ResultReported(),
    reportId: reportIdOf(resource, numbers, service, patientKey, message),
    placerNumber: numbers.placer?.value ?? numberOfReference(based, 'PLAC', resource, message),
    fillerNumber: numbers.filler?.value ?? null,
    accessionNumber: numbers.accession?.value ?? null,
    specimen: specimens[0]?.type ?? null,
    specimens,
    service,
    status: statusIn(statuses, resource),
    category: categoryOf(resource),
    collectedAt: take<string>(resource, 'effectiveDateTime') ?? period?.start ?? null,
    collectedUntil: period?.end ?? null,
    issuedAt: take<string>(resource, 'issued'),
    interpreters: readPractitioners(takeAll<Reference>(resource, 'resultsInterpreter'), resource, message),
    technicians: readPractitioners(performers, resource, message),
    organisation: performers.map((one) => readOrganisation(one, resource, message)).find((one) => one !== null) ?? null,
    encounterId: readEncounterId(resource, patientKey, message),
    observations: numbered(results.flatMap((one) => readObservations(one, message))),
    conclusion: take<string>(resource, 'conclusion'),
    conclusionCodes: readAllCoded(takeAll<CodeableConcept>(resource, 'conclusionCode')),
  }
}

/** A report with its observations. */
export default {
  handles: ['DiagnosticReport'],
  order: -1,
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'subject', message)
    return patientKey === null ? [] : [happened(patientKey, resource, reportOf(resource, patientKey, message))]
  },
} satisfies Mapping
