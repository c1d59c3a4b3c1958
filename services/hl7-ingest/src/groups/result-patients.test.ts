import { expect, test } from 'vitest'
import { given, msh, problemOf } from '../normalise/normalise.fixture.ts'

const patient = (number: string, nhs = '') =>
  `PID|||${number}^^^X99^MR${nhs === '' ? '' : `~${nhs}^^^NHS^NH`}||Testcase^Ada||19700101|F\r`
const potassium = (filler: string, value: string) =>
  `OBR|1|P1|${filler}|K^Potassium|||20260901090000|||||||||||||||20260901095500||CH|F\r` +
  `OBX|1|NM|K^Potassium||${value}|mmol/L|||||F\r`
const oru = msh('ORU^R01')
const resultsOf = (content: string) =>
  given(content).events.flatMap(({ patientKey, body }) =>
    body.type === 'ResultReported'
      ? [[patientKey, body.reportId, ...body.observations.map(({ value }) => value)]]
      : [],
  )
const two = `${oru}${patient('1')}${potassium('F1', '4.0')}${patient('2')}${potassium('F2', '5.0')}`

test('each result belongs to the patient above it', () => {
  expect(resultsOf(two)).toEqual([
    ['X99|1', 'F1^K', '4.0'],
    ['X99|2', 'F2^K', '5.0'],
  ])
  expect(given(two)).toMatchObject({ problem: null, patientKeys: ['X99|1', 'X99|2'] })
})

test('the same filler number of two patients is a report each; of one patient, two reports', () => {
  expect(
    resultsOf(
      oru +
        patient('1') +
        potassium('F1', '4.0') +
        patient('2') +
        potassium('F1', '5.0') +
        patient('1') +
        potassium('F1', '6.0'),
    ),
  ).toEqual([
    ['X99|1', 'F1^K', '4.0'],
    ['X99|2', 'F1^K', '5.0'],
    ['X99|1', 'F1^K#2', '6.0'],
  ])
})

test('everything else below a PID is that patient’s alone: name, visit, allergies', () => {
  const { events } = given(
    `${oru}${patient('1')}PV1|1|I|||||||||||||||||V1\rAL1|1|DA|PEN\r${potassium('F1', '4.0')}` +
      `${patient('2').replace('Ada', 'Eve')}${potassium('F2', '5.0')}`,
  )
  expect(
    events.map(({ patientKey, body }) => [
      patientKey,
      body.type,
      body.type === 'ResultReported' ? body.encounterId : null,
    ]),
  ).toEqual([
    ['X99|1', 'PatientDetailsReported', null],
    ['X99|1', 'AllergyReported', null],
    ['X99|1', 'ResultReported', 'V1'],
    ['X99|2', 'PatientDetailsReported', null],
    ['X99|2', 'ResultReported', null],
  ])
})

test('results above the first PID belong to nobody, and are listed', () => {
  const { events, unused } = given(`${oru}OBX|1|NM|NA||140\r${two.slice(oru.length)}`)
  expect(events).toHaveLength(4)
  expect(unused).toContain('OBX-3')
})

test('results below a PID that identifies nobody are with nobody, and cost no other patient his', () => {
  const content = two.replace('2^^^X99^MR', '')
  expect(resultsOf(content)).toEqual([['X99|1', 'F1^K', '4.0']])
  expect(given(content)).toMatchObject({
    problem: { code: 'USED_IN_PART', place: 'PID[2]-3' },
    patientKeys: ['X99|1'],
    unused: expect.arrayContaining(['PID-5', 'OBR-3', 'OBX-5']),
  })
})

test('if no PID identifies anybody the message is parked', () => {
  expect(problemOf(two.replaceAll(/\d\^\^\^X99\^MR/g, ''))).toBe('MISSING_FIELD PID-3')
})

test('one number with two NHS numbers parks the message, alone or among others', () => {
  const [one, other] = ['9991001018', '9992002018']
  expect(problemOf(`${oru}${patient('1', one)}${potassium('F1', '4')}${patient('1', other)}`)).toBe(
    'SEVERAL_PATIENTS PID[2]',
  )
  expect(
    problemOf(
      `${oru}${patient('1', one)}${patient('2')}${potassium('F1', '4')}${patient('1', other)}`,
    ),
  ).toBe('SEVERAL_PATIENTS PID[3]')
})

test('a patient without results beside one with: the part is missing, the rest is used', () => {
  const { problem, events } = given(`${oru}${patient('1')}${patient('2')}${potassium('F2', '5.0')}`)
  expect(problem).toEqual({ code: 'USED_IN_PART', place: 'OBR' })
  expect(events.map(({ patientKey }) => patientKey)).toEqual(['X99|1', 'X99|2', 'X99|2'])
})

test('other messages about one patient are still parked if they name two', () => {
  expect(problemOf(`${msh('VXU^V04')}${patient('1')}${patient('2')}`)).toBe(
    'SEVERAL_PATIENTS PID[2]',
  )
})
