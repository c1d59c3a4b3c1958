import { clinicalAlerts } from '@tideway/record/alerts/clinical-alerts'
import { entryIdIn } from '@tideway/record/entries/entry'
import type { PatientEvent, ResourceKnown } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { encoder } from '../sender.fixture.ts'
import { retractionOf } from '../retractions/retraction-events.ts'
import { withdrawalOf } from './withdrawal.ts'

const known = (type: string, event: string | null): ResourceKnown => ({
  names: [`${type}/1`],
  type,
  patientKey: 'X99|A',
  event,
  key: `~${type}/1`,
  parts: event === 'ResultReported' ? [{ key: 'K||1', code: 'K', text: 'Potassium' }] : [],
  json: null,
  base: null,
  isUpdate: true,
  from: null,
  messageId: 'm',
  saidAt: 1,
})
const eventOf = (of: ResourceKnown, place: string, why: 'moved' | 'deleted'): PatientEvent => {
  const { patientKey, key, parts } = of
  const deleted = {
    patientKey,
    place,
    body: retractionOf(of.type)?.eventOf(`${key}`, place, parts),
  }
  const { attachments: _, ...draft } = withdrawalOf(of, place) ?? { attachments: [] }
  return {
    id: 'm.0',
    messageId: 'm',
    source: 'X99',
    receivedAt: 1,
    sentAt: null,
    ...(why === 'moved' ? draft : deleted),
  } as PatientEvent
}

const rows = [
  ['Observation', 'ResultReported', 'report'],
  ['DiagnosticReport', 'ResultReported', 'report'],
  ['DocumentReference', 'DocumentReported', 'document'],
  ['AllergyIntolerance', 'AllergyReported', 'allergy'],
  ['Condition', 'ConditionReported', 'condition'],
  ['Procedure', 'ProcedureReported', 'procedure'],
  ['Immunization', 'ImmunizationReported', 'immunization'],
  ['MedicationRequest', 'MedicationPrescribed', 'prescription'],
  ['MedicationStatement', 'MedicationPrescribed', 'prescription'],
  ['MedicationDispense', 'MedicationDispensed', 'dispense'],
  ['MedicationAdministration', 'MedicationGiven', 'administration'],
  ['ServiceRequest', 'RequestReported', 'request'],
  ['Appointment', 'AppointmentReported', 'appointment'],
  ['Flag', 'AlertReported', 'alert'],
  ['RelatedPerson', 'ContactReported', 'contact'],
  ['Encounter', 'PatientAdmitted', 'encounter'],
  ['CarePlan', 'ResourceReported', 'resource'],
] as const

test.each(rows)(
  '%s: the event is of its entry, and can be written to the log',
  (type, event, kind) => {
    for (const why of ['moved', 'deleted'] as const) {
      const withdrawn = eventOf(known(type, event), `${type}.subject`, why)
      expect(entryIdIn(withdrawn)).toBe(`X99|A|${kind}|~${type}/1`)
      expect(encoder('patientEvents', withdrawn).length).toBeGreaterThan(0)
    }
  },
)

test.each(rows)('%s: only one that moved is another patient’s', (type, event) => {
  const codes = (place: string, why: 'moved' | 'deleted') =>
    clinicalAlerts(eventOf(known(type, event), place, why)).map(({ code }) => code)
  expect(codes(`${type}.subject`, 'moved')).toEqual(['WRONG_PATIENT'])
  expect(codes('Bundle.entry[0].request', 'deleted')).not.toContain('WRONG_PATIENT')
})

test('an observation is withdrawn by name, and in every report that holds it', () => {
  const of = (why: 'moved' | 'deleted') =>
    eventOf(known('Observation', 'ResultReported'), 'Observation.subject', why).body
  expect(of('moved')).toMatchObject({
    service: { text: 'Potassium' },
    observations: [
      {
        key: 'K||1',
        code: { code: 'K', text: 'Potassium' },
        status: 'wrong-patient',
        ownReportId: '~Observation/1',
        ownKey: 'K||1',
        value: null,
      },
    ],
  })
  expect(of('deleted')).toMatchObject({ observations: [{ status: 'entered-in-error' }] })
})

test('a resource without an entry has nothing to withdraw', () => {
  expect(withdrawalOf(known('Patient', null), 'Patient')).toBeNull()
  const nobodys = { ...known('Observation', 'ResultReported'), patientKey: null }
  expect(withdrawalOf(nobodys, 'Observation')).toBeNull()
})
