import { expect, test } from 'vitest'
import {
  allergyKey,
  appointmentKey,
  diagnosisKey,
  distinctOrders,
  documentKey,
  doseKey,
  orderKey,
  preferredNumber,
  problemKey,
  reportKey,
} from './clinical-keys.ts'

const own = { patientKey: 'RJZ|1', sender: 'RJZ' }
const laboratory = { patientKey: 'RJZ|1', sender: 'XL1' }
const number = { number: '7', owner: 'XL1' }

test('an order is known by the placer, what came of it by the filler', () => {
  const both = { placer: 'P', filler: 'F' }
  expect(
    (['order', 'report', 'appointment', 'immunization'] as const).map((kind) =>
      preferredNumber(kind, both),
    ),
  ).toEqual(['P', 'F', 'F', 'F'])
  expect(preferredNumber('order', { placer: null, filler: 'F' })).toBe('F')
  expect(preferredNumber('report', { placer: 'P', filler: null })).toBe('P')
  expect(preferredNumber('report', { placer: null, filler: null })).toBeNull()
})

test('report: number and service, else service and time', () => {
  expect(reportKey(number, 'UE', '2026-07-01', own)).toBe('XL1:7^UE')
  expect(reportKey(number, null, null, own)).toBe('XL1:7^')
  expect(reportKey(null, 'UE', '2026-07-01', own)).toBe('~UE@2026-07-01')
  expect(reportKey(null, 'UE', null, laboratory)).toBe('XL1:~UE@')
})

test('order: number, else group, service and time; nothing without a service', () => {
  const names = { group: 'G', service: 'UE', at: '2026-07-01' }
  expect(orderKey(number, names, own)).toBe('XL1:7')
  expect(orderKey(null, names, own)).toBe('~G^UE@2026-07-01')
  expect(orderKey(null, { group: null, service: 'UE', at: null }, own)).toBe('~UE@')
  expect(orderKey(null, { ...names, service: null }, own)).toBeNull()
})

test('orders of one message are told apart by service where they share a number', () => {
  const order = (key: string, service: string | null, isNumbered = true) => ({
    key,
    service,
    isNumbered,
  })
  const keys = (...orders: ReturnType<typeof order>[]) =>
    distinctOrders(orders).map(({ key }) => key)
  expect(keys(order('7', 'UE'), order('7', 'FBC'), order('7', null))).toEqual([
    '7^UE',
    '7^FBC',
    '7',
  ])
  expect(keys(order('7', 'UE'), order('7', 'UE'))).toEqual(['7', '7'])
  expect(keys(order('~UE@', 'UE', false), order('~UE@', 'UE', false))).toEqual(['~UE@', '~UE@#2'])
})

test('document: number, else type, time and order; nothing without a time or an order', () => {
  const about = { type: 'DS', at: '2026-07-01', order: 'O1' }
  expect(documentKey(number, about, own)).toBe('XL1:7')
  expect(documentKey(null, about, own)).toBe('~DS@2026-07-01^O1')
  expect(documentKey(null, { type: null, at: null, order: 'O1' }, own)).toBe('~@^O1')
  expect(documentKey(null, { type: 'DS', at: '2026-07-01', order: null }, own)).toBe(
    '~DS@2026-07-01',
  )
  expect(documentKey(null, { type: 'DS', at: null, order: null }, own)).toBeNull()
})

test('appointment: number, else service and start; each of a series by its occurrence', () => {
  const at = { service: 'ENT', startAt: '2026-07-01T09:00+01:00', occurrence: null }
  expect(appointmentKey(number, at, own)).toBe('XL1:7')
  expect(appointmentKey(number, { ...at, occurrence: '2' }, own)).toBe('XL1:7^2')
  expect(appointmentKey(null, at, own)).toBe('~ENT@2026-07-01T09:00+01:00')
  expect(appointmentKey(null, { ...at, startAt: null }, own)).toBeNull()
})

test('allergy, problem and diagnosis: number, else what they say', () => {
  expect(allergyKey(number, 'PEN', 'DRUG', own)).toBe('XL1:7')
  expect(allergyKey(null, 'PEN', null, own)).toBe('~PEN|')
  expect(problemKey(null, 'N18', laboratory)).toBe('XL1:~problem|N18')
  expect(diagnosisKey(null, { code: 'N18', type: 'A', encounterId: null }, own)).toBe('~N18|A|')
})

test('dose: vaccine and time, after a number that several doses share', () => {
  expect(doseKey(null, 'MMR', '2026-07-01', own)).toBe('~MMR@2026-07-01')
  expect(doseKey('XL1:7', 'MMR', null, own)).toBe('XL1:7^MMR@')
})
