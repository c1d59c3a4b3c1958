import { expect, test } from 'vitest'
import { hl7 } from './said-later.fixture.ts'
import { entriesIn, pid, storedAfter } from './short-form.fixture.ts'

const vxu = (at: string, [control, state]: readonly [string, string], completion = ''): string =>
  hl7(
    'VXU^V04',
    at,
    `V${at}`,
    pid,
    `ORC|${control}|P1|V1||${state}`,
    `RXA|0|1|20261101||03^MMR^CVX|0.5|mL${'|'.repeat(13)}${completion}|A`,
  )
const first = '20261120090000'
const later = '20261121090000'
const status = (...messages: string[]) =>
  entriesIn(storedAfter(...messages), 'immunization').map((one) => one.status)

test.each([
  [['RE', ''], 'reported'],
  [['RE', 'CM'], 'reported'],
  [['RE', 'CA'], 'not-given'],
  [['RE', 'DC'], 'not-given'],
  [['RE', 'HD'], 'not-given'],
  [['RE', 'SC'], 'not-given'],
  [['CA', ''], 'not-given'],
  [['oc', ''], 'not-given'],
  [['DC', ''], 'not-given'],
] as const)('a vaccine without a completion status whose order is %j is %s', (order, shown) => {
  expect(status(vxu(first, order))).toEqual([shown])
})

test('a completion status says more than the order', () => {
  expect(status(vxu(first, ['RE', 'CA'], 'CP'))).toEqual(['completed'])
  expect(status(vxu(first, ['RE', 'CM'], 'RE'))).toEqual(['refused'])
})

test('a dose cancelled later is no longer shown as given, and what was said of it is kept', () => {
  const [entry, ...others] = entriesIn(
    storedAfter(vxu(first, ['RE', ''], 'CP'), vxu(later, ['CA', 'CA'])),
    'immunization',
  )
  expect(others).toEqual([])
  expect(entry).toMatchObject({
    status: 'not-given',
    earlier: [{ said: { status: 'completed' } }],
  })
})
