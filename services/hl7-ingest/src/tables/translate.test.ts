import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { allergenTypes, noTable, patientClasses, sexes, translate } from './translate.ts'

const source = {
  hl7: { codes: { 'PV1-2': { X: 'EMERGENCY', i: 'OUTPATIENT' } } },
} as unknown as Source

test.each([
  ['PID-8', 'F', sexes, 'FEMALE'],
  ['PID-8', 'f', sexes, 'FEMALE'],
  ['PID-8', 'Female', sexes, 'FEMALE'],
  ['PV1-2', 'I', patientClasses, 'INPATIENT'],
  ['PV1-2', 'i', patientClasses, 'OUTPATIENT'],
  ['PV1-2', 'X', patientClasses, 'EMERGENCY'],
  ['PV1-2', 'Inpatient', patientClasses, 'INPATIENT'],
  ['AL1-2', 'da', allergenTypes, 'DRUG'],
])('%s %s is ours', (field, code, table, word) =>
  expect(translate(source, field, code, table)).toBe(word),
)

test.each(['DIVERSE', 'x', 'constructor', 'Ward 7'])(
  'a code in no table stays as sent: %s',
  (code) => {
    expect(translate(source, 'PID-8', code, sexes)).toBe(code)
    expect(translate(source, 'PV1-4', code, noTable)).toBe(code)
  },
)
