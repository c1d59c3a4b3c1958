import { hasTime, isLater } from '@tideway/time/iso-time'
import type {
  CodeableConcept,
  Coding,
  EncounterHospitalization,
  EncounterParticipant,
  Period,
} from '@medplum/fhirtypes'
import {
  type EventBody,
  type Practitioner,
  unsaid,
  type Visit,
} from '@tideway/schemas/events.generated'
import type { DraftEvent } from '@tideway/ingest/draft-event'
import { businessKey } from '../keys/business-key.ts'
import { firstIdentifier } from '../keys/number-of.ts'
import { fhirError } from '../errors.ts'
import { happened, type ResourceMapping } from '../mapping.ts'
import { type FhirMessage, type Resource, take, takeAll } from '../normalise/message.ts'
import { subjectKeyOf } from '../keys/subject.ts'
import { readCoded, wordOf } from '../values/coded.ts'
import { lookUp } from '../values/look-up.ts'
import { diagnosesInWords } from '../values/encounter-diagnoses.ts'
import { readPractitioner } from '../values/practitioner.ts'
import { readStays, type LocationStays } from '../values/stays.ts'
import {
  encounterStatuses,
  readEncounterStatus,
  visitEvents,
} from '@tideway/record/status/encounter-status'
import { isUnlisted, type SentStatus } from '@tideway/record/status/status-table'

/** Encounter classes of HL7 v3 ActCode. */
const classes: Readonly<Record<string, string>> = {
  IMP: 'INPATIENT',
  ACUTE: 'INPATIENT',
  NONAC: 'INPATIENT',
  SS: 'INPATIENT',
  OBSENC: 'INPATIENT',
  AMB: 'OUTPATIENT',
  HH: 'OUTPATIENT',
  VR: 'OUTPATIENT',
  FLD: 'OUTPATIENT',
  EMER: 'EMERGENCY',
  PRENC: 'PREADMIT',
}

type VisitEvent = Extract<EventBody, { visit: Visit }>['type']

const roles = {
  ATND: 'attending',
  PPRF: 'attending',
  REF: 'referring',
  CON: 'consulting',
  ADM: 'admitting',
} as const
type Role = (typeof roles)[keyof typeof roles]

const practitionersOf = (
  resource: Resource,
  message: FhirMessage,
): Record<Role, Practitioner[]> => {
  const found: Record<Role, Practitioner[]> = {
    attending: [],
    referring: [],
    consulting: [],
    admitting: [],
  }
  for (const { type, individual } of takeAll<EncounterParticipant>(resource, 'participant')) {
    const code = wordOf(type?.[0]) ?? 'ATND'
    const role = lookUp<Role>(roles, code) ?? 'consulting'
    const practitioner = readPractitioner(individual, resource, message)
    if (practitioner !== null) found[role].push(practitioner)
  }
  return found
}

const classOf = (
  resource: Resource,
  { source }: FhirMessage,
): Pick<Visit, 'patientClass' | 'patientClassAsSent'> => {
  const coding = take<Coding>(resource, 'class')
  const code = coding?.code ?? null
  // Reading it counts it as used: the standard system of a known class adds nothing.
  if (code !== null && lookUp(classes, code) !== null) void coding?.system
  const own = source.fhir.codes['Encounter.class'] ?? {}
  return {
    patientClass: code === null ? null : (lookUp(own, code) ?? lookUp(classes, code) ?? code),
    patientClassAsSent: code,
  }
}

const visitOf = (
  resource: Resource,
  { pending }: LocationStays,
  { statusAsSent, statusSystem }: SentStatus<string>,
  message: FhirMessage,
): Visit => {
  const period = take<Period>(resource, 'period')
  const stay = take<EncounterHospitalization>(resource, 'hospitalization')
  const [reason] = takeAll<CodeableConcept>(resource, 'reasonCode')
  const [type] = takeAll<CodeableConcept>(resource, 'type')
  const service = take<CodeableConcept>(resource, 'serviceType')
  return {
    ...unsaid.Visit(),
    visitNumber: firstIdentifier(resource, message),
    ...classOf(resource, message),
    statusAsSent,
    statusSystem,
    pendingLocation: pending,
    ...practitionersOf(resource, message),
    service: wordOf(service),
    admissionType: wordOf(type),
    admitSource: wordOf(stay?.admitSource),
    reason: readCoded(reason),
    dischargeDisposition: wordOf(stay?.dischargeDisposition),
    dischargedTo: stay?.destination?.display ?? null,
    admittedAt: period?.start ?? null,
    dischargedAt: period?.end ?? null,
  }
}

/** Whether both have a time of day, and the first is later. */
const isAfter = (a: string | null, b: string | null): boolean =>
  a !== null && b !== null && hasTime(a) && hasTime(b) && isLater(a, b)

/**
 * Events of the status, with the transfers between locations in the middle. Each event has its own
 * place in the submission, by which the record recognises duplicates.
 */
const courseOf = (
  types: readonly VisitEvent[],
  encounterId: string,
  visit: Visit,
  { past, now }: LocationStays,
  patientKey: string,
  resource: Resource,
): DraftEvent[] => {
  const stays = types.includes('PatientAdmitted') ? past : []
  const [first] = stays
  const admitted = first === undefined || isAfter(first.at, visit.admittedAt) ? null : first
  const eventOf = (
    type: VisitEvent | 'PatientTransferred',
    at: string | null,
    location: Visit['location'],
    place: string,
  ) =>
    happened(patientKey, { place: `${resource.place}${place}` }, {
      type,
      encounterId,
      at,
      visit: { ...visit, location },
    } as EventBody)
  const ends = types
    .filter((type) => type === 'PatientDischarged')
    .map((type) => eventOf(type, visit.dischargedAt, now, '.period.end'))
  const begins = types
    .filter((type) => type !== 'PatientDischarged')
    .map((type) =>
      eventOf(type, visit.admittedAt, stays.length === 0 ? now : (admitted?.location ?? null), ''),
    )
  return [
    ...begins,
    ...stays
      .filter((stay) => stay !== admitted)
      .map(({ at, location, index }) =>
        eventOf('PatientTransferred', at, location, `.location[${index}]`),
      ),
    ...ends,
  ]
}

/** A visit: the events of its status at the times of its period, and its locations. */
export default {
  handles: ['Encounter'],
  toEvents(resource, message) {
    const patientKey = subjectKeyOf(resource, 'subject', message)
    if (patientKey === null) return []
    const status = readEncounterStatus(take(resource, 'status'), 'ENCOUNTER_STATUS')
    if (isUnlisted(encounterStatuses, status))
      throw fhirError('INVALID_VALUE', `${resource.place}.status`)
    const types = visitEvents[status.status ?? 'unknown']
    const encounterId = businessKey(resource, patientKey, message)
    const stays = readStays(resource, message)
    return [
      ...courseOf(
        types,
        encounterId,
        visitOf(resource, stays, status, message),
        stays,
        patientKey,
        resource,
      ),
      ...diagnosesInWords(resource, encounterId, patientKey, message),
    ]
  },
} satisfies ResourceMapping
