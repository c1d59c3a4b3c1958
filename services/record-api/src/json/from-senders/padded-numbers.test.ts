import { expect, test } from 'vitest'
import { hl7 } from '../said-later.fixture.ts'
import { oru, recordInAnyOrder, resultsOf } from './whole-record.fixture.ts'

const pid = 'PID|1||1^^^X99^MR||Testcase^Ada||19700101|F'

test('a correction finds the report whose number is padded on the other side', () => {
  const report = (msh7: string, id: string, number: string, value: string, status: string) =>
    oru(
      msh7,
      id,
      `OBR|1|P1|${number}|UE^U and E|||20260901090000|||||||||||||||20260901095500||CH|${status}`,
      `OBX|1|NM|K^Potassium||${value}|mmol/L|||||${status}`,
    )
  const record = recordInAnyOrder(
    report('20260901100000', 'A-1', 'F1   ', '6.9', 'F'),
    report('20260901110000', 'A-2', '   F1', '4.9', 'C'),
  )
  expect(resultsOf(record)).toMatchObject([{ value: '4.9', earlier: ['6.9'] }])
})

test('a cancellation finds the order whose number is padded', () => {
  const record = recordInAnyOrder(
    hl7('OML^O21', '20260901100000', 'A-1', pid, 'ORC|NW|  P1', 'OBR|1|  P1||CT^CT head'),
    hl7('OML^O21', '20260902100000', 'A-2', pid, 'ORC|CA|P1', 'OBR|1|P1||CT^CT head'),
  )
  expect(record.requests).toMatchObject([{ status: 'cancelled', said: { placerNumber: 'P1' } }])
})

test('a number as text without a unit is out of the range sent with it', () => {
  const record = recordInAnyOrder(
    oru(
      '20260901100000',
      'B-1',
      'OBR|1|P1|F1|INR^INR|||20260901090000|||||||||||||||20260901095500||CH|F',
      'OBX|1|ST|INR^INR||>8.0||0.8-1.2||||F',
      'OBX|2|ST|PH^pH||7.4||7.35-7.45||||F',
    ),
  )
  expect(record.summary.reports.lines[0]?.abnormal).toMatchObject([
    { value: '>8.0', flag: 'H', computed: true },
  ])
})
