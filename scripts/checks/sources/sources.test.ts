import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fixture } from '../fixture.ts'
import { checkout } from '../tool.ts'
import { sources } from './sources.ts'

const folder = 'schemas/sources'
const read = (file: string) => readFileSync(join(checkout, folder, file), 'utf8')
const schema = read('source.schema.json')
const rjz = read('rjz.json')
const checkoutWith = (files: Record<string, string>) =>
  fixture({
    [`${folder}/source.schema.json`]: schema,
    ...Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text])),
  })
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length

test('the source files of the checkout are valid', async () => {
  expect(await sources(checkout)).toEqual([])
})

test('all problems of all files are reported in one round, with line and allowed values', async () => {
  const wrong = rjz
    .replace('"IP": "INPATIENT"', '"IP": "INPATENT"')
    .replace('"codes": {', '"codes": {\n      "PID-88": { "A": "B" },\n      "XYZ-1": {},')
    .replace('Europe/London', 'Europe/Camberwell')
    .replace('"fixes": []', '"fixes": ["no-such-fix"]')
    .replace('"batchAcknowledgement": "message"', '"batchAcknowledgement": "file"')
    .replace('"strict": false', '"strict": false,\n    "surprise": true')
  const found = await sources(
    checkoutWith({ 'rjz.json': wrong, 'rj1.json': read('rj1.json').replace('"name"', 'name') }),
  )
  const expected = (part: string, ...words: string[]) =>
    words.map((word) => expect.stringMatching(`rjz.json:${lineOf(wrong, part)} .*${word}`))
  expect(found).toEqual(
    expect.arrayContaining([
      ...expected('INPATENT', '"INPATENT" is not a code of PV1-2: .*INPATIENT, OUTPATIENT'),
      ...expected('PID-88', 'PID-88 does not exist: PID has fields 1 to 40'),
      ...expected('XYZ-1', 'XYZ is not a segment that is read: .*PID'),
      ...expected('Camberwell', 'is not an IANA time zone: .*Europe/London'),
      ...expected('no-such-fix', 'is not a fix: .*day-first-dates'),
      ...expected('"file"', 'must be one of message, batch'),
      ...expected('surprise', '"surprise" is not known here: .*strict'),
      expect.stringMatching(/rj1\.json:4 not JSON/),
    ]),
  )
  expect(found).toHaveLength(8)
})

test('offsets are not time zones; a place of a Z segment is the sender’s own', async () => {
  const found = await sources(
    checkoutWith({
      'rjz.json': rjz
        .replace('Europe/London', '+01:00')
        .replace('"codes": {', '"codes": {\n      "ZAB-3": { "A": "B" },'),
    }),
  )
  expect(found).toEqual([expect.stringContaining('"+01:00" is not an IANA time zone')])
})

test('what two files cannot both say is found, with the line', async () => {
  const other = rjz.replaceAll('"RJZ"', '"RJX"').replace('["RJX", "KCH"]', '["KCH"]')
  const found = await sources(checkoutWith({ 'rjz.json': rjz, 'rjx.json': other }))
  expect(found).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/rjx\.json:\d+ \/hl7\/match could match the same message/),
      expect.stringMatching(/rjx\.json:\d+ \/fhir\/clients has a client that is also in rjz\.json/),
    ]),
  )
})

test.each([
  ['0.5', []],
  ['-1', [expect.stringMatching(/waitForReferencesHours|>= 0/)]],
  ['721', [expect.stringMatching(/waitForReferencesHours|<= 720/)]],
  ['"3"', [expect.stringMatching(/waitForReferencesHours|number/)]],
])('a message waits for a resource between 0 and 720 hours: %s', async (hours, problems) => {
  const found = await sources(
    checkoutWith({
      'rjz.json': rjz.replace(
        '"patientsByNhsNumber": false,',
        `"patientsByNhsNumber": false,\n    "waitForReferencesHours": ${hours},`,
      ),
    }),
  )
  expect(found).toEqual(problems)
})
