import { wholeText } from '../lexer/fields.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readHeader, readMessage } from '../lexer/header.ts'
import type { Hl7Message } from '../lexer/message.ts'
import { unusedFields } from '../lexer/unused-fields.ts'

const msh = `<MSH><MSH.1>|</MSH.1><MSH.2>^~\\&amp;</MSH.2><MSH.3><HD.1>PAS</HD.1></MSH.3><MSH.4><HD.1>X99</HD.1><HD.2>1.2.3</HD.2></MSH.4>
<MSH.7><TS.1>20260701091500</TS.1></MSH.7><MSH.9><MSG.1>ADT</MSG.1><MSG.2>A08</MSG.2></MSH.9><MSH.10>A08-1</MSH.10><MSH.11><PT.1>P</PT.1></MSH.11><MSH.12><VID.1>2.4</VID.1></MSH.12></MSH>`
const document = (segments: string, root = 'ADT_A01') =>
  `<?xml version="1.0"?>\n<${root} xmlns="urn:hl7-org:v2xml">${segments}</${root}>`
const read = (text: string | Buffer) => readMessage(Buffer.from(text as string), 'windows-1252')
const segments = (text: string) =>
  (read(document(msh + text)) as Hl7Message).segments.slice(1).map(({ fields }) => fields.join('|'))

test('the header is read as with delimiters, with or without the rest', () => {
  const wanted = {
    type: 'ADT^A08',
    controlId: 'A08-1',
    sendingApplication: 'PAS',
    sendingFacility: 'X99',
    processingId: 'P',
    version: '2.4',
    sent: { sendingFacility: 'X99^1.2.3' },
  }
  expect(readHeader(Buffer.from(document(msh)))).toMatchObject(wanted)
  expect(readHeader(Buffer.from(document(msh).slice(0, -8)))).toMatchObject(wanted)
  expect(readHeader(Buffer.from(document(msh).slice(0, 300)))).toBeNull()
  expect(readHeader(Buffer.from(`\ufeff  ${document(`${msh}<PID><`)}`))).toMatchObject(wanted)
})

test.each([
  [
    '<PID><PID.3><CX.1>1</CX.1><CX.4><HD.1>X99</HD.1><HD.3>L</HD.3></CX.4></PID.3><PID.3><CX.1>2</CX.1></PID.3></PID>',
    'PID|||1^^^X99&&L~2',
  ],
  [
    '<ORU_R01.PATIENT_RESULT><ORU_R01.PATIENT><PID><PID.8>F</PID.8></PID></ORU_R01.PATIENT></ORU_R01.PATIENT_RESULT>',
    'PID||||||||F',
  ],
  ['<ANY.THING><x><ZU1><ZU1.2>a</ZU1.2></ZU1></x></ANY.THING>', 'ZU1||a'],
  ['<NTE><NTE.3>a|b^c~d\\e&amp;f</NTE.3></NTE>', 'NTE|||a\\F\\b\\S\\c\\R\\d\\E\\e\\T\\f'],
  [
    '<OBX><OBX.5>one<escape V=".br"/>two <escape V="H"/>three<![CDATA[<4]]></OBX.5></OBX>',
    'OBX|||||one\\.br\\two \\H\\three<4',
  ],
  ['<OBX><OBX.5><FT.1>one<escape V=".br"/>two</FT.1></OBX.5></OBX>', 'OBX|||||one\\.br\\two'],
  ['<PID><PID.8>\n  F\n</PID.8><PID.5> A </PID.5></PID>', 'PID|||||\u0020A |||F'],
  ['<PID><PID.8>""</PID.8></PID>', 'PID||||||||""'],
  ['<PID><PID.7><DR.1><TS.1><DTM.1>2026</DTM.1></TS.1></DR.1></PID.7></PID>', 'PID|||||||2026'],
  ['<PID><PID.5>A<XPN.2>B</XPN.2></PID.5></PID>', 'PID|||||A^B'],
])('%s is %s', (xml, pipes) => expect(segments(xml)).toEqual([pipes]))

test.each([
  ['<PID><PID.5><XPN.1><FN.1><TS.1>A</TS.1><TS.2>D</TS.2></FN.1></XPN.1></PID.5></PID>', ['PID-5']],
  ['<PID><PID.5><XPN.1>A</XPN.1><XPN.1>B</XPN.1></PID.5></PID>', ['PID-5']],
  ['<PID><PID.5>A<b>bold</b></PID.5></PID>', ['PID-5']],
  ['<PID>loose<PID.5>A</PID.5></PID>', ['PID-5', '?']],
  ['<PID><PV1.5>A</PV1.5></PID>', ['?']],
  ['<PID/>loose', ['?']],
  ['<o:PID xmlns:o="urn:other"><PID.5>A</PID.5></o:PID>', ['?']],
  ['<PID><PID.1000>A</PID.1000></PID>', ['?']],
])('content that delimiters cannot encode is listed: %s', (xml, unused) => {
  const message = read(document(msh + xml)) as Hl7Message
  for (const segment of message.segments)
    if (segment.name === 'PID' && !xml.includes('loose')) wholeText(segment, 5)
  expect(unusedFields(message)).toEqual(unused)
})

