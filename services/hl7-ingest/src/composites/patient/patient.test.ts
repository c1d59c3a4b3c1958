import { readFileSync } from 'node:fs'
import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import type { Context } from '../../normalise/mapping.ts'
import { type Hl7Message, parse } from '@tideway/hl7v2/lexer/message'
import { unusedFields } from '@tideway/hl7v2/lexer/unused-fields'
import { readPatient } from './patient.ts'

const source = JSON.parse(
  readFileSync(new URL('../../../samples/x99/source.json', import.meta.url), 'utf8'),
) as Source
const context = (): Context => ({
  source,
  messageId: 'm1',
  production: false,
  fixes: [],
  times: new Map(),
})
const message = (fields: Record<number, string>, ...more: string[]): Hl7Message => {
  const pid = Array.from({ length: 40 }, (_, field) =>
    field === 0 ? 'PID' : (fields[field] ?? (field === 3 ? '1002003' : '')),
  )
  return parse(['MSH|^~\\&', pid.join('|'), ...more].join('\r'), 'utf-8') as Hl7Message
}
const details = (fields: Record<number, string>, ...more: string[]) =>
  readPatient(message(fields, ...more), context()).details

test('a field sent as "" is deleted, an empty field changes nothing', () => {
  expect(details({ 5: '""', 7: '""', 11: '', 16: '""' }, 'PD1|||""|""')).toMatchObject({
    names: [],
    birthDate: null,
    addresses: [],
    maritalStatus: null,
    deleted: ['names', 'birthDate', 'maritalStatus', 'gpPractice', 'gp'],
  })
})

test('telephone numbers are deleted only if neither field has one', () => {
  expect(details({ 13: '""' }).deleted).toEqual(['telecoms'])
  expect(details({ 13: '""', 14: '020' }).deleted).toEqual([])
})

test('the verification status goes with the NHS number', () => {
  const { identifiers, nhsNumberStatus } = details({ 3: '1002003~9991001018^^^NHS^NH', 32: '01' })
  expect(nhsNumberStatus).toBe('01')
  expect(
    identifiers.map(({ value, status, organisation }) => [value, status, organisation]),
  ).toEqual([
    ['1002003', null, 'X99'],
    ['9991001018', '01', null],
  ])
})

test('an invalid NHS number is recorded but not used', () => {
  const { identifiers, nhsNumber } = details({ 3: '1002003~9991001019^^^NHS^NH' })
  expect([identifiers.length, nhsNumber]).toEqual([2, null])
})

test('a valid NHS number sent twice, once with spaces, is one number', () => {
  expect(details({ 3: '1002003~9991001018^^^NHS^NH~999 100 1018^^^NHSNBR' }).nhsNumber).toBe(
    '9991001018',
  )
})

test('identifiers in order, each once', () => {
  const { identifiers } = details({
    2: '22',
    3: '1002003~1002003~1002003^^^X99^MR',
    4: '44',
    18: 'A1',
    19: '22',
  })
  expect(identifiers.map(({ value }) => value)).toEqual(['1002003', '1002003', '22', '44', 'A1'])
})

test.each([
  ['F', 'FEMALE'],
  ['2', 'FEMALE'],
  ['U', 'UNKNOWN'],
  ['X', 'X'],
  ['', null],
  ['""', null],
])('sex %j is %s', (sent, sex) => expect(details({ 8: sent }).sex).toBe(sex))

test('an indicator that is neither Y nor N is null and listed as unused', () => {
  const read = message({ 30: 'MAYBE' })
  expect(readPatient(read, context()).details.deceased).toBeNull()
  expect(unusedFields(read)).toEqual(['PID-30'])
})

test("a driver's licence has its issuer and expiry date", () => {
  expect(details({ 20: 'DL1^US^20010123' })).toMatchObject({
    driversLicence: 'DL1',
    driversLicenceIssuer: 'US',
    driversLicenceUntil: '2001-01-23',
  })
})

test('the county (PID-12) belongs to a single address without its own, and to none of several', () => {
  expect(
    details({ 11: '1 MILL RD', 12: 'GL' }).addresses.map(({ detail }) => detail?.county ?? null),
  ).toEqual(['GL'])
  const several = message({ 11: '1 MILL RD~2 MILL RD', 12: 'GL' })
  expect(readPatient(several, context()).details.addresses.map(({ detail }) => detail)).toEqual([
    null,
    null,
  ])
  expect(unusedFields(several)).toContain('PID-12')
  const sent = message({ 11: '1 MILL RD^^^^^^^^KENT', 12: 'GL' })
  expect(readPatient(sent, context()).details.addresses[0]?.detail?.county).toBe('KENT')
  expect(unusedFields(sent)).toContain('PID-12')
})
