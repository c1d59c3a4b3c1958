import { expect, test } from 'vitest'
import { oru, recordInAnyOrder, resultsOf } from './whole-record.fixture.ts'

const obr = (number: string, service: string, status: string) =>
  `OBR|1|P1|${number}|${service}|||20260901090000|||||||||||||||||CH|${status}`
const obx = (value: string, status: string) => `OBX|1|NM|K^Potassium||${value}|mmol/L|||||${status}`
const first = oru('20260901100000', 'N-1', obr('F1', 'UE', 'F'), obx('3.9', 'F'))

test('a report that is cancelled by its number alone is cancelled', () => {
  const record = recordInAnyOrder(first, oru('20260901110000', 'N-2', obr('F1', '', 'X')))
  expect(resultsOf(record).map(({ value, status }) => [value, status])).toEqual([
    [null, 'cancelled'],
  ])
  expect(record.reports.find(({ service }) => service?.code === 'UE')?.status).toBe('cancelled')
  expect(JSON.stringify(record.summary)).not.toContain('3.9')
})

test('so are all reports of that number, and none of another', () => {
  const record = recordInAnyOrder(
    first,
    oru('20260901100100', 'N-3', obr('F1', 'HIV', 'F'), obx('4.1', 'F')),
    oru('20260901100200', 'N-4', obr('F10', 'UE', 'F'), obx('4.2', 'F')),
    oru('20260901110000', 'N-2', obr('F1', '', 'X')),
  )
  expect(resultsOf(record).map(({ value }) => value)).toEqual([null, null, '4.2'])
})

test('a result taken back in a report without a service does not stand under its number', () => {
  const record = recordInAnyOrder(
    first,
    oru('20260901110000', 'N-2', obr('F1', '', 'C'), obx('', 'D')),
  )
  expect(resultsOf(record).map(({ value }) => value)).not.toContain('3.9')
})

test('a result reported after that stands', () => {
  const record = recordInAnyOrder(
    first,
    oru('20260901110000', 'N-2', obr('F1', '', 'X')),
    oru('20260901120000', 'N-5', obr('F1', 'UE', 'F'), obx('5.0', 'F')),
  )
  expect(resultsOf(record).map(({ value }) => value)).toContain('5.0')
})

test('a report without a service that states a value stands beside the others', () => {
  const record = recordInAnyOrder(
    first,
    oru('20260901110000', 'N-2', obr('F1', '', 'C'), obx('6.1', 'C')),
  )
  expect(resultsOf(record).map(({ value }) => value)).toEqual(['3.9', '6.1'])
})
