import { expect, test } from 'vitest'
import { given, msh, pid } from '../normalise/normalise.fixture.ts'

test.each([
  ['a doctor', `PV1|1|I|||||||5^HALE${'|'.repeat(10)}V1\r`, null],
  ['no doctor', `PV1|1|I${'|'.repeat(17)}V1\r`, 'PV1-9'],
  ['no visit', '', 'PV1'],
])('a cancelled change of consulting doctor with %s', (_, pv1, place) => {
  const { problem, events } = given(`${msh('ADT^A62')}${pid}${pv1}`)
  expect(problem).toEqual(place === null ? null : { code: 'USED_IN_PART', place })
  expect(events.length).toBe(pv1 === '' ? 1 : 2)
})
