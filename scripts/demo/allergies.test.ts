import type { PatientRecord } from '@tideway/record-api/json/record'
import { expect, test } from 'vitest'
import { allergyLines } from './allergies.ts'

const allergy = (organisation: string, text: string, more: object = {}) => ({
  organisation,
  status: 'active',
  said: {
    code: { code: text, text },
    severity: 'SV',
    reactions: [{ manifestations: [{ code: null, text: 'Rash' }] }],
  },
  ...more,
})
const linesOf = (...allergies: object[]) => allergyLines({ allergies } as unknown as PatientRecord)

test('each substance once, with its sources', () => {
  expect(
    linesOf(allergy('RJ1', 'Latex'), allergy('RJZ', 'Latex'))
      .split('\n')
      .map((line) => line.trim()),
  ).toEqual(['Known allergies', 'LATEX: Rash, severe (RJ1, RJZ)'])
})

test('a refuted allergy is not shown, and a statement of none hides no allergy', () => {
  expect(linesOf(allergy('RJ1', 'Latex', { status: 'refuted' }))).toBe('Allergies not recorded')
  expect(linesOf(allergy('RJ1', '716186003'))).toBe('No known allergies')
  expect(linesOf(allergy('RJ1', '716186003'), allergy('RJZ', 'Latex'))).toContain('LATEX')
})
