import { expect, test } from 'vitest'
import { wordsOfWithdrawal } from './words-of-withdrawal.ts'

test.each([
  ['WRONG PATIENT', 'wrong-patient'],
  ['*** Wrong  patient. ***', 'wrong-patient'],
  ['Corrected result: wrong patient, please repeat', 'wrong-patient'],
  ['Reported on wrong patient', 'wrong-patient'],
  ["Another patient's result", 'wrong-patient'],
  ['Result belongs to another patient', 'wrong-patient'],
  ['RESULT WITHDRAWN - WRONG PATIENT', 'wrong-patient'],
  ['Entered in error, specimen mislabelled', 'mislabelled'],
  ['SPECIMEN MISLABELLED', 'mislabelled'],
  ['Specimen was mislabeled', 'mislabelled'],
  ['Mis-labelled sample', 'mislabelled'],
  ['ENTERED IN ERROR', 'entered-in-error'],
  ['Previous result was reported in error', 'entered-in-error'],
  ['RESULT WITHDRAWN', 'entered-in-error'],
  ['Result has been withdrawn by the laboratory', 'entered-in-error'],
  ['Please disregard previous result', 'entered-in-error'],
  ['Result withdrawn; no evidence of wrong patient', 'entered-in-error'],
] as const)('%s', (text, kind) => {
  expect(wordsOfWithdrawal(text)).toBe(kind)
})

test.each([
  'No evidence of wrong patient',
  'Not withdrawn',
  'Wrong patient?',
  'Wrong patient: no',
  'Wrong patient=N',
  'Wrong patient excluded',
  'Wrong patient, ruled out by repeat',
  'Wrong patient name on the form',
  'Not mislabelled',
  'Possibly mislabelled',
  'Specimen mislabelled? Repeat requested',
  'Withdrawn from warfarin in May',
  'Withdrawn patient, mood low',
  'Alcohol withdrawal',
  'Consent withdrawn',
  'Reported in error-free run',
  'Error of refraction',
  'The patient was on the wrong dose',
  '7.9',
  '',
])('%s says nothing of the kind', (text) => {
  expect(wordsOfWithdrawal(text)).toBeNull()
})

test('a long report is read at its start alone', () => {
  const report = 'Result result '.repeat(100_000)
  expect(wordsOfWithdrawal(`Wrong patient. ${report}`)).toBe('wrong-patient')
  expect(wordsOfWithdrawal(`Entered in error. ${report}`)).toBe('entered-in-error')
  expect(wordsOfWithdrawal(`${report} wrong patient`)).toBeNull()
})
