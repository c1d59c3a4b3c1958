import type { CodeableConcept, Period } from '@medplum/fhirtypes'
import { payloadReference } from '@tideway/ingest/large-payloads'
import { type ResourceReported, type StatusSystem, unsaid } from '@tideway/schemas/events.generated'
import { businessKey } from '../keys/business-key.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take } from '../normalise/message.ts'
import { jsonText } from '@tideway/fhir/parse-json'
import { subjectKeyOf } from '../keys/subject.ts'
import { markAllUsed } from '@tideway/fhir/element-usage'
import { readCoded } from '../values/coded.ts'
import { statedStatus } from '../values/stated-status.ts'
import { readEncounterId } from '../keys/encounter-id.ts'
import { readResourceStatus, resourceSystems } from '@tideway/record/status/resource-status'

/** The element of each type that refers to its patient. */
const subjects: Readonly<Record<string, string>> = {
  CarePlan: 'subject',
  CareTeam: 'subject',
  Composition: 'subject',
  Consent: 'patient',
  Device: 'patient',
  EpisodeOfCare: 'patient',
  FamilyMemberHistory: 'patient',
  Goal: 'subject',
  ImagingStudy: 'subject',
  List: 'subject',
  QuestionnaireResponse: 'subject',
  Task: 'for',
}

/** Size above which a resource is kept in the object store, bytes. */
const largest = 200_000

const firstConcept = (resource: Resource): CodeableConcept | null => {
  for (const name of ['code', 'type', 'category', 'scope']) {
    const sent = [resource.json[name] ?? []].flat()[0] as CodeableConcept | string | undefined
    if (sent !== undefined && typeof sent === 'object') return sent
  }
  return null
}

/** Value set of the status of a type. */
const systemOf = (type: string): StatusSystem =>
  (resourceSystems as Readonly<Record<string, StatusSystem>>)[type] ?? 'LOCAL'

const words = (resource: Resource, names: readonly string[]): string | null =>
  names.map((name) => resource.json[name]).find((value) => typeof value === 'string') ?? null

const reportOf = (
  resource: Resource,
  patientKey: string,
  message: FhirMessage,
  text: string,
  object: string | null,
): ResourceReported => {
  const period = take<Period>(resource, 'period')
  const element = resource.type === 'Goal' ? 'lifecycleStatus' : 'status'
  return {
    ...unsaid.ResourceReported(),
    resourceKey: `${resource.type} ${businessKey(resource, patientKey, message)}`,
    resourceType: resource.type,
    ...statedStatus(
      resource,
      readResourceStatus(take(resource, element), systemOf(resource.type)),
      element,
    ),
    code: readCoded(firstConcept(resource)),
    emptyReason: readCoded(take<CodeableConcept>(resource, 'emptyReason')),
    title: words(resource, ['title', 'description']),
    from:
      period?.start ??
      words(resource, [
        'date',
        'dateTime',
        'started',
        'authored',
        'authoredOn',
        'created',
        'startDate',
      ]),
    until: period?.end ?? null,
    json: object === null ? text : null,
    object,
    encounterId: readEncounterId(resource, patientKey, message),
  }
}

/** Resources without a dedicated entry type: kept complete, as sent. */
export default {
  handles: Object.keys(subjects),
  toEvents(resource, message) {
    const element = subjects[resource.type] as string
    if (
      resource.json[element] === undefined &&
      (resource.type === 'Device' || resource.type === 'List')
    )
      return []
    const patientKey = subjectKeyOf(resource, element, message)
    if (patientKey === null) return []
    markAllUsed(resource.sent, resource.usage)
    const text = jsonText(resource.sent, message.decimals)
    const bytes = Buffer.from(text)
    const payload = bytes.length > largest ? payloadReference(bytes) : null
    const attachments =
      payload === null
        ? []
        : [{ object: payload.object, bytes, contentType: 'application/fhir+json' }]
    return [
      happened(
        patientKey,
        resource,
        reportOf(resource, patientKey, message, text, payload?.object ?? null),
        attachments,
      ),
    ]
  },
} satisfies ResourceMapping
