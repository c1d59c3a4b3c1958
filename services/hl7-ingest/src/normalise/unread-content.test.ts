import { expect, test } from 'vitest'
import { given, mappings, oru, pid, receivedAt } from './normalise.fixture.ts'
import { normalise } from './normalise.ts'
import { sandboxSource } from '../identify/sandbox-source.ts'

const limits = { maxMessageBytes: 1_000_000, idleFrameMs: 1_000 }
const head =
  'MSH|^~\\&|LIS|X99|TW|REG|20260901100000||ORU^R01|1|P|2.5.1\rPID|1||1^^^X99^MR||Testcase^Ada||19700101|F\r'
/** What a sender without a source file sees: the report of the message, and what is unused. */
const reportOf = (...segments: string[]) => {
  const { events, unused, problem } = normalise(
    {
      source: sandboxSource('X99', limits),
      bytes: Buffer.from(`${head}${segments.join('\r')}\r`),
      receivedAt,
    },
    mappings,
    { production: false },
  )
  const report = events.map(({ body }) => body).find((body) => body.type === 'ResultReported')
  return { report, unused, problem }
}
const xray = 'OBR|1|P1|F1|CXR^Chest X-ray|||20260901090000|||||||||||||||20260901095500||RAD|F'

test('the rest of a report behind a stray carriage return', () => {
  const { report, unused } = reportOf(
    xray,
    'OBX|1|TX|RPT^Report||Heart size normal.',
    'CONCLUSION: 3 cm mass in right upper lobe, urgent referral advised.||||||F',
  )
  expect(report?.observations).toMatchObject([
    {
      value:
        'Heart size normal.\nCONCLUSION: 3 cm mass in right upper lobe, urgent referral advised.',
      status: 'final',
    },
  ])
  expect(unused).toEqual([])
})

test('the rest of a report in ADD', () => {
  const { report, unused } = reportOf(
    xray,
    'OBX|1|TX|RPT^Report||No fracture seen. There is, ',
    'ADD|however, a nodule in the left lower lobe.||||||F',
  )
  expect(report?.observations).toMatchObject([
    {
      value: 'No fracture seen. There is, however, a nodule in the left lower lobe.',
      status: 'final',
    },
  ])
  expect(unused).toEqual([])
})

test('a fraction of a second without a point', () => {
  const { report, unused } = reportOf(
    'OBR|1|P1|F1|K^Potassium|||20260831143134920350|||||||||||||||20260901095500||CH|F',
    'OBX|1|NM|K^Potassium||4.0|mmol/L|||||F|||20260831143134920350',
  )
  expect(report).toMatchObject({
    collectedAt: '2026-08-31T14:31:34+01:00',
    observations: [{ observedAt: '2026-08-31T14:31:34+01:00' }],
  })
  expect(unused).toEqual([])
})

test('RTF as text is one value, read as plain text', () => {
  const rtf =
    '{\\rtf1\\ansi\\deff0 {\\fonttbl{\\f0 Arial;}} Margin 2\\~mm. \\b No malignancy\\b0 .\\par Size 4 x 5 mm}'
  for (const type of ['TX', 'FT', 'ST'])
    expect(
      reportOf(xray, `OBX|1|${type}|RPT^Report||${rtf}||||||F`).report?.observations,
    ).toMatchObject([{ value: 'Margin 2 mm. No malignancy.\nSize 4 x 5 mm', status: 'final' }])
})

test.each([
  [
    'OBR-13',
    'OBR|1|P1|F1|K|||||||||Falls',
    'dizzy|||||||||||CH|F',
    { clinicalInformation: 'Falls\ndizzy' },
  ],
  ['OBR-4.2', 'OBR|1|P1|F1|K^Potassium', 'in serum|||||||||||||||||||||F', { status: 'final' }],
  ['NTE-3', `${xray}\rNTE|1||Seen by`, '', { notes: ['Seen by'] }],
  [
    'NTE-3 and blank lines',
    `${xray}\rNTE|1||Seen by`,
    '\r\rthe registrar',
    { notes: ['Seen by\n\n\nthe registrar'] },
  ],
])('a break in %s', (_, before, after, report) => {
  expect(reportOf(before, after).report).toMatchObject(report)
})

test('a break in a demographic field keeps the fields after it', () => {
  const broken = oru.replace('ONEILL^SIOBHAN', 'ONEILL^SIOBHAN\rROSE')
  expect(given(`${broken}${xray}\r`).events[0]?.body).toMatchObject({ birthDate: '2019-04-12' })
  expect(pid).toContain('20190412')
})
