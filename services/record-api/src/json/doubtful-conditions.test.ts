import { expect, test } from 'vitest'
import { adt, subject, summaryAfter, texts } from './short-form.fixture.ts'

const system = 'http://terminology.hl7.org/CodeSystem/condition-'
const condition = (verification: string | null, more: object = {}) => ({
  resourceType: 'Condition',
  id: `C${verification}`,
  clinicalStatus: { coding: [{ system: `${system}clinical`, code: 'active' }] },
  ...(verification === null
    ? {}
    : { verificationStatus: { coding: [{ system: `${system}ver-status`, code: verification }] } }),
  code: { text: 'Pulmonary embolism' },
  subject,
  ...more,
})
const problems = (...messages: (string | object)[]) => texts(summaryAfter(...messages).problems)

test.each([
  ['unconfirmed', 'Pulmonary embolism, unconfirmed'],
  ['provisional', 'Pulmonary embolism, provisional'],
  ['differential', 'Pulmonary embolism, differential'],
  ['confirmed', 'Pulmonary embolism'],
  [null, 'Pulmonary embolism'],
])('a problem that is %s reads as such', (verification, line) => {
  expect(problems(condition(verification))).toEqual([line])
})

test('a refuted problem has no line, and a confirmed one loses the word', () => {
  const later = (status: string) => condition(status, { id: 'C1' })
  expect(problems(later('differential'), later('refuted'))).toEqual([])
  expect(problems(later('differential'), later('confirmed'))).toEqual(['Pulmonary embolism'])
})

test.each([
  ['A', 'Infarction, admitting (visit diagnosis)'],
  ['W', 'Infarction, working (visit diagnosis)'],
  ['F', 'Infarction (visit diagnosis)'],
  ['', 'Infarction (visit diagnosis)'],
])('a diagnosis of type %j reads as such', (type, line) => {
  const dg1 = `DG1|1||I21^Infarction^I10||20260901|${type}`
  expect(problems(adt('A01', '20260901100000', dg1))).toEqual([line])
})

test('a long name is cut, the doubt about it is not', () => {
  const [line = ''] = problems(condition('differential', { code: { text: 'x'.repeat(300) } }))
  expect(line).toHaveLength(120)
  expect(line).toMatch(/x…, differential$/)
})
