import type { CodeableConcept, Period } from '@medplum/fhirtypes'
import { payloadOf } from '@tideway/ingest/offload'
import { type ResourceReported, type StatusSystem, unsaid } from '@tideway/schemas/events.generated'
import { businessKey } from '../keys/business-key.ts'
import { happened, type Mapping } from '../mapping.ts'
import { type Message, type Resource, take } from '../normalise/message.ts'
import { jsonText } from '@tideway/fhir/parse-json'
import { subjectKeyOf } from '../keys/patient-key.ts'
import { markAll } from '@tideway/fhir/element-usage'
import { readCoded } from '../values/coded.ts'
import { readEncounterId } from '../keys/encounter-id.ts'
import { readResourceStatus, resourceSystems } from '@tideway/record/status/resource-status'

/** Where each type says whom it is about. */
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

/** A resource of more is kept in the object store, bytes. */
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
  message: Message,
  text: string,
  object: string | null,
): ResourceReported => {
  const period = take<Period>(resource, 'period')
  return {
    ...unsaid.ResourceReported(),
    resourceKey: `${resource.type} ${businessKey(resource, patientKey, message)}`,
    resourceType: resource.type,
    ...readResourceStatus(
      take(resource, resource.type === 'Goal' ? 'lifecycleStatus' : 'status'),
      systemOf(resource.type),
    ),
    code: readCoded(firstConcept(resource)),
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

/** What has no kind of its own in the record: kept whole, as sent. */
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
    markAll(resource.sent, resource.marks)
    const text = jsonText(resource.sent, message.decimals)
    const bytes = Buffer.from(text)
    const payload = bytes.length > largest ? payloadOf(bytes) : null
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
} satisfies Mapping
