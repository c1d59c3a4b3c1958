import { expect, test } from 'vitest'
import { given, msh, x99 } from '../normalise/normalise.fixture.ts'

const detailsIn = (ids: string, source = x99) => {
  const { events } = given(`${msh('ADT^A31')}EVN|A31\rPID|1||${ids}||ONEILL^SIOBHAN\r`, source)
  const body = events[0]?.body
  return body?.type === 'PatientDetailsReported' ? body : null
}

test.each([
  '1002003^^^X99^MR~""^^^NHS^NH',
  '1002003^^^X99^MR~""^^^NHS',
  '""^^^&2.16.840.1.113883.2.1.4.1&ISO~1002003^^^X99^MR',
])('an NHS number that the sender deletes no longer links the patient: %s', (ids) => {
  expect(detailsIn(ids)).toMatchObject({ nhsNumber: null, deleted: ['nhsNumber'] })
})

test.each(['1002003^^^X99^MR', '1002003^^^X99^MR~^^^NHS^NH', '1002003^^^X99^MR~""^^^X99^PI'])(
  'an NHS number that the sender leaves out stands: %s',
  (ids) => {
    expect(detailsIn(ids)).toMatchObject({ nhsNumber: null, deleted: [] })
  },
)

test('a number beside the deleted one is the NHS number', () => {
  expect(detailsIn('1002003^^^X99^MR~""^^^NHS^NH~9991001018^^^NHS^NH')).toMatchObject({
    nhsNumber: '9991001018',
    deleted: [],
  })
})

test('quotes that mean nothing delete no NHS number', () => {
  const source = { ...x99, hl7: { ...x99.hl7, fixes: ['quotes-mean-nothing'] } }
  expect(detailsIn('1002003^^^X99^MR~""^^^NHS^NH', source)).toMatchObject({ deleted: [] })
})
