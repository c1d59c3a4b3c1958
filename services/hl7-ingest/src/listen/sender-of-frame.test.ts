import { expect, test } from 'vitest'
import { headerOfFrame } from './sender-of-frame.ts'

const msh = 'MSH|^~\\&|PAS|RJZ|||20260701||ADT^A01|1|P|2.4'
const facilityIn = (text: string | Buffer) => {
  const header = headerOfFrame(Buffer.from(text as string))
  return header === null || header === undefined ? header : header.sendingFacility
}
const xml = `<ADT_A01 xmlns="urn:hl7-org:v2xml"><MSH><MSH.1>|</MSH.1><MSH.2>^~\\&amp;</MSH.2><MSH.4><HD.1>RJZ</HD.1></MSH.4></MSH>`

test.each([
  ['a header', `${msh}\rPID|1`, 'RJZ'],
  ['one that ends with a line feed', `${msh}\nPID|1`, 'RJZ'],
  ['one after line ends', `\r\n${msh}\r`, 'RJZ'],
  ['UTF-16', Buffer.from(`\ufeff${msh}\r`, 'utf16le'), 'RJZ'],
  ['half of one', msh, undefined],
  ['half of one after a line end', `\r${msh}`, undefined],
  ['nothing yet', '', undefined],
  ['a batch', `FHS|^~\\&|PAS|X\rBHS|^~\\&\r${msh}\rPID`, 'RJZ'],
  ['a batch before its first message', 'FHS|^~\\&|PAS|X\r', undefined],
  ['two messages', `${msh}\rPID|1\r${msh.replace('RJZ', 'RJ1')}\r`, 'RJZ'],
  ['XML', `${xml}<PID/>`, 'RJZ'],
  ['half of XML', '<ADT_A01 xmlns="urn:hl7-org', undefined],
  ['what is not HL7', 'x'.repeat(4_096), null],
  ['what is not HL7, and may become', 'x'.repeat(4_095), undefined],
  ['a line that is not HL7', 'Mr\r', null],
  ['a header without end', msh.padEnd(4_096, '|'), null],
])('%s', (_, head, facility) => {
  expect(facilityIn(head)).toBe(facility)
})
