import { readHeader } from '@tideway/hl7v2/lexer/header'
import { safeHeaders } from '@tideway/http/early-answers'
import { expect, test } from 'vitest'
import { isInTestFile } from '../../checks/documents/named-test.ts'
import { answerFaults, mark } from './early-answers.ts'
import { countLine, findingLine } from './finding.ts'
import { changedIds, likeness } from './ids.ts'
import { leftToTests } from './left-to-tests.ts'
import { halfFrame, largeReport, monitored, registration } from './messages.ts'

const answer = (status: number, headers: Record<string, string>, body: string) =>
  [
    `HTTP/1.1 ${status} X`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ].join('\r\n')

test('an early answer is held only with its status, the safe headers, and nothing of the request', () => {
  expect(answerFaults(answer(414, safeHeaders, '{}'), 414)).toEqual([])
  expect(answerFaults(answer(404, safeHeaders, '{}'), 414)).toEqual(['status 404, not 414'])
  expect(answerFaults(answer(414, safeHeaders, mark), 414)).toEqual(['the request is echoed'])
  const { 'x-content-type-options': _, ...others } = safeHeaders
  expect(answerFaults(answer(414, others, '{}'), 414)).toEqual(['no x-content-type-options'])
  expect(answerFaults('', 414)).toHaveLength(1 + Object.keys(safeHeaders).length)
})

test('an id is changed in each place, and answers are compared without it', () => {
  const ids = changedIds('ABC')
  expect(ids).toEqual(['BBC', 'AAC', 'ABA'])
  expect(likeness(404, '{"at":"/x/BBC"}', ['/x/BBC', 'BBC'])).toBe(
    likeness(404, '{"at":"/x/AAC"}', ['/x/AAC', 'AAC']),
  )
  expect(likeness(403, '', [])).not.toBe(likeness(404, '', []))
})

test('messages have the sender and size that the attack says', () => {
  const patient = { mrn: '1', family: 'F' }
  const sender = (bytes: Buffer) => readHeader(bytes)?.sendingFacility
  expect(sender(registration(patient, 'C', { sender: 'NOBODY' }))).toBe('NOBODY')
  expect(registration(patient, 'C', { authority: 'RJ1' }).toString()).toContain('|1^^^RJ1^MR|')
  expect(largeReport(patient, 'C').length).toBeGreaterThan(600_000)
  expect(halfFrame('C', 110_000)).toHaveLength(110_000)
  const values = monitored(patient, 'M', { first: 200, count: 100 }, 'C').toString()
  expect(values.match(/OBX\|/g)).toHaveLength(100)
  expect(values).toContain('|HR200^')
  expect(values).toContain('|HR299^')
})

test('what did not hold is said, and counted', () => {
  const finding = { name: 'n', tried: 't', figure: 'f' }
  expect(findingLine({ ...finding, held: true })).toBe('held      n: t: f')
  expect(findingLine({ ...finding, held: false })).toBe('NOT HELD  n: t: f')
  expect(
    countLine([
      { ...finding, held: true },
      { ...finding, held: false },
    ]),
  ).toBe('1 held, 1 not held')
})

test.each(leftToTests)('what is left to a test is in it: $what', (named) => {
  expect(isInTestFile(named)).toBe(true)
})
