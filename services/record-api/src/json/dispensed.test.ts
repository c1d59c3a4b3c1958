import { expect, test } from 'vitest'
import { dispense, rde, rds } from './dispensed.fixture.ts'
import { hl7 } from './said-later.fixture.ts'
import { active, pid, subject, summaryAfter, texts } from './short-form.fixture.ts'

test('what was dispensed in the last 90 days is among the medicines, said as dispensed', () => {
  const { medicines } = summaryAfter(rds('20261127100000', '20261127'))
  expect(medicines.lines).toMatchObject([
    {
      text: 'Amoxicillin 500mg capsules, QUANTITY 21 capsule, dispensed 27-Nov-2026',
      dispensed: true,
      at: '2026-11-27',
    },
  ])
  expect(texts(summaryAfter(rds('20260830100000', '20260830')).medicines)).toEqual([])
})

test('a dispense is not shown beside the active prescription of its order, and is once that ends', () => {
  const [ordered, dispensed] = [rde('20261126100000', 'NW'), rds('20261127100000', '20261127')]
  const shown = summaryAfter(ordered, dispensed).medicines.lines
  expect(shown.map(({ dispensed: is }) => is)).toEqual([undefined])
  const stopped = summaryAfter(ordered, dispensed, rde('20261128100000', 'DC')).medicines.lines
  expect(stopped).toMatchObject([{ dispensed: true }])
})

test('a dispense is shown beside an order that is only told again with it', () => {
  const { medicines } = summaryAfter(
    rds('20261127100000', '20261127').replace(
      '\rRXD',
      '\rRXE||AMX^Amoxicillin 500mg capsules|1||capsule\rRXD',
    ),
  )
  expect(texts(medicines).toSorted()).toEqual([
    'Amoxicillin 500mg capsules, DOSE 1 capsule',
    'Amoxicillin 500mg capsules, QUANTITY 21 capsule, dispensed 27-Nov-2026',
  ])
})

test('of several dispenses of one order the newest is shown, of other orders each', () => {
  const { medicines } = summaryAfter(
    rds('20261001100000', '20261001'),
    rds('20261101100000', '20261101'),
    rds('20261110100000', '20261110', 'P2', 'IBU^Ibuprofen'),
  )
  expect(texts(medicines)).toEqual([
    'Ibuprofen, QUANTITY 21 capsule, dispensed 10-Nov-2026',
    'Amoxicillin 500mg capsules, QUANTITY 21 capsule, dispensed 01-Nov-2026',
  ])
})

test.each([
  ['completed', ['Furosemide 40mg tablets, dispensed 20-Nov-2026']],
  ['in-progress', ['Furosemide 40mg tablets, being dispensed 20-Nov-2026']],
  ['entered-in-error', []],
  ['declined', []],
  ['cancelled', []],
])('a MedicationDispense that is %s gives %j', (status, lines) => {
  expect(texts(summaryAfter(dispense('D1', status)).medicines)).toEqual(lines)
})

test('a dispense entered in error leaves the one before it', () => {
  const { medicines } = summaryAfter(
    dispense('D1', 'completed', { whenHandedOver: '2026-10-20T12:00:00+00:00' }),
    dispense('D2', 'completed'),
    dispense('D2', 'entered-in-error'),
  )
  expect(texts(medicines)).toEqual(['Furosemide 40mg tablets, dispensed 20-Oct-2026'])
})

test('lines have the code of the status as sent', () => {
  const { medicines, allergies } = summaryAfter(dispense('D1', 'completed'), {
    resourceType: 'AllergyIntolerance',
    id: 'A1',
    patient: subject,
    code: { text: 'Peanut' },
    ...active,
  })
  expect([medicines.lines[0]?.statusAsSent, allergies.lines[0]?.statusAsSent]).toEqual([
    'completed',
    'active',
  ])
})

test('a medicine dispensed under a number used again is shown beside an older order of the number', () => {
  const other = hl7(
    'RDE^O11',
    '20261101100000',
    'P1-again',
    pid,
    'ORC|NW|P1||||||||20261101100000',
    'RXE||PAR^Paracetamol 500mg tablets|1||tablet',
  )
  const told = [rde('20261001100000', 'NW'), other, rds('20261127100000', '20261127')]
  expect(texts(summaryAfter(...told).medicines)).toContainEqual(
    expect.stringContaining('dispensed 27-Nov-2026'),
  )
})
