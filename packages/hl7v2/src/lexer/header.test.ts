import { expect, test } from 'vitest'
import { type Header, headerOf, readHeader, readMessage } from './header.ts'
import type { Hl7Message } from './message.ts'

const wire = Buffer.from(
  'MSH|^~\\&|PAS&1^x|X99^^L|TIDE\\T\\WAY|SCR|20260701091500||ADT^A01^ADT_A01|ID\\F\\7|P^T|2.5.1^GBR|||AL|NE||8859/1~UNICODE\rPID|1',
)

test('reads the fields needed to identify and acknowledge', () => {
  expect(readHeader(wire)).toEqual({
    delimiters: { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' },
    encodingCharacters: '^~\\&',
    sendingApplication: 'PAS',
    sendingFacility: 'X99',
    sent: {
      sendingApplication: 'PAS&1^x',
      sendingFacility: 'X99^^L',
      receivingApplication: 'TIDE\\T\\WAY',
      receivingFacility: 'SCR',
    },
    type: 'ADT^A01',
    msh: {
      line: wire.toString().split('\r')[0],
      fields: expect.arrayContaining(['MSH', '|', '^~\\&', 'ADT^A01^ADT_A01']),
    },
    messageCode: 'ADT',
    trigger: 'A01',
    controlId: 'ID|7',
    controlIdAsSent: 'ID\\F\\7',
    processingId: 'P',
    version: '2.5.1',
    acceptAcknowledgement: 'AL',
    applicationAcknowledgement: 'NE',
    characterSetAsSent: '8859/1~UNICODE',
    characterSet: 'utf-8',
  })
})

test('a missing field is null', () => {
  expect(readHeader(Buffer.from('MSH|^~\\&'))).toMatchObject({
    type: null,
    controlId: null,
    sendingFacility: null,
    version: null,
    characterSetAsSent: '',
  })
})

test('a type without a trigger is the message code alone', () => {
  expect(readHeader(Buffer.from('MSH|^~\\&|||||||ORU\r'))?.type).toBe('ORU')
})

test('reads nothing after the first segment', () => {
  const long = Buffer.concat([wire, Buffer.alloc(1_000_000, 0xff)])
  expect(readHeader(long)?.controlId).toBe('ID|7')
})

test('white space before MSH is ignored', () => {
  expect(readHeader(Buffer.from(`\r\n ${wire.toString()}`))?.controlId).toBe('ID|7')
})

test.each(['', '\u001c', 'GET / HTTP/1.1\r\n\r\n', 'PID|1', 'M', 'xMSH|^~\\&|', 'MSH'])(
  '%j is not HL7',
  (content) => {
    expect(readHeader(Buffer.from(content))).toBeNull()
  },
)

test('MSH is parsed once: the message reuses the fields of a header already read', () => {
  const bytes = Buffer.from('MSH|^~\\&|PAS|RJZ|||20260701||ADT^A01|1|P|2.4\rPID|1\r')
  const header = readHeader(bytes) as Header
  const message = readMessage(bytes, 'windows-1252', undefined, header) as Hl7Message
  expect(message.segments[0]?.fields).toBe(header.msh.fields)
  expect(headerOf(message, header)).toBe(header)
  expect(readMessage(bytes, 'windows-1252')).toEqual(message)
})

test('a header that decodes differently in the whole message is parsed again', () => {
  const bytes = Buffer.from('MSH|^~\\&|PÄS|RJZ|||20260701||ADT^A01|1|P|2.4\rPID|1\r', 'latin1')
  const header = readHeader(bytes, 'iso-8859-5') as Header
  const message = readMessage(bytes, 'windows-1252', undefined, header) as Hl7Message
  expect(headerOf(message, header).sendingApplication).toBe('PÄS')
})
