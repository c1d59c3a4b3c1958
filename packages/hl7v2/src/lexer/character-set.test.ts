import { text } from './fields.ts'
import { expect, test } from 'vitest'
import { characterSetOf, decode } from './character-set.ts'
import { readHeader, readMessage } from './header.ts'
import { type Hl7Message, type Segment, segmentOf } from './message.ts'

const message = (msh18: string, name: string) =>
  `MSH|^~\\&|PAS|X99|||20260701||ADT^A01|1|P|2.4||||||${msh18}\rPID|1||7||${name}\r`
const swapped = (content: string) => Buffer.from(content, 'utf16le').swap16()
const nameIn = (bytes: Buffer, byDefault = 'utf-8') => {
  const read = readMessage(bytes, byDefault) as Hl7Message
  return [text(segmentOf(read, 'PID') as Segment, 5), read.characterSet]
}

test.each([
  ['ASCII', 'us-ascii'],
  ['8859/1', 'iso-8859-1'],
  ['8859/15', 'iso-8859-15'],
  ['ISO 8859-2', 'iso-8859-2'],
  ['UNICODE', 'utf-8'],
  ['UNICODE UTF-8', 'utf-8'],
  ['unicode utf-8', 'utf-8'],
  ['UTF-8', 'utf-8'],
  ['UNICODE UTF-16', 'utf-16'],
  ['ISO IR87', null],
  ['', null],
  ['constructor', null],
])('MSH-18 %j is %s', (sent, name) => expect(characterSetOf(sent)).toBe(name))

test.each(['', 'ASCII', '8859/1', '8859/1~UNICODE UTF-8', 'UNICODE', 'UNICODE UTF-8', 'ISO IR87'])(
  'valid UTF-8 is read as UTF-8, with MSH-18 %j',
  (msh18) => {
    expect(nameIn(Buffer.from(message(msh18, 'SIOBHÁN Łoś')))).toEqual(['SIOBHÁN Łoś', 'utf-8'])
  },
)

test.each([
  ['8859/1', 'iso-8859-1', 'SIOBHÁN'],
  ['8859/1~UNICODE UTF-8', 'iso-8859-1', 'SIOBHÁN'],
  ['', 'windows-1252', 'SIOBHÁN'],
  ['UNICODE', 'windows-1252', 'SIOBHÁN'],
  ['UNICODE UTF-8', 'windows-1252', 'SIOBHÁN'],
  ['ISO IR 999', 'windows-1252', 'SIOBHÁN'],
])('bytes that are not UTF-8, with MSH-18 %j, are read as %s', (msh18, characterSet, name) => {
  expect(nameIn(Buffer.from(message(msh18, name), 'latin1'))).toEqual([name, characterSet])
})

test('ISO 8859-15 has a euro sign, 8859-1 does not', () => {
  const bytes = Buffer.from(message('8859/15', 'PRICE \xa4'), 'latin1')
  expect(nameIn(bytes)).toEqual(['PRICE €', 'iso-8859-15'])
})

test('the default of the source applies if MSH-18 is empty', () => {
  expect(nameIn(Buffer.from(message('', 'PRICE \xa4'), 'latin1'), 'iso-8859-15')).toEqual([
    'PRICE €',
    'iso-8859-15',
  ])
})

test('8859-1 with letters it does not define is Windows-1252', () => {
  expect(nameIn(Buffer.from(message('8859/1', 'O\x92NEILL \x80'), 'latin1'))).toEqual([
    'O’NEILL €',
    'windows-1252',
  ])
})

test.each([
  [
    'little-endian with mark',
    Buffer.from(`\ufeff${message('UNICODE UTF-16', 'SIOBHÁN')}`, 'utf16le'),
    'utf-16le',
  ],
  ['big-endian with mark', swapped(`\ufeff${message('UNICODE UTF-16', 'SIOBHÁN')}`), 'utf-16be'],
  ['little-endian', Buffer.from(message('UNICODE UTF-16', 'SIOBHÁN'), 'utf16le'), 'utf-16le'],
  ['big-endian', swapped(message('UNICODE UTF-16', 'SIOBHÁN')), 'utf-16be'],
])('UTF-16 %s', (_, bytes, characterSet) => {
  expect(nameIn(bytes)).toEqual(['SIOBHÁN', characterSet])
  expect(readHeader(bytes)).toMatchObject({
    sendingFacility: 'X99',
    controlId: '1',
    characterSetAsSent: 'UNICODE UTF-16',
  })
})

test('a UTF-8 byte order mark is not part of the message', () => {
  const bytes = Buffer.from(`\ufeff${message('', 'SIOBHÁN')}`)
  expect(nameIn(bytes)).toEqual(['SIOBHÁN', 'utf-8'])
  expect(readHeader(bytes)?.controlId).toBe('1')
})

test('no bytes give no text', () => {
  expect(decode(Buffer.alloc(0), 'utf-8')).toEqual({ text: '', characterSet: 'utf-8' })
})
