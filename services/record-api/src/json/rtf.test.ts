import { expect, test } from 'vitest'
import { hl7 } from './said-later.fixture.ts'
import { entriesIn, pid, storedAfter, subject } from './short-form.fixture.ts'

const rtf = String.raw`{\rtf1\ansi\deff0 {\fonttbl{\f0 Arial;}} Margin 2\~mm. \b No malignancy\b0 .\par Size 4 x 5 mm}`
const text = 'Margin 2 mm. No malignancy.\nSize 4 x 5 mm'

const escapedRtf = rtf.replaceAll('\\', '\\E\\').replaceAll('~', '\\R\\')
const oru = (...segments: string[]) =>
  hl7(
    'ORU^R01',
    '20260901100000',
    'O1',
    pid,
    'OBR|1|P1|F1|HIST^Histology|||20260901090000||||||||||||||||CH|F',
    ...segments,
  )
const observationsOf = (...segments: string[]) =>
  (
    entriesIn(storedAfter(oru(...segments)), 'report')[0] as unknown as {
      observations: { value?: string; notes: string[]; attachment?: object; more?: object }[]
    }
  ).observations

test.each(['TX', 'FT', 'ST'])(
  'RTF in OBX-5 of type %s is plain text, and says what it was',
  (type) => {
    expect(observationsOf(`OBX|1|${type}|RPT^Report||${rtf}||||||F`)).toMatchObject([
      { value: text, more: { convertedFrom: 'application/rtf' } },
    ])
  },
)

test('RTF with its backslashes escaped, and RTF with an escaped delimiter', () => {
  expect(observationsOf(`OBX|1|TX|RPT^Report||${escapedRtf}||||||F`)).toMatchObject([
    { value: text },
  ])
  const withAmpersand = rtf.replace('Margin', String.raw`Hilum \T\ margin`)
  expect(observationsOf(`OBX|1|TX|RPT^Report||${withAmpersand}||||||F`)).toMatchObject([
    { value: `Hilum & margin${text.slice('Margin'.length)}` },
  ])
})

test('RTF over several OBX is one text', () => {
  const [first, second] = [rtf.slice(0, rtf.indexOf('No')), rtf.slice(rtf.indexOf('No'))]
  expect(
    observationsOf(
      `OBX|1|TX|RPT^Report|1|${first}||||||F`,
      `OBX|2|TX|RPT^Report|2|${second}||||||F`,
    ).map(({ value }) => value),
  ).toEqual([text])
})

test('RTF in a note', () => {
  expect(observationsOf('OBX|1|NM|K^Potassium||4||||||F', `NTE|1||${rtf}`)[0]?.notes).toEqual([
    text,
  ])
})

test('embedded RTF is an attachment, with its text beside it', () => {
  const data = Buffer.from(rtf).toString('base64')
  expect(observationsOf(`OBX|1|ED|RPT^Report||^AP^RTF^Base64^${data}||||||F`)).toMatchObject([
    { value: text, attachment: { contentType: 'application/rtf' } },
  ])
})

test('an embedded RTF document has its text', () => {
  const data = Buffer.from(rtf).toString('base64')
  const mdm = hl7(
    'MDM^T02',
    '20260901100000',
    'M1',
    pid,
    'TXA|1|CN|TX|20260901||||||||D1',
    `OBX|1|ED|RPT^Report||^AP^RTF^Base64^${data}||||||F`,
  )
  expect(entriesIn(storedAfter(mdm), 'document')[0]).toMatchObject({
    text,
    attachment: { contentType: 'application/rtf' },
    more: { convertedFrom: 'application/rtf' },
  })
})

test('FHIR: RTF in a value, a note, a conclusion and an attachment', () => {
  const observation = {
    resourceType: 'Observation',
    id: 'O1',
    status: 'final',
    code: { text: 'Report' },
    subject,
    valueString: rtf,
    note: [{ text: rtf }],
  }
  expect(entriesIn(storedAfter(observation), 'report')[0]).toMatchObject({
    observations: [{ value: text, notes: [text] }],
  })
  const report = {
    resourceType: 'DiagnosticReport',
    id: 'R1',
    status: 'final',
    code: { text: 'Histology' },
    subject,
    conclusion: rtf,
  }
  expect(entriesIn(storedAfter(report), 'report')[0]).toMatchObject({ conclusion: text })
  const letter = {
    resourceType: 'DocumentReference',
    id: 'D1',
    status: 'current',
    subject,
    content: [
      { attachment: { contentType: 'text/rtf', data: Buffer.from(rtf).toString('base64') } },
    ],
  }
  expect(entriesIn(storedAfter(letter), 'document')[0]).toMatchObject({
    text,
    attachment: { contentType: 'text/rtf' },
  })
})

test('text that only names RTF stays as sent', () => {
  expect(observationsOf('OBX|1|TX|RPT^Report||Sent as {\\rtf1 before||||||F')).toMatchObject([
    { value: 'Sent as {\\rtf1 before' },
  ])
})
