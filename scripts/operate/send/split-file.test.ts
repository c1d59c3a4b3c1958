import { expect, test } from 'vitest'
import { controlIdIn, splitFile, typeIn } from './split-file.ts'

const first = 'MSH|^~\\&|PAS|X99|||20261122||ADT^A01|1|P|2.4\rPID|||1'
const second =
  'MSH|^~\\&|LAB|X99|||20261122||ORU^R01^ORU_R01|2|P|2.4\rOBX|1|TX|||MSH is a word here'
const split = (text: string) =>
  splitFile(Buffer.from(text, 'latin1')).map((message) => message.toString('latin1'))

test('one message is returned byte for byte', () => {
  expect(split(`${first}\r\n\xe9\xff\r\n`)).toEqual([`${first}\r\n\xe9\xff\r\n`])
})

test('messages in sequence are split', () => {
  expect(split(`${first}\n\n${second}`)).toEqual([`${first}\n\n`, second])
})

test('MLLP frames are removed', () => {
  expect(split(`\x0b${first}\r\x1c\r\x0b${second}\x1c\r`)).toEqual([`${first}\r`, second])
})

test('0x1C inside a message is data', () => {
  expect(split(`\x0b${first}\x1cmore\x1c\r`)).toEqual([`${first}\x1cmore`])
})

test('batch segments belong to no message', () => {
  expect(split(`FHS|^~\\&|\rBHS|^~\\&|\r${first}\r${second}\rBTS|2\rFTS|1\r`)).toEqual([
    `${first}\r`,
    `${second}\r`,
  ])
})

test('content without a message is sent whole', () => {
  expect(split('hello\rworld')).toEqual(['hello\rworld'])
})

test('control id and type are read from MSH only', () => {
  expect(
    [first, second, 'hello'].map((text) => [
      controlIdIn(Buffer.from(text)),
      typeIn(Buffer.from(text)),
    ]),
  ).toEqual([
    ['1', 'ADT^A01'],
    ['2', 'ORU^R01'],
    ['', ''],
  ])
})

test('control id and type are read from XML, which is sent whole', () => {
  const xml =
    '<ADT_A01 xmlns="urn:hl7-org:v2xml">\n<MSH><MSH.1>|</MSH.1><MSH.2>^~\\&amp;</MSH.2><MSH.9><MSG.1>ADT</MSG.1><MSG.2>A01</MSG.2></MSH.9><MSH.10>X1</MSH.10></MSH></ADT_A01>\n'
  expect(split(xml)).toEqual([xml])
  expect([controlIdIn(Buffer.from(xml)), typeIn(Buffer.from(xml))]).toEqual(['X1', 'ADT^A01'])
})
