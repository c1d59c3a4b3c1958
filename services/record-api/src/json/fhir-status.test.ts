import { read } from '@tideway/fhir-ingest/sender.fixture'
import { evolveEntry } from '@tideway/record/entries/entry'
import { expect, test } from 'vitest'
import { eventsOf } from '../events.fixture.ts'
import { answerOf } from './schema/stored-answer.fixture.ts'
import { AnyEntry, entryOf } from './any-entry.ts'
import type { ReportAnswer } from './report.ts'

const answer = answerOf<AnyEntry>(AnyEntry)

const patient = {
  resourceType: 'Patient',
  identifier: [{ system: 'https://x99.example/id/patient', value: 'A1' }],
}
const entry = (resource: object, fullUrl: string) => ({
  fullUrl,
  resource,
  request: { method: 'POST', url: (resource as { resourceType: string }).resourceType },
})
const observation = (status: string) => ({
  resourceType: 'Observation',
  identifier: [{ system: 'https://x99.example/id/report', value: 'O1' }],
  status,
  code: { text: 'Potassium' },
  subject: { reference: 'urn:uuid:p' },
  valueQuantity: { value: 4.1, unit: 'mmol/L' },
})
const report = (status: string) => ({
  resourceType: 'DiagnosticReport',
  identifier: [{ system: 'https://x99.example/id/report', value: 'R1' }],
  status,
  code: { text: 'Urea and electrolytes' },
  subject: { reference: 'urn:uuid:p' },
  result: [{ reference: 'urn:uuid:o' }],
})

/** What a reader gets of the one report that was sent. */
const shownOf = (...resources: [object, string][]): ReportAnswer => {
  const bundle = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [entry(patient, 'urn:uuid:p'), ...resources.map(([one, url]) => entry(one, url))],
  }
  const { events, faults } = read(bundle)
  expect(faults).toEqual([])
  const told = events.find(({ body }) => body.type === 'ResultReported')
  const event = eventsOf(Date.UTC(2026, 6, 1))
  const folded =
    told === undefined
      ? null
      : evolveEntry(null, event('X99', told.patientKey, told.place, told.body))
  if (folded === null) throw new Error('no report')
  return answer(entryOf(folded, { archive: new Map() })) as ReportAnswer
}

test.each([
  ['amended', 'amended'],
  ['appended', 'appended'],
  ['corrected', 'corrected'],
  ['final', 'final'],
])('a DiagnosticReport %s is %s in the record', (sent, status) => {
  const shown = shownOf([report(sent), 'urn:uuid:r'], [observation('final'), 'urn:uuid:o'])
  expect(shown).toMatchObject({
    status,
    statusAsSent: sent,
    statusSystem: 'http://hl7.org/fhir/diagnostic-report-status',
    observations: [{ status: 'final', value: '4.1' }],
  })
})

test.each([
  ['amended', 'amended'],
  ['corrected', 'corrected'],
])('an Observation %s is %s in the record, with its value', (sent, status) => {
  const shown = shownOf([observation(sent), 'urn:uuid:o'])
  expect(shown).toMatchObject({
    status,
    statusAsSent: sent,
    statusSystem: 'http://hl7.org/fhir/observation-status',
    observations: [
      {
        status,
        statusAsSent: sent,
        statusSystem: 'http://hl7.org/fhir/observation-status',
        value: '4.1',
      },
    ],
  })
})
