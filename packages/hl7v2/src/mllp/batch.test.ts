import { expect, test } from 'vitest'
import { answerBatch, readBatch } from './batch.ts'

const one = 'MSH|^~\\&|LIMS|SELP|||20260701||ORU^R01|1|P|2.4\rPID|1||A1\r'
const two = 'MSH|^~\\&|LIMS|SELP|||20260701||ORU^R01|2|P|2.4\rPID|1||A2\r'
const file = `FHS|^~\\&|LIMS|SELP|SCR|ICS|20260701||||F1\rBHS|^~\\&|LIMS|SELP|SCR|ICS|20260701||||B1\r${one}${two}BTS|2\rFTS|1\r`

test('every message in a batch is returned with its bytes as sent', () => {
  const batch = readBatch(Buffer.from(file))
  expect(batch?.messages.map(String)).toEqual([one, two])
  expect(batch?.announced).toBe(2)
})

test.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
])('%s ends segments too', (_, end) => {
  const batch = readBatch(Buffer.from(file.replaceAll('\r', end)))
  expect(batch?.messages.map(String)).toEqual(
    [one, two].map((message) => message.replaceAll('\r', end)),
  )
})

test('a batch without a file, without a trailer, and several batches in a file', () => {
  expect(readBatch(Buffer.from(`BHS|^~\\&|LIMS\r${one}${two}`))).toMatchObject({
    fileHeader: null,
    announced: null,
    messages: { length: 2 },
  })
  const several = readBatch(
    Buffer.from(`FHS|^~\\&\rBHS|^~\\&\r${one}BTS|1\rBHS|^~\\&\r${two}BTS|1\rFTS|2\r`),
  )
  expect(several).toMatchObject({ announced: 2, messages: { length: 2 } })
})

test.each(['\r', '\n', '\r\n'])(
  'messages in one frame without FHS and BHS, terminated by %j, are separate',
  (end) => {
    expect(readBatch(Buffer.from((one + two).replaceAll('\r', end)))?.messages.map(String)).toEqual(
      [one, two].map((message) => message.replaceAll('\r', end)),
    )
  },
)

test.each([
  ['CR, messages joined by LF', '\r', '\n'],
  ['CRLF, the last with CR', '\r\n', ''],
])('messages whose segments end with %s are separate', (_, end, joint) => {
  const first = one.replaceAll('\r', end).replace(/\r\n$/, '\r') + joint
  expect(readBatch(Buffer.from(first + two))?.messages.map(String)).toEqual([first, two])
})

test.each([
  ['a line feed', '\n'],
  ['a carriage return', '\r'],
])('a line of text that looks like a header or trailer stays text, after %s', (_, end) => {
  const report = `${one}OBX|1|TX|H||${['MLH1: lost', 'MSH2: preserved', 'MSH: 4 pmol/l', 'BTS 2', 'FTS'].join(end)}x||||||F\r`
  expect(
    readBatch(Buffer.from(`BHS|^~\\&|LIMS\r${report}${two}BTS|2\r`))?.messages.map(String),
  ).toEqual([report, two])
})

test('so does a header quoted after a line feed, if segments end differently', () => {
  const report = `${one}NTE|1||he wrote:\nMSH|^~\\&|LIMS\r`
  expect(readBatch(Buffer.from(`BHS|^~\\&|LIMS\r${report}${two}`))?.messages.map(String)).toEqual([
    report,
    two,
  ])
})

test('each message of a batch may have its own segment terminator', () => {
  const byLineFeed = two.replaceAll('\r', '\n')
  expect(readBatch(Buffer.from(`BHS|^~\\&|LIMS\r${one}${byLineFeed}${one}BTS|3\r`))).toMatchObject({
    announced: 3,
    messages: { length: 3 },
  })
})

test('a header quoted in a text stays text', () => {
  expect(readBatch(Buffer.from(`${one}NTE|1||he wrote:\nMSH|^~\\&|LIMS\r`))).toBeNull()
  expect(readBatch(Buffer.from(`${one}NTE|1||MSH|^~\\&|LIMS\rMSHX|1\r`))).toBeNull()
})

test.each([
  ['a byte order mark', '\ufeff'],
  ['line ends', '\r\n\n'],
  ['a byte order mark and line ends', '\ufeff\r\n'],
])('%s before the batch does not matter, and belongs to no message', (_, lead) => {
  for (const batch of [file, file.slice(file.indexOf('BHS'))]) {
    expect(readBatch(Buffer.from(lead + batch))).toEqual(readBatch(Buffer.from(batch)))
    expect(readBatch(Buffer.from(lead + batch))?.messages.map(String)).toEqual([one, two])
  }
})

test.each(['\ufeff', '\ufeff\r\n', '\r\n'])(
  '%j before a message does not make it a batch, and alone is not a batch',
  (lead) => {
    expect([readBatch(Buffer.from(lead + one)), readBatch(Buffer.from(lead))]).toEqual([null, null])
  },
)

test.each([
  ['half a byte order mark', Buffer.from([0xef, 0xbb])],
  ['one after line ends', Buffer.from('\r\ufeff')],
  ['two', Buffer.from('\ufeff\ufeff')],
  ['a blank', Buffer.from(' ')],
])('%s is not skipped', (_, lead) =>
  expect(readBatch(Buffer.concat([lead, Buffer.from(file)]))).toBeNull(),
)

test('a message is not a batch, nor is anything else', () => {
  expect(readBatch(Buffer.from(one))).toBeNull()
  expect(readBatch(Buffer.alloc(0))).toBeNull()
})

test('a batch of answers exchanges sender and receiver and refers to the ids of the batch', () => {
  const batch = readBatch(Buffer.from(file))
  if (batch === null) throw new Error('no batch')
  const answer = answerBatch(
    batch,
    [Buffer.from('MSH|1\rMSA|AA|1\r'), Buffer.from('MSH|2\rMSA|AA|2\r')],
    'T1',
    '20260702',
  )
  expect(answer.toString().split('\r')).toEqual([
    'FHS|^~\\&|SCR|ICS|LIMS|SELP|20260702||||T1|F1',
    'BHS|^~\\&|SCR|ICS|LIMS|SELP|20260702||||T1|B1',
    'MSH|1',
    'MSA|AA|1',
    'MSH|2',
    'MSA|AA|2',
    'BTS|2',
    'FTS|1',
    '',
  ])
})
