import { system } from '@tideway/fhir-ingest/sender.fixture'
import { expect, test } from 'vitest'
import { oru, reportBundle } from './report-messages.fixture.ts'
import { recordAfter, valuesOf } from './report-version.fixture.ts'

const obr = (service: string, status: string, more = '') =>
  `OBR|1|P1|F1|${service}|||20260901090000|||||||||||||||20260901095500||CH|${status}${more}`

const panel = (time: string, status: string, ...values: [code: string, value: string][]) =>
  oru(
    time,
    obr('UE^Urea and electrolytes', status),
    ...values.map(([code, value], n) => `OBX|${n + 1}|NM|${code}||${value}|mmol/L|||||F`),
  )

test('a final result that a later final report omits stays, unless the source sends snapshots', () => {
  const messages = [
    panel('0110', 'F', ['K', '6.9'], ['NA', '140']),
    panel('0210', 'C', ['NA', '141']),
  ]
  expect(valuesOf(recordAfter(messages))).toEqual([
    ['K', '6.9', 'final'],
    ['NA', '141', 'final'],
  ])
  expect(valuesOf(recordAfter(messages, 'snapshot'))).toEqual([
    ['K', '6.9', 'final', 'not-in-latest-version'],
    ['NA', '141', 'final'],
  ])
})

const ue = (...codes: string[]) =>
  Object.fromEntries(codes.map((code) => [code, ['final', '1'] as [string, string]]))

test('a DiagnosticReport is its latest version: results no longer listed are not current', () => {
  const sent = [
    reportBundle('01', 'final', ue('K', 'NA'), { conclusion: 'Hyperkalaemia' }),
    reportBundle('02', 'amended', ue('NA')),
  ]
  const { reports, lines } = recordAfter(sent)
  expect(valuesOf({ reports })).toEqual([
    ['K', '1', 'final', 'not-in-latest-version'],
    ['NA', '1', 'final'],
  ])
  expect(reports[0]).not.toHaveProperty('conclusion')
  expect(lines).toMatchObject([{ notCurrent: 1 }])
  const incremental = recordAfter(sent, 'incremental')
  expect(valuesOf(incremental).map((value) => value.length)).toEqual([3, 3])
  expect(incremental.reports[0]?.conclusion).toBe('Hyperkalaemia')
})

const pressure = (minute: string, ...components: string[]) => ({
  resourceType: 'Observation',
  id: 'bp1',
  meta: { lastUpdated: `2026-09-01T10:${minute}:00Z` },
  status: 'final',
  code: { coding: [{ code: 'BP' }] },
  subject: { type: 'Patient', identifier: { system: system('X99'), value: 'A1' } },
  component: components.map((code) => ({
    code: { coding: [{ code }] },
    valueQuantity: { value: 80, unit: 'mm[Hg]' },
  })),
})

test('a component that a later version of an Observation leaves out is not current', () => {
  const sent = [pressure('00', 'SYS', 'DIA'), pressure('30', 'SYS')]
  expect(valuesOf(recordAfter(sent))).toEqual([
    ['SYS', '80', 'final'],
    ['DIA', '80', 'final', 'not-in-latest-version'],
  ])
})
