import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { unusedFields } from '@tideway/hl7v2/lexer/unused-fields'
import { type Hl7Message, parse, type Segment } from '@tideway/hl7v2/lexer/message'
import { readEmbedded, readPointer } from './attachment.ts'
import { mediaTypeOf } from '@tideway/hl7v2/datatypes/media-type'

const obx = (sent: string): Segment =>
  (parse(`MSH|^~\\&\rOBX|1|ED|K||${sent}`, 'utf-8') as Hl7Message).segments[1] as Segment
const content = Buffer.from('%PDF-1.4\n\xff\x00', 'latin1')
const hash = createHash('sha256').update(content).digest('hex')

test.each([
  ['Base64', content.toString('base64')],
  ['base64', content.toString('base64').replace(/=+$/, '')],
  [
    'Base64',
    `${content.toString('base64').slice(0, 8)}\\.br\\${content.toString('base64').slice(8)}`,
  ],
  ['Hex', content.toString('hex')],
])('embedded data in %s is identified by the hash of its bytes', (encoding, data) => {
  const read = readEmbedded(obx(`LIMS^application^pdf^${encoding}^${data}`), 'Report')
  expect(read?.bytes).toEqual({
    object: `payloads/${hash.slice(0, 2)}/${hash}`,
    bytes: content,
    contentType: 'application/pdf',
  })
  expect(read?.attachment).toEqual({
    hash,
    object: `payloads/${hash.slice(0, 2)}/${hash}`,
    pointer: null,
    contentType: 'application/pdf',
    size: content.length,
    title: 'Report',
  })
})

test.each(['', 'A'])('encoding %j is the text itself, separators included', (encoding) => {
  expect(
    readEmbedded(
      obx(`LIMS^TEXT^plain^${encoding}^fever ^ \\T\\ chills`),
      null,
    )?.bytes?.bytes.toString(),
  ).toBe('fever ^ & chills')
})

test.each(['Base64^not!base64', 'Base64^QUJD!', 'Base64^A', 'Hex^abc', 'Hex^xyz0', 'uuencode^abc'])(
  '%s is no attachment, and the message is used in part',
  (sent) => {
    const segment = obx(`LIMS^application^pdf^${sent}`)
    expect(readEmbedded(segment, null)).toBeNull()
    expect([...segment.message.leftOut]).toEqual(['OBX-5'])
    expect(unusedFields(segment.message)).toContain('OBX-5')
  },
)

test('no data gives no attachment', () => {
  expect(readEmbedded(obx(''), null)).toBeNull()
  expect(readEmbedded(obx('LIMS^application^pdf^Base64^'), null)).toBeNull()
  expect(readPointer(obx('^PACS'), null)).toBeNull()
})

test('a pointer is kept as a reference to the copy of the sender', () => {
  expect(
    readPointer(obx('https://pacs.x99.example/1?a=1\\T\\b=2^PACS^image^dicom'), 'Images'),
  ).toEqual({
    attachment: {
      hash: null,
      object: null,
      pointer: 'https://pacs.x99.example/1?a=1&b=2',
      contentType: 'application/dicom',
      size: null,
      title: 'Images',
    },
    bytes: null,
  })
})

test.each([
  ['AP', 'PDF', 'application/pdf'],
  ['application/pdf', null, 'application/pdf'],
  ['PDF', null, 'application/pdf'],
  ['IM', 'JPG', 'image/jpeg'],
  ['image', 'svg+xml', 'image/svg+xml'],
  ['TEXT', null, 'text/plain'],
  ['application', 'x-hl7-cda-level-one', 'application/x-hl7-cda-level-one'],
  ['multipart', 'x-hl7-cda-level-one', 'multipart/x-hl7-cda-level-one'],
  [null, 'application/dicom', 'application/dicom'],
  ['NS', 'Octet-stream', null],
  [null, null, null],
])('types %s and %s are %s', (type, subtype, media) =>
  expect(mediaTypeOf(type, subtype)).toBe(media),
)
