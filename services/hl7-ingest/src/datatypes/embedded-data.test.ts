import { expect, test } from 'vitest'
import { type Hl7Message, parse, type Segment } from '@tideway/hl7v2/lexer/message'
import { unusedFields } from '@tideway/hl7v2/lexer/unused-fields'
import { readEmbedded } from './attachment.ts'

const obx = (sent: string): Segment =>
  (parse(`MSH|^~\\&\rOBX|1|ED|K||${sent}`, 'utf-8') as Hl7Message).segments[1] as Segment
const read = (sent: string) => {
  const segment = obx(sent)
  const found = readEmbedded(segment, null)
  const unused = unusedFields(segment.message).filter((one) => one.startsWith('OBX-5'))
  return {
    type: found?.attachment.contentType,
    bytes: found?.bytes?.bytes.toString('latin1'),
    unused,
  }
}
const encode = (text: string) => Buffer.from(text, 'latin1').toString('base64')

const pdf = '%PDF-1.4 invented report'
const b64 = encode(pdf)
const jpeg = `\xff\xd8\xff\xe0${'x'.repeat(30)}`
const words = 'Admitted with chest pain; troponin raised; angiogram planned.'

test.each([
  ['alone in the first component', b64],
  ['in its place, without type or encoding', `^^^^${b64}`],
  ['without encoding', `^application^pdf^^${b64}`],
  ['without type', `^^^Base64^${b64}`],
  ['after the encoding alone', `Base64^${b64}`],
  ['after type and encoding', `PDF^Base64^${b64}`],
  ['one component early', `application^pdf^Base64^${b64}`],
  ['after an empty application, one component early', `^PDF^Base64^${b64}`],
  ['in hexadecimal, not declared', `^^^^${Buffer.from(pdf).toString('hex')}`],
  ['over several lines', `${b64.slice(0, 8)}\\.br\\${b64.slice(8)}`],
  ['with its type as a general one', `^NS^Octet-stream^Base64^${b64}`],
])('a PDF is read byte for byte: %s', (_, sent) => {
  expect(read(sent)).toMatchObject({ type: 'application/pdf', bytes: pdf })
})

test.each([
  ['image/jpeg', jpeg],
  ['image/png', '\x89PNG\r\n\x1a\nxxxx'],
  ['image/gif', 'GIF89axxxx'],
  ['image/tiff', 'II*\0xxxx'],
  ['application/rtf', '{\\rtf1 x}'],
  ['application/xml', '<?xml version="1.0"?><a/>'],
  ['text/html', '<!DOCTYPE html><p>x</p>'],
  ['application/zip', 'PK\x03\x04xxxx'],
  ['application/dicom', `${'\0'.repeat(128)}DICMxx`],
])('%s is recognised by its content', (type, content) => {
  expect(read(`^^^^${encode(content)}`)).toEqual({ type, bytes: content, unused: [] })
})

test('data that nothing recognises is kept with the type and encoding declared', () => {
  expect(read(`^image^jpeg^^${encode('x'.repeat(40))}`)).toMatchObject({ type: 'image/jpeg' })
  expect(read('^^^Base64^AAEC')).toEqual({ type: null, bytes: '\x00\x01\x02', unused: [] })
})

test('text is text, although its letters could be Base64', () => {
  for (const sent of ['fever', 'ECGnormal', words, `^^^^${words}`])
    expect(read(sent)).toEqual({ type: 'text/plain', bytes: sent.replaceAll('^', ''), unused: [] })
  expect(read(`^^^^${encode(words)}`)).toMatchObject({ bytes: words })
})

test('an address alone is a pointer', () => {
  const read = readEmbedded(obx('https://pacs.x99.example/1'), 'Images')
  expect(read?.attachment).toMatchObject({ pointer: 'https://pacs.x99.example/1', object: null })
})

test('the application stays listed, as does a second document in the field', () => {
  expect(read(`LIMS^application^pdf^Base64^${b64}`).unused).toEqual(['OBX-5.1'])
  const both = `^application^pdf^Base64^${b64}~^application^pdf^Base64^${b64}`
  expect(read(both)).toMatchObject({ bytes: pdf, unused: ['OBX-5~'] })
})

test('a type is listed only if the subtype says another', () => {
  const unused = (type: string) => read(`^${type}^Base64^${b64}`).unused
  for (const type of ['application^pdf', 'AP^PDF', 'application/pdf^pdf', '^pdf'])
    expect(unused(type)).toEqual([])
  expect(unused('text^pdf')).toEqual(['OBX-5.2'])
})

test('type and encoding without data are listed', () => {
  expect(read('LIMS^application^pdf^Base64^').unused).toEqual([
    'OBX-5.1',
    'OBX-5.2',
    'OBX-5.3',
    'OBX-5.4',
  ])
})
