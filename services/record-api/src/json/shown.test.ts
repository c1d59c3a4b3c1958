import { evolveEntry } from '@tideway/record/entries/entry'
import { evolveHead, newHead } from '@tideway/record/demographics/head'
import type { Entry } from '@tideway/schemas/documents/entry'
import { statementKinds, statements } from '@tideway/schemas/documents/statement'
import type { EventBody } from '@tideway/schemas/events.generated'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { eventsOf } from '../events.fixture.ts'
import { answerOf } from './schema/stored-answer.fixture.ts'
import { visitNotShown } from './encounter.ts'
import { identifiersOf } from './identifiers.ts'
import { markedRecord, notIn } from './marked.fixture.ts'
import { observationNotShown } from './schema/observation-said.ts'
import { detailsNotShown, Person, personOf } from './person.ts'
import { AnyEntry, entryOf } from './any-entry.ts'
import { reportNotShown } from './report.ts'

/**
 * Every field of the events is said, each unlike any other, and must be found in what a reader is
 * answered, or be listed with why not.
 */
const told = (body: object) =>
  eventsOf(Date.UTC(2026, 6, 1))('RJZ', 'RJZ|1', 'PID[1]', body as EventBody)
const shownOf = (body: object) => {
  const shown = answerEntry(entryOf(evolveEntry(null, told(body)) as Entry, { archive: new Map() }))
  expect([...Value.Errors(AnyEntry, shown)]).toEqual([])
  return shown
}
const answerEntry = answerOf<AnyEntry>(AnyEntry)
const answerPerson = answerOf<Person>(Person)
const fieldsOf = (paths: readonly string[]) =>
  [...new Set(paths.map((path) => path.replace(/[.[].*/, '')))].toSorted()

/** A sex in no table: only such a code is in the answer beside our word. */
const inNoTable = (said: Record<string, unknown>): Record<string, unknown> =>
  'sexAsSent' in said ? { ...said, sex: said['sexAsSent'] } : said

test('every field of a visit is in the answer or listed with a reason', () => {
  const marked = markedRecord('Visit')
  const visit = {
    ...marked,
    patientClass: marked['patientClassAsSent'],
    statusSystem: 'ENCOUNTER_STATUS',
  }
  const missing = fieldsOf(
    notIn(visit, 'Visit', shownOf({ type: 'VisitUpdated', encounterId: 'V1', at: null, visit })),
  )
  // A discharge alone says when a visit ended, and nobody was discharged here.
  expect(missing).toEqual([...Object.keys(visitNotShown), 'dischargedAt'].toSorted())
})

test('every field of the demographics is in the answer or listed with a reason', () => {
  const details = inNoTable({
    ...markedRecord('PatientDetailsReported'),
    deleted: [],
    zSegments: [],
  })
  const head = evolveHead(newHead('RJZ|1'), told({ type: 'PatientDetailsReported', ...details }))
  const person = answerPerson(personOf([head], new Map()))
  expect([...Value.Errors(Person, person)]).toEqual([])
  const { identifiers: _, deleted: _deleted, zSegments: _zSegments, ...notShown } = detailsNotShown
  expect(
    fieldsOf(notIn(details, 'PatientDetailsReported', [person, identifiersOf([head])])),
  ).toEqual(Object.keys(notShown).toSorted())
})

test('every field of a report and its observations is in the answer or listed with a reason', () => {
  const { observations, ...report } = markedRecord('ResultReported')
  const [observation] = observations as [Record<string, unknown>]
  // One that is only referred to says nothing.
  const stated = { ...observation, status: 'final', byReference: null }
  const said = { ...report, status: 'final', observations: [stated] }
  expect(notIn(said, 'ResultReported', shownOf({ type: 'ResultReported', ...said }))).toEqual([
    ...Object.keys(reportNotShown),
    ...Object.keys(observationNotShown)
      .filter((name) => name !== 'byReference')
      .map((name) => `observations[0].${name}`),
  ])
})

test('every field of a document is in the answer', () => {
  const said = {
    ...markedRecord('DocumentReported'),
    trigger: 'ORIGINAL',
    availability: 'available',
    completion: 'authenticated',
    status: 'final',
  }
  expect(notIn(said, 'DocumentReported', shownOf({ type: 'DocumentReported', ...said }))).toEqual(
    [],
  )
})

test.each(statementKinds)('every field of an entry of kind %s is in the answer', (kind) => {
  const { event } = statements[kind]
  const said = inNoTable(markedRecord(event))
  expect(notIn(said, event, shownOf({ type: event, ...said }))).toEqual([])
})

test('the test notices a missing field', () => {
  const said = markedRecord('AllergyReported')
  const shown = shownOf({ type: 'AllergyReported', ...said }) as { said: object }
  const others = { ...shown, said: { ...shown.said, code: null } }
  expect(fieldsOf(notIn(said, 'AllergyReported', others))).toEqual(['code'])
})
