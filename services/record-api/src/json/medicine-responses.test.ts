import { expect, test } from 'vitest'
import { hl7, recordAfter } from './said-later.fixture.ts'

const pid = 'PID|1||1002003^^^X99^MR||ONEILL^SIOBHAN||20190412|F'

test('a medicine that the pharmacy stops in a response is not current', () => {
  const rde = hl7(
    'RDE^O11',
    '20260701090000',
    'M1',
    pid,
    'ORC|NW|P8|F8',
    'RXE||A^Amoxicillin|250||mg',
  )
  const answers = recordAfter(
    rde,
    hl7('RRE^O12', '20260701090500', 'M2', 'MSA|AA|M1', pid, 'ORC|OD|P8|F8'),
  )
  expect(answers).toMatchObject([
    { kind: 'prescription', status: 'stopped', line: 'Amoxicillin, DOSE 250 mg' },
  ])
})

test('a dispense and a dose that a response repeats are one each', () => {
  const rxd = 'RXD|1|A^Amoxicillin|202607011000|21|capsule'
  expect(
    recordAfter(
      hl7('RDS^O13', '20260701100000', 'D1', pid, 'ORC|RE|P8|F8||CM', rxd),
      hl7('RRD^O14', '20260701100100', 'D2', 'MSA|AA|D1', pid, 'ORC|OK|P8|F8', rxd),
    ),
  ).toMatchObject([{ kind: 'dispense', status: 'completed' }])
  const rxa = 'RXA|1|1|202607011200|202607011200|A^Amoxicillin|250|mg'
  expect(
    recordAfter(
      hl7('RAS^O17', '20260701120000', 'G1', pid, 'ORC|RE|P8|F8', `${rxa}|||||||||||||RE`),
      hl7('RRA^O18', '20260701120100', 'G2', 'MSA|AA|G1', pid, 'ORC|OK|P8|F8', rxa),
    ),
  ).toMatchObject([{ kind: 'administration', status: 'refused' }])
})
