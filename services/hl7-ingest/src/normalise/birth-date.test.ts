import { expect, test } from 'vitest'
import { a01, given, obr, oru } from './normalise.fixture.ts'

test.each([
  ['19450000', '1945'],
  ['19450600', '1945-06'],
  ['20000101+^D', '2000-01-01'],
  ['2000^Y', '2000'],
  ['20000101000000^D', '2000-01-01'],
  ['20000101000000.000+0000^D', '2000-01-01'],
  ['20000101000000^L', '2000-01'],
])('the date of birth %s is %s', (sent, birthDate) => {
  const { events, problem, unused } = given(a01.replace('20190412', sent))
  expect(events[0]?.body).toMatchObject({ birthDate })
  expect([problem, unused.filter((place) => place.startsWith('PID'))]).toEqual([null, []])
})

test('a precision that contradicts the time does not shorten it, and is listed', () => {
  const { events, unused } = given(
    `${oru}${obr.replace('202607011005', '202607011005^D')}OBX|1|NM|K||4||||||F|||20260701100500+0100^M\r`,
  )
  expect(events[1]?.body).toMatchObject({
    collectedAt: '2026-07-01T10:05+01:00',
    observations: [{ observedAt: '2026-07-01T10:05+01:00' }],
  })
  expect(unused).toEqual(['OBR-7.2'])
})

test('a birth date with zeros for month and day is the year', () => {
  const { problem, events } = given(
    [
      'MSH|^~\\&|LIS|X99|TW|REG|20260901100000||ADT^A01|Z1-1|P|2.5.1',
      'EVN|A01|20260901100000',
      'PID|1||1^^^X99^MR||Testcase^Ada||19450000|F',
      'PV1|1|I|ED^1^1||||||||||||||||V1',
      'AL1|1|DA|PEN^Penicillin|SV|Anaphylaxis',
    ].join('\r'),
  )
  expect(problem).toBeNull()
  expect(events.map(({ body }) => body)).toMatchObject([
    { type: 'PatientDetailsReported', birthDate: '1945' },
    { type: 'PatientAdmitted' },
    { type: 'AllergyReported' },
  ])
})
