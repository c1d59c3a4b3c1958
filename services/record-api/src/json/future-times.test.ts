import { expect, test } from 'vitest'
import { hl7 } from './said-later.fixture.ts'
import {
  active,
  entriesIn,
  pid,
  storedAfter,
  subject,
  summaryIn,
  texts,
} from './short-form.fixture.ts'

const oru = (at: string, filler: string, collected: string) =>
  hl7(
    'ORU^R01',
    at,
    `${filler}${at}`,
    pid,
    `OBR|1|P${filler}|${filler}|K^Potassium ${filler}|||${collected}${'|'.repeat(17)}CH|F`,
    `OBX|1|NM|K^Potassium||4.1|mmol/L|||||F`,
  )

test('a report with a collection time in the future sorts at its message, and says so', () => {
  const documents = storedAfter(
    oru('20260901100000', 'F1', '20620901090000'),
    oru('20260902100000', 'F2', '20260902090000'),
  )
  const { reports } = summaryIn(documents)
  expect(reports.lines.map(({ name, inFuture }) => [name, inFuture])).toEqual([
    ['Potassium F2', undefined],
    ['Potassium F1', true],
  ])
  expect(entriesIn(documents, 'report')).toMatchObject([
    { reportId: 'F2^K', collectedAt: '2026-09-02T09:00:00+01:00' },
    { reportId: 'F1^K', collectedAt: '2062-09-01T09:00:00+01:00', inFuture: true },
  ])
})

test('once a later message comes after that time, it is no longer in the future', () => {
  const documents = storedAfter(
    oru('20260901100000', 'F1', '20260901120000'),
    oru('20260901130000', 'F1', '20260901120000'),
  )
  expect(entriesIn(documents, 'report')[0]).not.toHaveProperty('inFuture')
})

test.each([
  ['a clock some minutes ahead', '20260901100400'],
  ['the day of the message', '20260901'],
  ['the month of the message', '202609'],
])('%s is not in the future', (_, collected) => {
  const documents = storedAfter(oru('20260901100000', 'F1', collected))
  expect(entriesIn(documents, 'report')[0]).not.toHaveProperty('inFuture')
})

test.each([
  ['tomorrow', '20260902'],
  ['next year', '2027'],
  ['an hour ahead', '20260901110000'],
])('%s is in the future', (_, collected) => {
  const documents = storedAfter(oru('20260901100000', 'F1', collected))
  expect(entriesIn(documents, 'report')[0]).toMatchObject({ inFuture: true })
})

test('an allergy, a problem, a medicine and an alert in the future do not come first unmarked', () => {
  const of = (resourceType: string, id: string, more: object) => ({ resourceType, id, ...more })
  const documents = storedAfter({
    resourceType: 'Bundle',
    type: 'collection',
    timestamp: '2026-09-01T10:00:00+01:00',
    entry: [
      of('AllergyIntolerance', 'A1', {
        ...active,
        patient: subject,
        code: { text: 'Latex' },
        recordedDate: '2062-01-01',
      }),
      of('AllergyIntolerance', 'A2', {
        ...active,
        patient: subject,
        code: { text: 'Peanut' },
        recordedDate: '2026-09-01T10:00:00.001+01:00',
      }),
      of('Condition', 'C1', { subject, code: { text: 'Asthma' }, onsetDateTime: '2062-01-01' }),
      of('MedicationRequest', 'M1', {
        subject,
        status: 'active',
        intent: 'order',
        medicationCodeableConcept: { text: 'Aspirin' },
        authoredOn: '2062-01-01',
      }),
      of('Flag', 'F1', {
        subject,
        status: 'active',
        code: { text: 'Fall risk' },
        period: { start: '2062-01-01' },
      }),
    ].map((resource) => ({ resource })),
  })
  const { allergies, problems, medicines, alerts } = summaryIn(documents)
  expect(texts(allergies)).toEqual(['Peanut', 'Latex'])
  expect(allergies.lines.map(({ inFuture }) => inFuture)).toEqual([undefined, true])
  for (const { lines } of [problems, medicines, alerts])
    expect(lines).toMatchObject([{ inFuture: true, at: '2062-01-01' }])
})

test('an appointment is about what is to come, and keeps its place', () => {
  const siu = hl7(
    'SIU^S12',
    '20260901100000',
    'S1',
    `SCH|A1|F1${'|'.repeat(9)}^^^20261101090000`,
    pid,
  )
  const [appointment] = entriesIn(storedAfter(siu), 'appointment')
  expect(appointment).not.toHaveProperty('inFuture')
  expect([...storedAfter(siu).entries.values()][0]?.sortAt).toEqual(
    new Date('2026-11-01T09:00:00Z'),
  )
})
