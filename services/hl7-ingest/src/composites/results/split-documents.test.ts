import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { given, msh, oru, pid } from '../../normalise/normalise.fixture.ts'

const pdf = `%PDF-1.4 ${'invented cardiology letter '.repeat(20)}`
const b64 = Buffer.from(pdf).toString('base64')
const split = (text: string, size: number) =>
  text.match(new RegExp(`[^]{1,${size}}`, 'g')) as string[]
const hashOf = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')

const obx = (number: number | string, data: string, code = 'PDF^Letter', more = '||||||F') =>
  `OBX|9|ED|${code}|${number}|^application^pdf^Base64^${data}${more}\r`
const documentsIn = (...segments: string[]) =>
  given(`${oru}OBR|1|P1|F1|LTR\r${segments.join('')}`).events.flatMap(({ body }) =>
    body.type === 'DocumentReported' ? [body.attachment] : [],
  )

test.each([200, 199, 61, 8])('a document in parts of %i characters is one', (size) => {
  const parts = split(b64, size).map((part, n) => obx(n + 1, part))
  expect(documentsIn(...parts)).toMatchObject([
    { hash: hashOf(pdf), size: pdf.length, contentType: 'application/pdf' },
  ])
})

test('parts encoded one by one are one document', () => {
  const parts = split(pdf, 100).map((part, n) => obx(n, Buffer.from(part).toString('base64')))
  expect(documentsIn(...parts)).toMatchObject([{ hash: hashOf(pdf) }])
})

test('parts without type and encoding are one document, its notes are those after the last', () => {
  const parts = split(b64, 200).map((part, n) => `OBX|9|ED|PDF|${n + 1}|${part}||||||F\r`)
  const content = `${oru}OBR|1|P1|F1|LTR\r${parts.join('')}NTE|1||Typed.\r`
  const [report] = given(content).events.flatMap(({ body }) =>
    body.type === 'ResultReported' ? [body] : [],
  )
  expect(report?.observations).toMatchObject([
    { attachment: { hash: hashOf(pdf) }, status: 'final', notes: ['Typed.'] },
  ])
})

test('in a document message too', () => {
  const parts = split(b64, 200).map((part, n) => obx(n + 1, part))
  const { events } = given(`${msh('MDM^T02')}${pid}TXA|1|CN||||||||||D1\r${parts.join('')}`)
  expect(events.at(-1)?.body).toMatchObject({ attachment: { hash: hashOf(pdf) }, attachments: [] })
})

test('a picture and text in HL7 escapes may be in parts', () => {
  const rtf = `{\\rtf1 ${'words '.repeat(30)}}`
  const parts = split(rtf.replaceAll('\\', '\\E\\'), 90).map(
    (part, n) => `OBX|9|ED|R|${n + 1}|^application^rtf^A^${part}||||||F\r`,
  )
  expect(documentsIn(...parts)).toMatchObject([
    { hash: hashOf(rtf), contentType: 'application/rtf' },
  ])
})

const one = Buffer.from('%PDF-1.4 one').toString('base64')
const ended = Buffer.from('%PDF-1.4 one\n%%EOF\n').toString('base64')
const rest = Buffer.from('something else').toString('base64')

test.each([
  ['each is a file', [obx(1, one), obx(2, one.replace('b25l', 'dHdv'))]],
  ['the first is complete', [obx(1, ended), obx(2, rest)]],
  ['other codes', [obx(1, one), obx(2, rest, 'OTHER')]],
  ['no numbers', [obx('', one), obx('', rest)]],
  ['one number', [obx(1, one), obx(1, rest)]],
  ['a number is missing', [obx(1, one), obx(3, rest)]],
  ['other statuses', [obx(1, one), obx(2, rest, 'PDF^Letter', '||||||P')]],
  ['a note between', [`${obx(1, one)}NTE|1||Of the first.\r`, obx(2, rest)]],
  ['the first is no file', [obx(1, rest), obx(2, rest)]],
  ['another type', [obx(1, one), obx(2, rest).replace('pdf', 'rtf')]],
])('two documents are never joined: %s', (_, segments) => {
  expect(documentsIn(...segments)).toHaveLength(2)
})

test('two split documents of one code are two', () => {
  const other = `${pdf}other`
  const parts = [...split(b64, 300), ...split(Buffer.from(other).toString('base64'), 300)]
  expect(documentsIn(...parts.map((part, n) => obx(n + 1, part)))).toMatchObject([
    { hash: hashOf(pdf) },
    { hash: hashOf(other) },
  ])
})

test('very many parts take linear time', () => {
  const long = `%PDF-1.4 ${'x'.repeat(400_000)}`
  const parts = split(Buffer.from(long).toString('base64'), 40).map((part, n) => obx(n, part))
  const started = performance.now()
  expect(documentsIn(...parts)).toMatchObject([{ hash: hashOf(long) }])
  expect(performance.now() - started).toBeLessThan(5_000)
})
