import { expect, test } from 'vitest'
import { type Hl7Message, parse, type Segment } from '@tideway/hl7v2/lexer/message'
import { unusedFields } from '@tideway/hl7v2/lexer/unused-fields'
import { readObservationValue } from './observation-value.ts'

const read = (type: string, sent: string) => {
  const message = parse(`MSH|^~\\&\rOBX|1|${type}|K||${sent}`, 'utf-8') as Hl7Message
  return readObservationValue(message.segments[1] as Segment, type || null, 'Europe/London')
}

const nothing = { value: null, coded: null, furtherCodes: [], numeric: null }

test.each([
  ['NM', '6.80', '6.80'],
  ['NM', '>1000', '>1000'],
  ['ST', 'a^b&c \\T\\ d', 'a^b&c & d'],
  ['TX', 'one~~three', 'one\n\nthree'],
  ['FT', 'one\\.br\\two', 'one\ntwo'],
  ['', 'no type', 'no type'],
  ['TM', '0915', '0915'],
  ['DT', '20260701', '2026-07-01'],
  ['TS', '202607010915', '2026-07-01T09:15+01:00'],
  ['DTM', 'yesterday', 'yesterday'],
  ['SN', '^5', '5'],
  ['SN', '<^5', '<5'],
  ['SN', '^1^:^128', '1:128'],
  ['SN', '^2^-^4', '2-4'],
  ['SN', '>=^10^+', '>=10+'],
  ['CX', '123^^^RXX^MR', '123 (RXX)'],
  ['EI', '123^RXX', '123 (RXX)'],
  ['XPN', 'SMITH^JO^^^MS', 'MS JO SMITH'],
  ['XCN', 'C1^SMITH^JO^^^DR', 'DR JO SMITH (C1)'],
  ['CN', 'C1', 'C1'],
  ['XON', 'St Elsewhere^L^X99', 'St Elsewhere (X99)'],
  ['XAD', '1 HIGH ST^^LEEDS^^LS1 4AP', '1 HIGH ST, LEEDS, LS1 4AP'],
  ['XTN', '02079460123^PRN', '02079460123'],
  ['XTN', '^PRN^PH^^44^20^79460123', '44 20 79460123'],
  ['CQ', '3^mL&millilitre', '3 mL'],
  ['MO', '12.50^GBP', '12.50 GBP'],
  ['NR', '3^5', '3 to 5'],
  ['NA', '1^2^3', '1 2 3'],
  ['CE', '1^one^L', 'one'],
  ['CWE', '1', '1'],
  ['CWE', '^^^2^two', 'two'],
  ['CWE', '1^one^L~2^two^L', 'one (1)\ntwo (2)'],
])('%s %s reads %j', (type, sent, value) => expect(read(type, sent).value).toBe(value))

test.each(['NM', 'TX', 'CE', 'SN', 'DT'])('%s with nothing, or "", is null', (type) => {
  expect([read(type, ''), read(type, '""')]).toEqual([nothing, nothing])
})

test('the code stays beside its text, and only a coded type has one', () => {
  expect(read('CE', '112283007^E. coli^SCT').coded).toMatchObject({
    code: '112283007',
    system: 'SCT',
  })
  expect(read('ST', '112283007^E. coli^SCT').coded).toBeNull()
})

test('all codes are in the value, and whole beside the first', () => {
  const message = parse(
    'MSH|^~\\&\rOBX|1|CWE|K||1^one^L~2^two^SCT^B^zwei~~3^three^^^^^^^^X',
    'utf-8',
  ) as Hl7Message
  expect(
    readObservationValue(message.segments[1] as Segment, 'CWE', 'Europe/London'),
  ).toMatchObject({
    value: 'one (1)\ntwo (2)\n\nthree (3)',
    coded: { code: '1', system: 'L' },
    furtherCodes: [
      { code: '2', text: 'two', system: 'SCT', alternateCode: 'B', alternateText: 'zwei' },
      { code: '3', text: 'three', system: null },
    ],
  })
  expect(unusedFields(message).filter((one) => one.startsWith('OBX-5'))).toEqual(['OBX-5.10'])
})
