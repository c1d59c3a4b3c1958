import type { ResultReported } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { a01, given, msh, obr, oru, pid, pv1 } from './normalise.fixture.ts'

const penicillin = 'AL1|1|DA|PEN^Penicillin|SV|Anaphylaxis\r'
const typesOf = (content: string) => given(content).events.map(({ body }) => body.type)

test.each<[string, string, string, string[]]>([
  ['a day of birth that does not exist', a01.replace('20190412', '20190231'), 'PID-7', ['PID-7']],
  ['a date of birth in words', a01.replace('20190412', 'invalid'), 'PID-7', ['PID-7']],
  [
    'an unreadable date of birth beside an order',
    `${msh('ORM^O01')}${pid.replace('20190412', '??')}ORC|NW|P1\rOBR|1|P1||UE\r`,
    'PID-7',
    ['PID-7'],
  ],
  [
    'an unreadable time of the event',
    a01.replace('|20260701091455', '|20260701091455||||1 July'),
    'EVN-6',
    ['EVN-6'],
  ],
  [
    'an unreadable admission time',
    a01.replace('V1\r', `V1${'|'.repeat(25)}yesterday\r`),
    'PV1-44',
    ['PV1-44'],
  ],
  ['a result message without an order', oru, 'OBR', []],
  ['results without an order', `${oru}OBX|1|NM|K||4\r`, 'OBR', ['OBX-2', 'OBX-3', 'OBX-5']],
  [
    'results below an ORC without its OBR',
    `${oru}ORC|RE|P1\rOBX|1|NM|K||4\r`,
    'OBR',
    ['ORC-1', 'ORC-2', 'OBX-2', 'OBX-3', 'OBX-5'],
  ],
  ['a report that nothing identifies', `${oru}OBR|1\rOBX|1|NM|K||4\r`, 'OBR-4', ['OBX-5']],
  [
    'an attachment that cannot be decoded',
    `${oru}${obr}OBX|1|NM|K||4\rOBX|2|ED|P||L^AP^PDF^Base64^%%%\r`,
    'OBX[2]-5',
    ['OBX-5'],
  ],
  [
    'an immunisation message without a vaccine',
    `${msh('VXU^V04')}${pid}ORC|RE|P1\rRXR|IM\r`,
    'RXA',
    ['ORC-2', 'RXR-1'],
  ],
  [
    'a dose without a vaccine',
    `${msh('VXU^V04')}${pid}RXA|0|1|20260701|||0.5|mL\r`,
    'RXA-5',
    ['RXA-3', 'RXA-6', 'RXA-7'],
  ],
  ['an order message without an order', `${msh('ORM^O01')}${pid}`, 'ORC', []],
  ['an order that nothing identifies', `${msh('OML^O21')}${pid}ORC|NW\r`, 'ORC-2', ['ORC-1']],
  ['a medicine message without an order', `${msh('RDE^O11')}${pid}`, 'ORC', []],
  ['an allergy without an agent', `${msh('ADT^A60')}${pid}IAM|1|DA||SV\r`, 'IAM-3', ['IAM-4']],
  ['a problem message without a problem', `${msh('PPR^PC1')}${pid}`, 'PRB', []],
  ['a problem that nothing names', `${msh('PPR^PC1')}${pid}PRB|AD|20260701\r`, 'PRB-3', ['PRB-1']],
  [
    'a document message without TXA',
    `${msh('MDM^T02')}${pid}${pv1}OBX|1|TX|N||a\r`,
    'TXA',
    ['OBX-5'],
  ],
  [
    'a document that nothing identifies',
    `${msh('MDM^T02')}${pid}TXA|1\rOBX|1|TX|||a\r`,
    'TXA-12',
    ['OBX-5'],
  ],
  ['a scheduling message without SCH', `${msh('SIU^S12')}${pid}AIS|1||X\r`, 'SCH', ['AIS-3']],
  [
    'an appointment that nothing identifies',
    `${msh('SIU^S12')}${pid}SCH||||||R\r`,
    'SCH-2',
    ['SCH-6'],
  ],
])('%s: the rest is used, it is listed, and the message says so', (_, content, place, left) => {
  const { problem, events, unused } = given(content)
  expect(problem).toEqual({ code: 'USED_IN_PART', place })
  expect(events[0]?.body).toMatchObject({
    type: 'PatientDetailsReported',
    nhsNumber: '9991001018',
  })
  expect(unused).toEqual(expect.arrayContaining(left))
})

test('a part that cannot be used never costs what stands beside it', () => {
  expect(typesOf(`${a01.replace('20190412', 'invalid')}${penicillin}`)).toEqual([
    'PatientDetailsReported',
    'PatientAdmitted',
    'AllergyReported',
  ])
  expect(typesOf(`${msh('ORM^O01')}${pid}${penicillin}`)).toEqual([
    'PatientDetailsReported',
    'AllergyReported',
  ])
  expect(typesOf(`${oru}${penicillin}OBX|1|NM|K||4\r`)).toEqual([
    'PatientDetailsReported',
    'AllergyReported',
  ])
  expect(typesOf(`${msh('VXU^V04')}${pid}${penicillin}`)).toContain('AllergyReported')
  expect(typesOf(`${oru}OBR|1\rOBX|1|NM|K||4\r${obr}OBX|1|NM|NA||140\r`)).toEqual([
    'PatientDetailsReported',
    'ResultReported',
  ])
  expect(typesOf(`${msh('ADT^A60')}${pid}IAM|1|DA\rIAM|2|DA|PEN^Penicillin\r`)).toEqual([
    'PatientDetailsReported',
    'AllergyReported',
  ])
  expect(
    typesOf(
      `${msh('VXU^V04')}${pid}RXA|0|1|20260701\rORC|RE||F2\rRXA|0|1|20260701||08^HepB^CVX|0.5|mL\r`,
    ),
  ).toEqual(['PatientDetailsReported', 'ImmunizationReported'])
})

test('of a report whose attachment cannot be decoded the values are used', () => {
  const { events } = given(
    `${oru}${obr}OBX|1|NM|K||4\rOBX|2|ED|P||L^AP^PDF^Base64^%%%\rOBX|3|NM|NA||140\r`,
  )
  expect(
    (events[1]?.body as ResultReported | undefined)?.observations.map(({ value }) => value),
  ).toEqual(['4', null, '140'])
})

test('a visit that is not identified is reported first, as it says more', () => {
  expect(given(a01.replace('|V1\r', '\r').replace('20190412', 'invalid')).problem).toEqual({
    code: 'VISIT_NOT_IDENTIFIED',
    place: 'PV1-19',
  })
})
