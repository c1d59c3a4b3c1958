import type { EventBody, RequestReported } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { given, problemOf, xl1 } from '../../normalise/normalise.fixture.ts'

const pid = 'PID|1||1002003^^^X99^MR||ONEILL^SIOBHAN||20190412|F'
const message = (type: string, ...segments: string[]) =>
  [`MSH|^~\\&|LIMS|X99|OCS|X99|20260701091500||${type}|1|P|2.5.1`, ...segments, ''].join('\r')
const bodiesOf = (type: string, ...segments: string[]): EventBody[] =>
  given(message(type, ...segments)).events.map(({ body }) => body)
const requestsOf = (type: string, ...segments: string[]) =>
  bodiesOf(type, ...segments).filter(
    ({ type: event }) => event === 'RequestReported',
  ) as RequestReported[]

test('why an order is refused: MSA-3, and the texts of ERR', () => {
  const reasonOf = (...segments: string[]) =>
    requestsOf('ORR^O02', ...segments, pid, 'ORC|UA|P1')[0]?.responseText
  expect(reasonOf('MSA|AE|9|Not done')).toBe('Not done')
  expect(
    reasonOf('MSA|AE|9|Not done', 'ERR||OBR^1|103^Table value not found|E|||Code 12|Ask us'),
  ).toBe('Not done; Table value not found (103); Ask us; Code 12')
  expect(reasonOf('MSA|AE|9', 'ERR||OBR^1|103')).toBe('103')
  expect(reasonOf('MSA|AE|9')).toBeNull()
  expect(reasonOf('MSA|AA|9|Success')).toBeNull()
  expect(reasonOf()).toBeNull()
})

test('a response without MSA is one all the same', () => {
  expect(requestsOf('ORR^O02', pid, 'ORC|NA|P1|F1')[0]).toMatchObject({
    response: 'UNSPECIFIED',
    control: 'NA',
  })
  expect(problemOf(message('ORR^O02', 'ORC|NA|P1|F1'))).toBe('PATIENT_NOT_NAMED PID')
  expect(problemOf(message('ORR^O02'))).toBe('PATIENT_NOT_NAMED PID')
})

test('the placer’s number in a response is that of the organisation it goes to', () => {
  const fromLab = (receiver: string, placer = 'P1') =>
    given(
      [
        `MSH|^~\\&|LIMS|XL1|OCS|${receiver}|20260701091500||ORL^O22|1|P|2.5.1`,
        'MSA|AA|9',
        'PID|1||1002003^^^X99^MR||ONEILL^SIOBHAN||20190412|F',
        `ORC|OK|${placer}|F1`,
        '',
      ].join('\r'),
      xl1,
    ).events.flatMap(({ body }) => (body.type === 'RequestReported' ? [body.requestId] : []))
  expect(fromLab('X99')).toEqual(['P1'])
  expect(fromLab('X99', 'P1^OCS')).toEqual(['P1'])
  expect(fromLab('X98')).toEqual(['XL1:P1'])
  expect(fromLab('')).toEqual(['XL1:P1'])
  expect(fromLab('X99', '')).toEqual(['XL1:F1'])
  expect(fromLab('toString')).toEqual(['XL1:P1'])
})
