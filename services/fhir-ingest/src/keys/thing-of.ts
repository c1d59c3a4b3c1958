import type { CodeableConcept, Coding, Reference } from '@medplum/fhirtypes'
import type { Thing } from '@tideway/record/keys/thing'
import { isObject } from '@tideway/fhir/parse-json'
import type { FhirMessage, Resource } from '../normalise/message.ts'
import { resolve } from '../normalise/resolve.ts'

const effective = ['effectiveDateTime', 'effectivePeriod', 'effectiveInstant']
const medication = ['medicationCodeableConcept', 'medicationReference']

/** Where a type says what it is about, and when it was: two at two times are two. */
type Elements = { code: readonly string[]; at?: readonly string[]; isByDay?: boolean }

const elements: Readonly<Record<string, Elements>> = {
  Observation: { code: ['code'], at: effective },
  DiagnosticReport: { code: ['code'], at: effective, isByDay: true },
  Procedure: { code: ['code'], at: ['performedDateTime', 'performedPeriod'], isByDay: true },
  Immunization: { code: ['vaccineCode'], at: ['occurrenceDateTime'], isByDay: true },
  MedicationRequest: { code: medication },
  MedicationStatement: { code: medication },
  MedicationDispense: { code: medication, at: ['whenHandedOver', 'whenPrepared'], isByDay: true },
  MedicationAdministration: { code: medication, at: effective },
  Appointment: { code: ['serviceType', 'appointmentType'] },
  FamilyMemberHistory: { code: ['relationship'] },
  RelatedPerson: { code: ['relationship'] },
  Goal: { code: ['description'] },
}
const others: Elements = { code: ['code', 'type', 'category', 'scope'] }

const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value)

const words = (text: unknown): string | null =>
  typeof text === 'string' && text.trim() !== '' ? text.trim().toLowerCase() : null

/** Most codes kept of a resource. */
const most = 4

const codesIn = ({ coding = [], text }: CodeableConcept): Pick<Thing, 'codes' | 'text'> => ({
  codes: coding
    .filter((one): one is Coding & { code: string } => typeof one.code === 'string')
    .slice(0, most)
    .map(({ system, code }) => [system ?? null, code]),
  text: words(text) ?? words(coding[0]?.display),
})

/** The referenced resource; null if it is not known, or has faults of its own. */
const found = (value: unknown, from: Resource, message: FhirMessage): Resource | null => {
  try {
    return isObject(value) ? resolve(value as Reference, from, message) : null
  } catch {
    return null
  }
}

const nothing = { codes: [], text: null }

const conceptOf = (value: unknown, from: Resource, message: FhirMessage) => {
  if (!isObject(value)) return nothing
  const { reference, display } = value as Reference
  if (reference === undefined && display === undefined) return codesIn(value as CodeableConcept)
  const named = found(value, from, message)?.sent['code']
  return isObject(named) ? codesIn(named as CodeableConcept) : { codes: [], text: words(display) }
}

const timeIn = (value: unknown): string | null => {
  const time = isObject(value) ? (value['start'] ?? value['end']) : value
  return typeof time === 'string' ? time : null
}

const nameOf = (value: unknown): string | null => {
  if (!isObject(value)) return null
  const { codes, text } = codesIn(value as CodeableConcept)
  return codes[0]?.[1] ?? text
}

const specimenOf = (
  value: unknown,
  from: Resource,
  message: FhirMessage,
): Pick<Thing, 'specimen' | 'material'> => {
  const sent = found(value, from, message)?.sent
  const number = sent?.['accessionIdentifier'] ?? first(sent?.['identifier'])
  const named = isObject(number) ? number : isObject(value) ? (value['identifier'] ?? null) : null
  const specimen = isObject(named) ? named['value'] : null
  return {
    specimen: typeof specimen === 'string' ? specimen : null,
    material: nameOf(sent?.['type']),
  }
}

const personIn = (value: unknown): string | null => {
  const name = first(value)
  if (!isObject(name)) return words(name)
  return (
    words([name['family'], first(name['given'])].filter(Boolean).join(' ')) ?? words(name['text'])
  )
}

/** What a resource is about. */
export const thingOf = (resource: Resource, message: FhirMessage): Thing => {
  const { sent, type } = resource
  const { code, at = [], isByDay = false } = elements[type] ?? others
  const stated = (names: readonly string[]) =>
    first(names.map((name) => sent[name]).find((value) => value !== undefined))
  const time = timeIn(stated(at))
  return {
    ...conceptOf(stated(code), resource, message),
    at: isByDay ? (time?.slice(0, 10) ?? null) : time,
    ...specimenOf(first(sent['specimen']), resource, message),
    site: nameOf(first(sent['bodySite'])),
    name: personIn(sent['name']) ?? words(sent['questionnaire']),
  }
}
