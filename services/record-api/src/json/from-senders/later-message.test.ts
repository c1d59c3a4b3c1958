import { expect, test } from 'vitest'
import {
  about,
  adt,
  oru,
  recordAfter,
  recordAfterFhir,
  recordInAnyOrder,
  resultsOf,
  wholeOf,
} from './whole-record.fixture.ts'

const obr = (code: string, issued: string, section: string, status: string) =>
  `OBR|1|P1|F1|${code}|||20260901090000|||||||||||||||${issued}||${section}|${status}`

test('a correction analysed before what it corrects is the value, the old one is under earlier', () => {
  const record = recordInAnyOrder(
    oru(
      '20260901160500',
      'A-1',
      obr('K^Potassium', '20260901160000', 'CH', 'F'),
      'OBX|1|NM|K^Potassium||3.9|mmol/L|3.5-5.3|N|||F|||20260901090000|||||20260901155000',
    ),
    oru(
      '20260901173000',
      'A-2',
      obr('K^Potassium', '20260901172500', 'CH', 'C'),
      'OBX|1|NM|K^Potassium||6.8|mmol/L|3.5-5.3|HH|||C|||20260901090000|||||20260901145000',
      'NTE|1||Corrected: first value belonged to a repeat of the quality control',
    ),
  )
  expect(resultsOf(record)).toEqual([
    { code: 'K', value: '6.8', flags: ['HH'], status: 'corrected', earlier: ['3.9'] },
  ])
  expect(record.reports[0]?.observations[0]?.notes).toEqual([
    'Corrected: first value belonged to a repeat of the quality control',
  ])
  expect(record.summary.reports.lines).toMatchObject([
    { status: 'corrected', abnormal: [{ value: '6.8', flag: 'HH' }] },
  ])
  expect(JSON.stringify(record.summary)).not.toContain('3.9')
})

const hiv = (msh7: string, controlId: string, obxStatus: string, value: string, analysed: string) =>
  oru(
    msh7,
    controlId,
    obr('HIV^HIV antibody', '20260901100000', 'CH', obxStatus === 'F' ? 'F' : 'C'),
    `OBX|1|ST|HIV^HIV antibody||${value}||||||${obxStatus}|||20260901090000|||||${analysed}`,
  )
const detected = hiv('20260901100500', 'B-1', 'F', 'Detected', '20260901100300')

test.each([
  ['W', 'wrong-patient'],
  ['D', 'entered-in-error'],
])('a value withdrawn (%s) with the times of the first report is nowhere', (status, shown) => {
  const record = recordInAnyOrder(detected, hiv('20260901120000', 'B-2', status, '', ''))
  expect(resultsOf(record)).toEqual([
    { code: 'HIV', value: null, flags: [], status: shown, earlier: [] },
  ])
  expect(wholeOf(record)).not.toContain('Detected')
  expect(record.withdrawn).toMatchObject([{ kind: 'report', status: shown }])
  expect(record.summary.reports.lines).toMatchObject([{ retracted: 1 }])
})

test('a value that is cancelled (X) with the times of the first report does not stand', () => {
  const record = recordInAnyOrder(detected, hiv('20260901120000', 'B-2', 'X', '', ''))
  expect(resultsOf(record)).toMatchObject([{ value: null, status: 'cancelled' }])
  expect(JSON.stringify(record.summary)).not.toContain('Detected')
})

test('a value that is repeated where it is cancelled is no reason for it', () => {
  const record = recordInAnyOrder(detected, hiv('20260901120000', 'B-2', 'X', 'Detected', ''))
  expect(record.reports[0]?.observations).toMatchObject([{ status: 'cancelled', notes: [] }])
  expect(record.reports[0]?.observations[0]).not.toHaveProperty('reason')
  const why = recordInAnyOrder(detected, hiv('20260901120000', 'B-2', 'X', 'Sample haemolysed', ''))
  expect(why.reports[0]?.observations).toMatchObject([{ reason: 'Sample haemolysed' }])
})

test('a withdrawal that was said before the value does not withdraw it', () => {
  const record = recordInAnyOrder(detected, hiv('20260901090500', 'B-2', 'W', '', ''))
  expect(resultsOf(record)).toMatchObject([{ value: 'Detected', status: 'final' }])
  expect(record.withdrawn).toEqual([])
})

const potassium = (status: string, issued: string, value: number, more: object = {}) => ({
  resourceType: 'Observation',
  status,
  code: { coding: [{ system: 'http://loinc.org', code: '2823-3', display: 'Potassium' }] },
  subject: about('BF63'),
  effectiveDateTime: '2026-09-01T09:00:00+01:00',
  id: 'o65',
  issued,
  valueQuantity: { value, unit: 'mmol/L' },
  ...more,
})
const first = potassium('final', '2026-09-01T12:00:00Z', 3.9)

