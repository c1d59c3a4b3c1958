import { expect, test } from 'vitest'
import { answerTo } from './answer-to.ts'
import { type Header, readHeader } from '../lexer/header.ts'

/** 1 July 2026, 08:15 UTC, in microseconds. */
const receivedAt = Date.UTC(2026, 6, 1, 8, 15) * 1000
const message = (version: string, id = 'M&amp;1') =>
  Buffer.from(
    `<ADT_A01 xmlns="urn:hl7-org:v2xml"><MSH><MSH.1>|</MSH.1><MSH.2>^~\\&amp;</MSH.2><MSH.3>PAS</MSH.3><MSH.4><HD.1>X99</HD.1><HD.2>K&lt;C&gt;H</HD.2></MSH.4><MSH.5><HD.1>SCR</HD.1></MSH.5>` +
      `<MSH.9><MSG.1>ADT</MSG.1><MSG.2>A01</MSG.2></MSH.9><MSH.10>${id}</MSH.10><MSH.11><PT.1>P</PT.1></MSH.11><MSH.12><VID.1>${version}</VID.1></MSH.12><MSH.18>8859/1</MSH.18></MSH></ADT_A01>`,
  )
const answer = (bytes: Buffer, fault: Parameters<typeof answerTo>[4] = null) =>
  answerTo(bytes, readHeader(bytes), receivedAt, fault === null ? 'AA' : 'AE', fault).toString()
const inside = (text: string, name: string) =>
  new RegExp(`<${name.replace('.', '\\.')}>(.*?)</${name.replace('.', '\\.')}>`, 's').exec(
    text,
  )?.[1]

test('XML is answered in XML: sender and receiver exchanged, MSH.10 echoed, special characters escaped', () => {
  const text = answer(message('2.4'))
  expect(text).toMatch(
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<ACK xmlns="urn:hl7-org:v2xml"><MSH><MSH.1>\|<\/MSH.1><MSH.2>\^~\\&amp;<\/MSH.2><MSH.3><HD.1>SCR<\/HD.1><\/MSH.3>/,
  )
  expect(inside(text, 'MSH.6')).toBe('<HD.1>X99</HD.1><HD.2>K&lt;C&gt;H</HD.2>')
  expect(inside(text, 'MSH.7')).toBe('<TS.1>20260701081500.000+0000</TS.1>')
  expect(inside(text, 'MSH.9')).toBe('<MSG.1>ACK</MSG.1><MSG.2>A01</MSG.2><MSG.3>ACK</MSG.3>')
  expect(inside(text, 'MSA')).toBe('<MSA.1>AA</MSA.1><MSA.2>M&amp;1</MSA.2>')
  expect(text).not.toContain('MSH.18')
  expect(inside(answer(message('2.6')), 'MSH.7')).toBe('20260701081500.000+0000')
})

test('ERR has place and condition, before and since 2.5', () => {
  const fault = { code: 'INVALID_FIELD', condition: '102', place: 'PID[2]-7' } as const
  expect(inside(answer(message('2.4'), fault), 'ERR.1')).toBe(
    '<ELD.1>PID</ELD.1><ELD.2>2</ELD.2><ELD.3>7</ELD.3><ELD.4><CE.1>102</CE.1><CE.2>Data type error</CE.2><CE.3>HL70357</CE.3></ELD.4>',
  )
  const newer = answer(message('2.5.1'), fault)
  expect(newer).not.toContain('ERR.1')
  expect(inside(newer, 'ERR.2')).toBe('<ERL.1>PID</ERL.1><ERL.2>2</ERL.2><ERL.3>7</ERL.3>')
  expect(inside(newer, 'ERR.3')).toBe(
    '<CWE.1>102</CWE.1><CWE.2>Data type error</CWE.2><CWE.3>HL70357</CWE.3>',
  )
})

test('the answer is a valid message, whatever the id contained', () => {
  for (const id of ['1&#10;MSA', '1&#13;MSA|AR', '&#x1F600;', 'a^b~c\\d|e&amp;f']) {
    const header = readHeader(Buffer.from(answer(message('2.4', id)))) as Header
    expect(header).toMatchObject({ type: 'ACK^A01', sendingApplication: 'SCR' })
    expect(answer(message('2.4', id)).match(/<MSA>/g)).toHaveLength(1)
  }
})

test('XML that is not a message gets an XML answer, delimiters get delimiters', () => {
  const fault = { code: 'NOT_HL7', condition: '100', place: 'MSH' } as const
  expect(answer(Buffer.from('<x/>'), fault)).toContain(
    '<MSA><MSA.1>AE</MSA.1><MSA.3>NOT_HL7</MSA.3></MSA>',
  )
  expect(answer(Buffer.from('MSH|^~\\&|A|B|||||ADT^A01|1|P|2.4\r'))).toMatch(/^MSH\|/)
})
