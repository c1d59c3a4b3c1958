import type { StatusSystem } from '@tideway/schemas/events.generated'

/**
 * Canonical URI of each table or value set that a status is sent in; null where the field has none.
 *
 * @see HL7 v2.9 chapter 2C; FHIR R4, Terminologies
 */
export const statusSystems: Readonly<Record<StatusSystem, string | null>> = {
  LOCAL: null,
  HL70038: 'http://terminology.hl7.org/CodeSystem/v2-0038',
  HL70085: 'http://terminology.hl7.org/CodeSystem/v2-0085',
  HL70123: 'http://terminology.hl7.org/CodeSystem/v2-0123',
  HL70136: 'http://terminology.hl7.org/CodeSystem/v2-0136',
  HL70271: 'http://terminology.hl7.org/CodeSystem/v2-0271',
  HL70273: 'http://terminology.hl7.org/CodeSystem/v2-0273',
  HL70278: 'http://terminology.hl7.org/CodeSystem/v2-0278',
  HL70283: 'http://terminology.hl7.org/CodeSystem/v2-0283',
  HL70322: 'http://terminology.hl7.org/CodeSystem/v2-0322',
  HL70438: 'http://terminology.hl7.org/CodeSystem/v2-0438',
  HL70510: 'http://terminology.hl7.org/CodeSystem/v2-0510',
  HL70511: 'http://terminology.hl7.org/CodeSystem/v2-0511',
  HL70513: 'http://terminology.hl7.org/CodeSystem/v2-0513',
  ALLERGYINTOLERANCE_CLINICAL: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical',
  ALLERGYINTOLERANCE_VERIFICATION:
    'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification',
  APPOINTMENTSTATUS: 'http://hl7.org/fhir/appointmentstatus',
  BOOLEAN: null,
  CARE_TEAM_STATUS: 'http://hl7.org/fhir/care-team-status',
  COMPOSITION_STATUS: 'http://hl7.org/fhir/composition-status',
  CONDITION_CLINICAL: 'http://terminology.hl7.org/CodeSystem/condition-clinical',
  CONDITION_VER_STATUS: 'http://terminology.hl7.org/CodeSystem/condition-ver-status',
  CONSENT_STATE_CODES: 'http://hl7.org/fhir/consent-state-codes',
  DEVICE_STATUS: 'http://hl7.org/fhir/device-status',
  DIAGNOSTIC_REPORT_STATUS: 'http://hl7.org/fhir/diagnostic-report-status',
  DOCUMENT_REFERENCE_STATUS: 'http://hl7.org/fhir/document-reference-status',
  ENCOUNTER_STATUS: 'http://hl7.org/fhir/encounter-status',
  EPISODE_OF_CARE_STATUS: 'http://hl7.org/fhir/episode-of-care-status',
  EVENT_STATUS: 'http://hl7.org/fhir/event-status',
  FLAG_STATUS: 'http://hl7.org/fhir/flag-status',
  GOAL_STATUS: 'http://hl7.org/fhir/goal-status',
  HISTORY_STATUS: 'http://hl7.org/fhir/history-status',
  IMAGINGSTUDY_STATUS: 'http://hl7.org/fhir/imagingstudy-status',
  // Immunization.status is of three codes of event-status.
  IMMUNIZATION_STATUS: 'http://hl7.org/fhir/event-status',
  LIST_STATUS: 'http://hl7.org/fhir/list-status',
  MEDICATION_ADMIN_STATUS: 'http://terminology.hl7.org/CodeSystem/medication-admin-status',
  MEDICATION_STATEMENT_STATUS: 'http://hl7.org/fhir/CodeSystem/medication-statement-status',
  MEDICATIONDISPENSE_STATUS: 'http://terminology.hl7.org/CodeSystem/medicationdispense-status',
  MEDICATIONREQUEST_STATUS: 'http://hl7.org/fhir/CodeSystem/medicationrequest-status',
  OBSERVATION_STATUS: 'http://hl7.org/fhir/observation-status',
  QUESTIONNAIRE_ANSWERS_STATUS: 'http://hl7.org/fhir/questionnaire-answers-status',
  REQUEST_STATUS: 'http://hl7.org/fhir/request-status',
  TASK_STATUS: 'http://hl7.org/fhir/task-status',
}