const at = (lastUpdated: string) => ({ meta: { lastUpdated } })

test.each([
  ['no time of their own', {}, {}],
  ['the later time', at('2026-09-01T12:30:00Z'), at('2026-09-01T13:00:00Z')],
])('FHIR: a corrected Observation issued earlier, with %s, stands', (_, before, after) => {
  const corrected = potassium('corrected', '2026-09-01T11:00:00Z', 6.9, {
    note: [{ text: 'Corrected' }],
    ...after,
  })
  const record = recordAfterFhir(['put', { ...first, ...before }], ['put', corrected])
  expect(resultsOf(record)).toEqual([
    { code: '2823-3', value: '6.9', flags: [], status: 'corrected', earlier: ['3.9'] },
  ])
  expect(record.reports[0]?.observations[0]?.notes).toEqual(['Corrected'])
})

test('FHIR: an Observation cancelled with its value is a cancelled report without it', () => {
  const cancelled = potassium('cancelled', '2026-09-01T13:00:00Z', 3.9)
  const record = recordAfterFhir(['put', first], ['put', cancelled])
  expect(record.reports).toMatchObject([{ status: 'cancelled' }])
  expect(resultsOf(record)).toMatchObject([{ value: null, status: 'cancelled', earlier: ['3.9'] }])
  expect(record.reports[0]?.observations[0]).not.toHaveProperty('reason')
  expect(JSON.stringify(record.summary)).not.toContain('3.9')
  const alone = recordAfterFhir(['put', cancelled])
  expect(wholeOf(alone)).not.toMatch(/"3\.9"|:3\.9/)
})

test('of equal wall hours on the night the clocks go back the one received later is the later', () => {
  const visit = (location: string) =>
    `PV1|1|I|${location}||||||||||||||||V1|||||||||||||||||||||||||20251025220000`
  const record = recordAfter(
    adt('A01', '20251025220000', 'C-1', visit('ED^1^1')),
    adt('A02', '20251026015000', 'C-2', visit('W7^2^4')),
    adt('A02', '20251026011000', 'C-3', visit('ICU^1^2')),
  )
  expect(record.whereNow?.location).toMatchObject({ pointOfCare: 'ICU', room: '1', bed: '2' })
  expect(record.encounters).toHaveLength(1)
  expect(record.encounters[0]?.location).toMatchObject({ pointOfCare: 'ICU' })
  expect(record.alsoOpen).toEqual([])
})

test('no value of a cancelled report stands', () => {
  const record = recordInAnyOrder(
    oru(
      '20260901100000',
      'D-1',
      obr('PSA^PSA', '20260901095500', 'CH', 'F'),
      'OBX|1|NM|PSA^PSA||48|ug/L|0-4|HH|||F',
    ),
    oru(
      '20260902100000',
      'D-2',
      obr('PSA^PSA', '20260902095500', 'CH', 'X'),
      'NTE|1||Wrong sample. Report cancelled.',
    ),
  )
  expect(resultsOf(record)).toEqual([
    { code: 'PSA', value: null, flags: [], status: 'cancelled', earlier: ['48'] },
  ])
  expect(record.reports[0]?.observations[0]?.numeric).toBeUndefined()
  expect(record.reports).toMatchObject([
    { status: 'cancelled', notes: ['Wrong sample. Report cancelled.'] },
  ])
  expect(record.summary.reports.lines).toMatchObject([{ status: 'cancelled', abnormal: [] }])
  expect(JSON.stringify(record.summary)).not.toMatch(/48|HH/)
})

test('a final report without the preliminary results: they are there, marked as not in it', () => {
  const record = recordInAnyOrder(
    oru(
      '20260901100000',
      'E-1',
      obr('BC^Blood culture', '20260901095500', 'MB', 'P'),
      'OBX|1|CE|ORG^Organism|1|CNS^Coagulase negative staphylococcus||||||P',
      'OBX|2|TX|GRAM^Gram stain||Gram positive cocci||||||P',
    ),
    oru(
      '20260903100000',
      'E-2',
      obr('BC^Blood culture', '20260903095500', 'MB', 'F'),
      'OBX|1|CE|ORG^Organism|2|EC^Escherichia coli||||||F',
    ),
  )
  const shown = record.reports.flatMap(({ observations }) =>
    observations.map(({ value, status, notCurrent }) => [value, status, notCurrent ?? null]),
  )
  expect(shown.toSorted()).toEqual([
    ['Coagulase negative staphylococcus', 'preliminary', 'not-confirmed'],
    ['Escherichia coli', 'final', null],
    ['Gram positive cocci', 'preliminary', 'not-confirmed'],
  ])
  expect(record.summary.reports.lines).toMatchObject([{ status: 'final', notCurrent: 2 }])
})
