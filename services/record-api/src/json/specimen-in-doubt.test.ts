import { expect, test } from 'vitest'
import { recordAfter, type Sent } from './report-version.fixture.ts'
import { hl7 } from './said-later.fixture.ts'
import { pid } from './short-form.fixture.ts'

const oru = (day: number, status: string, specimen: string, value: string | null): string =>
  hl7(
    'ORU^R01',
    `202609${String(day).padStart(2, '0')}090000`,
    `M${day}`,
    pid,
    `OBR|1|P1|F1|HIST^Histology|||20260901080000${'|'.repeat(18)}${status}`,
    ...(value === null ? [] : [`OBX|1|ST|DX^Diagnosis||${value}||||||${status}`]),
    ...(specimen === '' ? [] : [`SPM|1|^${specimen}||TISS`]),
  )

const specimenOf = (number: string, type: string) => ({
  resourceType: 'Specimen',
  id: `s${number}`,
  identifier: [{ value: number }],
  type: { coding: [{ code: type }] },
})

/** A DiagnosticReport known by an identifier that several reports share. */
const report = (day: number, status: string, specimen: string, value: string | null) => ({
  resourceType: 'DiagnosticReport',
  status,
  identifier: [{ system: 'https://x99.example/id/report', value: 'F1' }],
  code: { coding: [{ code: 'HIST' }] },
  subject: { identifier: { system: 'https://x99.example/id/patient', value: '1002003' } },
  effectiveDateTime: '2026-09-01T08:00:00Z',
  meta: { lastUpdated: `2026-09-${String(day).padStart(2, '0')}T09:00:00Z` },
  contained: [
    ...(specimen === '' ? [] : [specimenOf(specimen, 'TISS')]),
    ...(value === null
      ? []
      : [
          {
            resourceType: 'Observation',
            id: 'o1',
            status: 'final',
            code: { coding: [{ code: 'DX' }] },
            valueString: value,
          },
        ]),
  ],
  ...(specimen === '' ? {} : { specimen: [{ reference: `#s${specimen}` }] }),
  ...(value === null ? {} : { result: [{ reference: '#o1' }] }),
})

/** What a reader sees of each report, and of its line in the summary. */
const shown = (...messages: Sent[]) => {
  const { reports, lines } = recordAfter(messages)
  return {
    reports: reports
      .map(({ status, observations, inDoubt, aboutOneOf }) => [
        status,
        ...observations.map(({ value = null, status }) => `${value} ${status}`),
        ...(inDoubt === undefined ? [] : [inDoubt.word]),
        ...(aboutOneOf === undefined ? [] : [`one of ${aboutOneOf.length}`]),
      ])
      .map((words) => words.join(', '))
      .toSorted(),
    lines: lines.map(({ status, inDoubt }) => [status, inDoubt].join(' ').trim()).toSorted(),
  }
}

test('HL7: OBR-25 X that names neither of two specimens cancels none; both may be withdrawn', () => {
  expect(
    shown(oru(1, 'F', 'S1', 'Benign'), oru(2, 'F', 'S2', 'Melanoma'), oru(3, 'X', '', null)),
  ).toEqual({
    reports: [
      'cancelled, one of 2',
      'final, Benign final, may-be-withdrawn',
      'final, Melanoma final, may-be-withdrawn',
    ],
    lines: ['final may-be-withdrawn', 'final may-be-withdrawn'],
  })
})

test('HL7: a corrected value without a specimen stands beside both, which may be changed', () => {
  expect(
    shown(oru(1, 'F', 'S1', 'Benign'), oru(2, 'F', 'S2', 'Melanoma'), oru(3, 'C', '', 'Naevus')),
  ).toEqual({
    reports: [
      'corrected, Naevus corrected, one of 2',
      'final, Benign final, may-be-changed',
      'final, Melanoma final, may-be-changed',
    ],
    lines: ['corrected', 'final may-be-changed', 'final may-be-changed'],
  })
})

test('HL7: a withdrawn value without a specimen withdraws neither, and both may be', () => {
  const withdrawn = oru(3, 'F', '', 'Benign').replace('Benign||||||F', 'Benign||||||W')
  expect(
    shown(oru(1, 'F', 'S1', 'Benign'), oru(2, 'F', 'S2', 'Melanoma'), withdrawn).reports,
  ).toEqual([
    'final, Benign final, may-be-withdrawn',
    'final, Melanoma final, may-be-withdrawn',
    'final, null wrong-patient, one of 2',
  ])
})

test('HL7: of one specimen alone it cancels that', () => {
  expect(shown(oru(1, 'F', 'S1', 'Benign'), oru(3, 'X', '', null))).toEqual({
    reports: ['cancelled, null cancelled'],
    lines: ['cancelled'],
  })
})

test('FHIR: two DiagnosticReports with one identifier and two specimens are two reports', () => {
  expect(shown(report(1, 'final', 'S1', 'Benign'), report(2, 'final', 'S2', 'Melanoma'))).toEqual({
    reports: ['final, Benign final', 'final, Melanoma final'],
    lines: ['final', 'final'],
  })
  expect(
    shown(
      report(1, 'final', 'S1', 'Benign'),
      report(2, 'final', 'S2', 'Melanoma'),
      report(3, 'cancelled', 'S2', null),
    ).reports,
  ).toEqual(['cancelled, null cancelled', 'final, Benign final'])
})

test('FHIR: one that names neither specimen retracts none; both may be withdrawn', () => {
  const sent = [report(1, 'final', 'S1', 'Benign'), report(2, 'final', 'S2', 'Melanoma')]
  for (const status of ['cancelled', 'entered-in-error'])
    expect(shown(...sent, report(3, status, '', null)).reports).toEqual([
      `${status}, one of 2`,
      'final, Benign final, may-be-withdrawn',
      'final, Melanoma final, may-be-withdrawn',
    ])
})

test('HL7 and FHIR: a resource that names no specimen is about neither of a feed either', () => {
  expect(
    shown(
      oru(1, 'F', 'S1', 'Benign'),
      oru(2, 'F', 'S2', 'Melanoma'),
      report(3, 'cancelled', '', null),
    ).reports,
  ).toEqual([
    'cancelled, one of 2',
    'final, Benign final, may-be-withdrawn',
    'final, Melanoma final, may-be-withdrawn',
  ])
})
