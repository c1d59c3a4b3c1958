import { expect, test } from 'vitest'
import { hl7 } from './said-later.fixture.ts'
import { adt, pid, subject, summaryAfter, texts } from './short-form.fixture.ts'

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

const prb = (fields: Record<number, string>): string => {
  const all = Object.assign(Array<string>(20).fill(''), {
    1: 'AD',
    2: '20261101',
    3: 'J45^Asthma^I10',
    4: 'P1',
    ...fields,
  })
  return hl7('PPR^PC1', '20261120090000', 'C1', pid, ['PRB', ...all.slice(1)].join('|'))
}

test.each([
  ['nothing', {}, ['Asthma']],
  ['PRB-9, the time it was over', { 9: '20200101' }, []],
  [
    'PRB-9 and active in PRB-14',
    { 9: '20200101', 14: 'active' },
    ['Asthma, until 01-Jan-2020 (contradicted: sent as ongoing and as over)'],
  ],
  ['PRB-8, the time it was expected to be over', { 8: '20200101' }, ['Asthma']],
  ['PRB-14 resolved', { 14: 'resolved' }, []],
  ['PRB-13 differential', { 13: 'differential' }, ['Asthma, differential']],
  ['PRB-13 in words of the sender', { 13: '^Suspected' }, ['Asthma, "Suspected"']],
] as const)('a problem with %s', (_, fields, lines) => {
  expect(problems(prb(fields))).toEqual(lines)
})
