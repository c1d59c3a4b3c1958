import { expect, test } from 'vitest'
import { given, pid } from './normalise.fixture.ts'

const bars = (count: number) => '|'.repeat(count)
const visit = `PV1|1|I|W1${bars(16)}V1`
const order = 'ORC|NW|P1|F1'
const obr = 'OBR|1|P1|F1|K^Potassium'

/** Message type and segments with a time at TIME, a place for each kind. */
const places: [string, string, string[]][] = [
  ['EVN-2', 'ADT^A08', ['EVN|A08|TIME', pid, visit]],
  ['EVN-6', 'ADT^A02', ['EVN|A02|20260831||||TIME', pid, visit]],
  ['PID-29', 'ADT^A08', [`${pid.trim()}${bars(21)}TIME|Y`, visit]],
  ['PV1-44', 'ADT^A01', [pid, `${visit}${bars(25)}TIME`]],
  ['PV1-45', 'ADT^A03', [pid, `${visit}${bars(26)}TIME`]],
  ['PV2-8', 'ADT^A05', [pid, visit, `PV2${bars(8)}TIME`]],
  ['AL1-6', 'ADT^A08', [pid, visit, 'AL1|1|DA|P^Penicillin|||TIME']],
  ['DG1-5', 'ADT^A08', [pid, visit, 'DG1|1||I21^Infarction||TIME']],
  ['PR1-5', 'ADT^A08', [pid, visit, 'PR1|1||X^Operation||TIME']],
  ['IAM-13', 'ADT^A60', [pid, 'IAM|1|DA|P^Penicillin|||A|1||||||TIME']],
  ['PRB-7', 'PPR^PC1', [pid, 'PRB|AD|20260831|X^Asthma|1|||TIME']],
  ['OBR-7', 'ORU^R01', [pid, `${obr}|||TIME`, 'OBX|1|NM|K||4||||||F']],
  ['OBR-22', 'ORU^R01', [pid, `${obr}${bars(18)}TIME`, 'OBX|1|NM|K||4||||||F']],
  ['OBX-14', 'ORU^R01', [pid, obr, 'OBX|1|NM|K||4||||||F|||TIME']],
  ['OBX-19', 'ORU^R01', [pid, obr, 'OBX|1|NM|K||4||||||F||||||||TIME']],
  ['OBX-5, TS', 'ORU^R01', [pid, obr, 'OBX|1|TS|D^Due||TIME||||||F']],
  ['OBX-5, TS with its precision', 'ORU^R01', [pid, obr, 'OBX|1|TS|D^Due||TIME^S||||||F']],
  ['OBX-5, DTM', 'ORU^R01', [pid, obr, 'OBX|1|DTM|D^Due||TIME||||||F']],
  ['SPM-17', 'OUL^R22', [pid, `SPM|1|S1||SER${bars(13)}TIME`, obr, 'OBX|1|NM|K||4||||||F']],
  ['NTE-6', 'ORU^R01', [pid, obr, 'OBX|1|NM|K||4||||||F', 'NTE|1||Seen|||TIME']],
  ['ORC-9', 'ORM^O01', [pid, `${order}||||||TIME`, obr]],
  ['RXE-32', 'RDE^O11', [pid, order, `RXE||M^Morphine|1||mg${bars(27)}TIME`]],
  ['TQ1-7', 'RDE^O11', [pid, order, 'RXE||M^Morphine|1||mg', 'TQ1|1||BID||||TIME']],
  ['RXD-3', 'RDS^O13', [pid, order, 'RXD|1|M^Morphine|TIME|1|mg||1']],
  ['RXA-3', 'RAS^O17', [pid, order, 'RXA|0|1|TIME|TIME|M^Morphine|1|mg']],
  ['TXA-4', 'MDM^T02', [pid, visit, 'TXA|1|CN|TX|TIME||||||||D1', 'OBX|1|TX|D||Text||||||F']],
  ['SCH-11', 'SIU^S12', [`SCH|A1|F1${bars(9)}^^^TIME`, pid, 'RGS|1', 'AIG|1|A|R^Room']],
  ['AIS-4', 'SIU^S12', ['SCH|A1|F1', pid, 'RGS|1', 'AIS|1|A|X^X-ray|TIME']],
]

const read = (type: string, segments: readonly string[], time: string): string => {
  const text = [
    `MSH|^~\\&|PAS|X99|T|S|20260901091500||${type}|1|P|2.5.1`,
    ...segments.map((one) => one.trim().replaceAll('TIME', time)),
  ]
  const { events, problem } = given(text.join('\r'))
  expect(problem).toBeNull()
  return JSON.stringify(events)
}

test.each(places)('%s of %s takes 24:00 as the start of the next day', (_, type, segments) => {
  expect(read(type, segments, '20260831240000')).toContain('"2026-09-01T00:00:00+01:00"')
})

test.each(places)('%s of %s takes seconds with a fraction without a point', (_, type, segments) => {
  expect(read(type, segments, '20260831143134920350')).toContain('"2026-08-31T14:31:34+01:00"')
})