const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, n) => `<!ENTITY b${n} "&a;&a;">`).join('')}]><ADT_A01 xmlns="urn:hl7-org:v2xml">${msh}<NTE><NTE.3>&b19;</NTE.3></NTE></ADT_A01>`

test.each([
  ['an entity bomb', bomb],
  ['an undeclared entity', document(`${msh}<NTE><NTE.3>&constructor;</NTE.3></NTE>`)],
  [
    'an external entity',
    `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${document(msh).slice(22)}`,
  ],
  ['XML of another namespace', '<Bundle xmlns="http://hl7.org/fhir"><MSH/></Bundle>'],
  ['no MSH', document('<PID/>')],
  ['a segment before MSH', document(`<PID/>${msh}`)],
  ['two messages', document(msh + msh)],
  ['a truncated document', document(msh).slice(0, -4)],
  ['two roots', document(msh) + document(msh).slice(22)],
  ['a character XML forbids', document(`${msh}<NTE><NTE.3>\x01</NTE.3></NTE>`)],
  ['elements without end', `<?xml version="1.0"?>${'<a>'.repeat(3_000_000)}`],
  [
    'more positions than text',
    document(`${msh}<PID>${'<PID.3><CX.255>1</CX.255></PID.3>'.repeat(5_000)}</PID>`),
  ],
  ['nothing', '<'],
])('%s is not a message', (_, text) => {
  const began = performance.now()
  expect(read(text)).toBeNull()
  expect(performance.now() - began).toBeLessThan(1_000)
})

test('a document type without declarations is accepted, and never fetched', () => {
  expect(read(`<!DOCTYPE ADT_A01 SYSTEM "hl7_v231.dtd">${document(msh).slice(22)}`)).not.toBeNull()
})

test('many repetitions and segments take linear time', () => {
  const began = performance.now()
  const message = read(
    document(
      `${msh}<PID>${'<PID.3><CX.1>1</CX.1></PID.3>'.repeat(100_000)}</PID>${'<NTE><NTE.3>a</NTE.3></NTE>'.repeat(50_000)}`,
    ),
  )
  expect(message?.segments.length).toBe(50_002)
  expect(performance.now() - began).toBeLessThan(5_000)
})

test.each([
  ['UTF-8', 'utf8', 'utf-8'],
  ['ISO-8859-1', 'latin1', 'iso-8859-1'],
  ['windows-1252', 'latin1', 'windows-1252'],
  ['UTF-16', 'utf16le', 'utf-16le'],
  ['nonsense', 'latin1', 'windows-1252'],
] as const)('the XML declaration gives the character set: %s', (name, encoding, characterSet) => {
  const text = document(`${msh}<PID><PID.5>SIOBHÁN</PID.5></PID>`).replace(
    '?>',
    ` encoding="${name}"?>`,
  )
  const message = read(Buffer.from(text, encoding)) as Hl7Message
  expect(message.characterSet).toBe(characterSet)
  expect(message.segments[1]?.fields[5]).toBe('SIOBHÁN')
  expect(readHeader(Buffer.from(text, encoding))?.controlId).toBe('A08-1')
})

test('separators come from MSH.1 and MSH.2, or are the default if those are unusable', () => {
  const own = document(msh.replace('|', '!').replace('^~\\&amp;', '*~\\%'))
  expect(read(own)).toMatchObject({ delimiters: { field: '!', component: '*', subcomponent: '%' } })
  expect((read(own) as Hl7Message).segments[0]?.fields.slice(0, 5)).toEqual([
    'MSH',
    '!',
    '*~\\%',
    'PAS',
    'X99*1.2.3',
  ])
  expect(
    (read(document(msh.replace('^~\\&amp;', 'none'))) as Hl7Message).segments[0]?.fields.slice(
      0,
      3,
    ),
  ).toEqual(['MSH', '|', '^~\\&'])
})

test('any corrupted document is either read or rejected', () => {
  const whole = document(
    `${msh}<PID><PID.3><CX.1>1</CX.1></PID.3><PID.5>A<escape V=".br"/>B</PID.5></PID>`,
  )
  const edit = fc.record({
    at: fc.nat(whole.length),
    cut: fc.nat(20),
    put: fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom('<', '</', '/>', '&', '&amp;', '<PID.999>', '<MSH>', ']]>', '<!--', '\u0000'),
    ),
  })
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const bytes = Buffer.from(
        edits.reduce(
          (text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut),
          whole,
        ),
      )
      readHeader(bytes)
      const message = readMessage(bytes, 'windows-1252')
      if (message !== null && bytes.includes('<'))
        expect(message.segments.find(({ name }) => name !== '?')?.name).toBe('MSH')
    }),
    { numRuns: 1_000 },
  )
})
