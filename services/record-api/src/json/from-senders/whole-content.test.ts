import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { about, oru, recordAfter, recordAfterFhir } from './whole-record.fixture.ts'

const obr = (code: string, section: string) =>
  `OBR|1|P1|F1|${code}|||20260901090000|||||||||||||||20260901095500||${section}|F`
const after = (...segments: string[]) => recordAfter(oru('20260901100000', 'A-1', ...segments))

/** Value and status of each observation, and that nothing is said to be missing. */
const shownAfter = (...segments: string[]) => {
  const record = after(...segments)
  expect(record.summary.notShown.count).toBe(0)
  return record.reports.flatMap(({ observations }) =>
    observations.map(({ value, status }) => [value, status]),
  )
}
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

test('a document sent in the first component is that document, byte for byte', () => {
  const data = 'JVBERi0xLjQgaW52ZW50ZWQgcmVwb3J0'
  const record = after(
    obr('ECG^Electrocardiogram', 'CUS'),
    `OBX|1|ED|ECG^ECG trace||${data}||||||F`,
  )
  const attachment = {
    hash: hashOf(Buffer.from(data, 'base64')),
    contentType: 'application/pdf',
    size: 24,
  }
  expect(record.documents).toMatchObject([{ attachment, status: 'final' }])
  expect(record.reports[0]?.observations).toMatchObject([{ attachment, status: 'final' }])
  expect(record.summary.notShown.count).toBe(0)
})

test('a document split over several OBX is one document, with nothing missing', () => {
  const words = 'invented cardiology letter '
  const bytes = Buffer.from(`%PDF-1.4 ${words.repeat(20)}`)
  const data = bytes.toString('base64')
  const parts = [0, 1, 2, 3].map((n) => data.slice(n * 200, (n + 1) * 200))
  const obx = (part: string, n: number) =>
    `OBX|${n + 1}|ED|PDF^Letter|${n + 1}|^application^pdf^Base64^${part}||||||F`
  const record = after(obr('LTR^Clinic letter', 'CUS'), ...parts.map(obx))
  expect(record.documents).toMatchObject([
    { title: 'Letter', attachment: { hash: hashOf(bytes), size: 549 } },
  ])
  expect(record.documents[0]).toHaveProperty('attachment.contentType', 'application/pdf')
  expect(record.reports[0]?.observations).toHaveLength(1)
  expect(record.summary.notShown.count).toBe(0)
})

test('a note below PID stands with every report of the message', () => {
  const note = 'Sample received unlabelled: results may not be of this patient'
  const record = after(
    `NTE|1||${note}`,
    obr('K^Potassium', 'CH'),
    'OBX|1|NM|K^Potassium||5.0|mmol/L|||||F',
    obr('NA^Sodium', 'CH').replace('F1', 'F2'),
    'OBX|1|NM|NA^Sodium||140|mmol/L|||||F',
  )
  expect(record.reports.map(({ notes }) => notes)).toEqual([[note], [note]])
  expect(record.summary.notShown.count).toBe(0)
})

test('a carriage return inside a text does not end it', () => {
  expect(
    shownAfter(
      obr('CXR^Chest X-ray', 'RAD'),
      'OBX|1|TX|RPT^Report||Heart size normal.',
      'CONCLUSION: 3 cm mass in right upper lobe, urgent referral advised.||||||F',
    ),
  ).toEqual([
    [
      'Heart size normal.\nCONCLUSION: 3 cm mass in right upper lobe, urgent referral advised.',
      'final',
    ],
  ])
})

test('a text continued in ADD is one text', () => {
  expect(
    shownAfter(
      obr('CXR^Chest X-ray', 'RAD'),
      'OBX|1|TX|RPT^Report||No fracture seen. There is, ',
      'ADD|however, a nodule in the left lower lobe.||||||F',
    ),
  ).toEqual([['No fracture seen. There is, however, a nodule in the left lower lobe.', 'final']])
})

test('RTF is its text, with no line broken at a hard space', () => {
  const rtf = String.raw`{\rtf1\ansi\deff0 {\fonttbl{\f0 Arial;}} Margin 2\~mm. \b No malignancy\b0 .\par Size 4 x 5 mm}`
  const shown = shownAfter(obr('HIST^Histology', 'CH'), `OBX|1|TX|RPT^Report||${rtf}||||||F`)
  expect(shown).toEqual([[expect.stringMatching(/^Margin 2\smm\. No malignancy\.\nSize/), 'final']])
  expect(shown[0]?.[0]?.split('\n')).toHaveLength(2)
})

test('FHIR: what a panel without a value says is with the report and its components', () => {
  const record = recordAfterFhir([
    'post',
    {
      resourceType: 'Observation',
      status: 'final',
      code: {
        coding: [{ system: 'http://loinc.org', code: '85354-9', display: 'Blood pressure panel' }],
      },
      subject: about('BF31A'),
      effectiveDateTime: '2026-09-01T09:00:00+01:00',
      id: 'obs-32',
      bodySite: { text: 'Left arm' },
      method: { text: 'Sphygmomanometer, invasive line' },
      device: { display: 'Monitor 7' },
      performer: [{ display: 'Nurse Quill' }],
      component: [
        { code: { text: 'Systolic' }, valueQuantity: { value: 118, unit: 'mmHg' } },
        { code: { text: 'Diastolic' }, dataAbsentReason: { coding: [{ code: 'unknown' }] } },
      ],
    },
  ])
  expect(record.reports).toMatchObject([{ service: { text: 'Blood pressure panel' } }])
  const shared = {
    bodySite: { text: 'Left arm' },
    method: { text: 'Sphygmomanometer, invasive line' },
    more: { device: 'Monitor 7', performers: [{ family: 'Nurse Quill' }] },
  }
  expect(record.reports[0]?.observations).toMatchObject([
    { code: { text: 'Systolic' }, value: '118', unit: { code: 'mmHg' }, ...shared },
    { code: { text: 'Diastolic' }, absentReason: 'unknown', ...shared },
  ])
  expect(record.summary.reports.lines).toMatchObject([
    { name: 'Blood pressure panel', measured: expect.stringContaining('Left arm') },
  ])
})
