import { isPlaceholderKey } from '@tideway/schemas/public-id'
import { expect, test } from 'vitest'
import { a01, given, msh, obr, oru, problemOf, x99 } from '../normalise/normalise.fixture.ts'

const under = (number: string, content = a01) => content.replaceAll('1002003', number)
const keysOf = (content: string, source = x99) => given(content, source).patientKeys

test.each(['UNKNOWN', 'unknown', '0000000', 'TEMP', '9999999', 'TEST', '.', 'None', 'N/A'])(
  'a message under %s is applied, and to no patient of that number',
  (number) => {
    const { patientKeys, problem, events } = given(under(number))
    expect([problem, patientKeys.map(isPlaceholderKey)]).toEqual([null, [true]])
    expect(patientKeys[0]).toMatch(/^X99\|placeholder:[0-9a-f]{16}$/)
    expect(new Set(events.map(({ patientKey }) => patientKey))).toEqual(new Set(patientKeys))
  },
)

test('each message stands alone, and a resent one under the key it had', () => {
  const first = under('UNKNOWN')
  expect(keysOf(first)).toEqual(keysOf(first))
  expect(keysOf(first)).not.toEqual(keysOf(first.replace('ONEILL', 'JONES')))
  expect(keysOf(first)).not.toEqual(keysOf(first.replace('20260701091500', '20260701091501')))
})

test('results under a placeholder are not those of another message under it', () => {
  const results = under('0000000', `${oru}${obr}OBX|1|NM|K^Potassium||7.9|mmol/L\r`)
  expect(keysOf(results).map(isPlaceholderKey)).toEqual([true])
  expect(keysOf(results)).not.toEqual(keysOf(under('0000000')))
})

test('the number beside a placeholder identifies the patient, in PID-3 and in PID-2', () => {
  expect(keysOf(a01.replace('1002003^^^X99^MR', 'UNKNOWN^^^X99^PI~1002003^^^X99^MR'))).toEqual([
    'X99|1002003',
  ])
  expect(keysOf(a01.replace('PID|1||1002003', 'PID|1|1002003|TEMP'))).toEqual(['X99|1002003'])
})

test('a placeholder of the source is one for that source', () => {
  const own = { ...x99, placeholders: ['A&E'] }
  const content = under('A and E').replace('A and E', 'A\\T\\E')
  expect(keysOf(content)).toEqual(['X99|A&E'])
  expect(keysOf(content, own).map(isPlaceholderKey)).toEqual([true])
})

test('the placeholder in the place of an account or of the NHS number changes nothing', () => {
  expect(keysOf(a01.replace('1002003^^^X99^MR', 'UNKNOWN^^^X99^AN~1002003^^^X99^MR'))).toEqual([
    'X99|1002003',
  ])
  expect(keysOf(a01.replace('9991001018', 'UNKNOWN'))).toEqual(['X99|1002003'])
})

test('two patients of one message under a placeholder are two', () => {
  const pid = (name: string) => `PID|1||UNKNOWN^^^X99^MR||${name}\r`
  const pv1 = 'PV1|1|I|PICU||||||||||||||||V1\r'
  const swap = `${msh('ADT^A17')}${pid('A^B')}${pv1}${pid('C^D')}${pv1.replace('V1', 'V2')}`
  expect(new Set(keysOf(swap)).size).toBe(2)
})

test('a second PID may only repeat the first', () => {
  const pid = 'PID|1||UNKNOWN^^^X99^MR||A^B||19900101\r'
  const again = (second: string) => `${msh('ADT^A31')}${pid}${second}`
  expect(keysOf(again(pid))).toHaveLength(1)
  expect(problemOf(again(pid.replace('A^B', 'C^D')))).toBe('SEVERAL_PATIENTS PID[2]')
})

test('nobody is merged into a placeholder, nor a placeholder into anybody', () => {
  const merge = `${msh('ADT^A40')}PID|1||1002003^^^X99^MR||A^B\rMRG|UNKNOWN^^^X99^MR\r`
  expect(problemOf(merge)).toBe('MISSING_FIELD MRG-1')
})
