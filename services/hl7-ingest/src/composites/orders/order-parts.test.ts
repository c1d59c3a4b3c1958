import type { MedicationPrescribed, RequestReported } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { bodies, requests } from './orders.fixture.ts'

test('notes and observations belong to the segment before them, also across a PRT', () => {
  const [one] = requests(
    'NTE|1||Before any order',
    'ORC|NW|P1',
    'NTE|1||Of the order',
    'OBR|1|||NA',
    'NTE|1||Of the service',
    'OBX|1|ST|V||low',
    'PRT|1|AD',
    'NTE|1||Of the value',
  )
  expect([one?.notes, one?.answers[0]?.notes]).toEqual([
    ['Of the order', 'Of the service'],
    ['Of the value'],
  ])
})

test('supplies and diets are requests too', () => {
  expect(
    requests('ORC|NW|P1', 'RQD|1|23^Hip||', 'ORC|NW|P2', 'ODS|D||RENAL^Renal diet').map(
      ({ service, category }) => [service?.code, category],
    ),
  ).toEqual([
    ['23', null],
    ['RENAL', 'DIET'],
  ])
})

test('a note has its kind, author, time and text', () => {
  const [request] = requests(
    'ORC|NW|P1',
    'NTE|1||first',
    'OBR|1|P1||UE',
    'NTE|1|P|second|RE|C1^RAO|202607010900|2026|2027',
    'NTE|2',
  )
  expect(request).toMatchObject({
    notes: ['first', 'second'],
    noteDetails: [
      {
        text: 'second',
        kind: { code: 'RE' },
        enteredBy: { identifier: 'C1' },
        enteredAt: '2026-07-01T09:00+01:00',
        effectiveFrom: '2026',
        effectiveUntil: '2027',
      },
    ],
  })
})

test('a participant belongs to the order before it, never to its observations or specimens', () => {
  const read = bodies('requests', [
    'ORC|NW|P1',
    'PRT|1|AD||AD||||ORC ward',
    'TQ1|1',
    'OBR|1|P1||UE',
    'PRT|1|AD||AD|C1^RAO|PPT|||LAB^1',
    'OBX|1|ST|A||1',
    'PRT|1|AD||PP|C2',
    'SPM|1|S1',
    'PRT|1|AD||PP|C3',
  ])[0] as RequestReported
  expect(
    read.participants.map(({ practitioner, organisation, location }) => [
      practitioner?.identifier ?? organisation?.name,
      location?.pointOfCare ?? null,
    ]),
  ).toEqual([
    ['ORC ward', null],
    ['C1', 'LAB'],
  ])
  expect(read.participants[1]?.providerTypes).toMatchObject([{ code: 'PPT' }])
  const prescription = bodies('medicines', [
    'ORC|NW|P1',
    'RXO|M1',
    'PRT|1|AD||AD|C1',
  ])[0] as MedicationPrescribed
  expect(prescription.participants).toMatchObject([{ practitioner: { identifier: 'C1' } }])
})
