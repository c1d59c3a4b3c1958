import { read, system } from '@tideway/fhir-ingest/sender.fixture'
import { evolveEntry } from '@tideway/record/entries/entry'
import { newHead } from '@tideway/record/demographics/head'
import { withLines } from '@tideway/record/summary/head-lines'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { type EventBody, unsaid } from '@tideway/schemas/events.generated'
import { publicId } from '@tideway/schemas/public-id'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { eventsOf, observation, result } from '../events.fixture.ts'
import { summaryNotShown } from './not-shown.ts'
import { answerOf } from './schema/stored-answer.fixture.ts'
import { Summary } from './schema/summary.ts'
import { summaryOf as presented } from './summary.ts'

const answer = answerOf<Summary>(Summary)
const summaryOf = (heads: readonly PatientHead[], of: typeof names) =>
  answer({
    ...presented(heads, of, new Date('2026-07-01T12:00:00Z')),
    notShown: summaryNotShown(heads, []),
  })
const coded = (text: string) => ({ ...unsaid.Coded(), code: text, text })
const names = new Map([['RJZ', "King's"]])
const heard = new Date('2026-07-01T08:00:00Z')

const headOf = (key: string, ...bodies: EventBody[]): PatientHead => {
  const event = eventsOf(Date.UTC(2026, 6, 1))
  const [organisation = ''] = key.split('|')
  const entries = bodies.map(
    (body) => evolveEntry(null, event(organisation, key, 'PID[1]', body)) as Entry,
  )
  return {
    ...withLines(newHead(key), entries).head,
    freshness: { [organisation]: { sentAt: null, receivedAt: heard, version: 'v' } },
  }
}
const allergy = (allergyId: string): EventBody => ({
  ...unsaid.AllergyReported(),
  allergyId,
  code: coded(`substance ${allergyId}`),
  onsetAt: '2020-01-01',
})
const problem: EventBody = {
  ...unsaid.ConditionReported(),
  conditionId: 'C1',
  category: 'problem',
  code: coded('kidney failure'),
}
const medicine: EventBody = {
  ...unsaid.MedicationPrescribed(),
  prescriptionId: 'P1',
  kind: 'prescription',
  control: 'NW',
  medication: coded('amoxicillin'),
  dosageText: '1 TDS',
}
const alert: EventBody = {
  ...unsaid.AlertReported(),
  alertId: 'F1',
  code: coded('latex'),
  status: 'active',
}
const report: EventBody = result({
  collectedAt: '2026-07-01T09:00+01:00',
  observations: [observation('K', '6.8', 'F')],
})

test('each section has its lines with source, freshness and entry', () => {
  const summary = summaryOf(
    [headOf('RJZ|1', allergy('A1'), problem, medicine, alert, report)],
    names,
  )
  expect([...Value.Errors(Summary, summary)]).toEqual([])
  const texts = [summary.allergies, summary.problems, summary.medicines, summary.alerts].map(
    ({ lines }) => lines.map(({ text }) => text),
  )
  expect(texts).toEqual([['substance A1'], ['kidney failure'], ['amoxicillin, "1 TDS"'], ['latex']])
  expect(summary.allergies.lines[0]).toMatchObject({
    ...{
      entry: publicId('RJZ|1|allergy|A1'),
      organisation: 'RJZ',
      organisationName: "King's",
      patient: publicId('RJZ|1'),
    },
    ...{ status: 'active', lastReceivedAt: heard.toISOString(), behind: false },
  })
  expect(summary.reports.lines).toMatchObject([
    {
      name: 'Urea and electrolytes',
      status: 'final',
      abnormal: [{ value: '6.8', unit: 'mmol/L', flag: 'H' }],
    },
  ])
  expect(summary.allergies).toMatchObject({ cut: false })
  expect(summary.allergies).not.toHaveProperty('more')
})

test('statements of two organisations are two lines', () => {
  const { allergies } = summaryOf(
    [headOf('RJZ|1', allergy('A1')), headOf('RJ1|7', allergy('A1'))],
    names,
  )
  expect(
    allergies.lines.map(({ organisation, organisationName }) => [organisation, organisationName]),
  ).toEqual(
    expect.arrayContaining([
      ['RJZ', "King's"],
      ['RJ1', undefined],
    ]),
  )
})

test('a section that was cut has the query for the rest', () => {
  const many = Array.from({ length: 9 }, (_, index) => allergy(`A${index}`))
  const { allergies, problems } = summaryOf([headOf('RJZ|1', ...many)], names)
  expect([allergies.lines.length, allergies.cut, allergies.more]).toEqual([8, true, 'kind=allergy'])
  expect([problems.lines, problems.cut, problems.more]).toEqual([[], false, undefined])
})

test('a line of a patient with held events is marked as behind', () => {
  const head = {
    ...headOf('RJZ|1', allergy('A1')),
    incomplete: { since: heard, code: 'HELD', offset: 1 },
  }
  expect(summaryOf([head], names).allergies.lines[0]?.behind).toBe(true)
})

test.each([
  ['encounter-diagnosis', undefined, 0],
  ['encounter-diagnosis', 'active', 1],
  ['problem-list-item', 'active', 1],
])(
  'a Condition of category %s that is %s has %i lines among the problems',
  (category, clinical, lines) => {
    const of = (name: string, code: string) => ({
      coding: [{ system: `http://terminology.hl7.org/CodeSystem/${name}`, code }],
    })
    const about = {
      resourceType: 'Condition',
      category: [of('condition-category', category)],
      code: { text: 'sprain' },
      subject: { identifier: { system: system('X99'), value: 'A1' } },
    }
    const { events, faults } = read(
      clinical === undefined
        ? about
        : { ...about, clinicalStatus: of('condition-clinical', clinical) },
    )
    expect(faults).toEqual([])
    expect(
      summaryOf([headOf('X99|A1', ...events.map(({ body }) => body))], names).problems.lines,
    ).toHaveLength(lines)
  },
)
