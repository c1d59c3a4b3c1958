import { expect, test } from 'vitest'
import { readAnswers } from './answer.ts'
import { peek } from './peek.ts'

const head =
  '<MSH><MSH.1>|</MSH.1><MSH.2>^~\\&amp;</MSH.2><MSH.4><HD.1>X99</HD.1></MSH.4><MSH.9><MSG.1>ADT</MSG.1><MSG.2>A01</MSG.2></MSH.9><MSH.10>77</MSH.10><MSH.15>NE</MSH.15><MSH.16>NE</MSH.16></MSH>'

test('control ids of a message in XML and of its acknowledgement are read', () => {
  expect(peek(Buffer.from(`<ADT_A01>${head}</ADT_A01>`))).toEqual({
    type: 'ADT^A01',
    controlId: '77',
    source: 'X99',
    silent: true,
    timed: false,
  })
  expect(
    peek(
      Buffer.from(
        `<A>${head.replace('<MSH.9>', '<MSH.7><TS.1>20260701</TS.1></MSH.7><MSH.9>')}</A>`,
      ),
    )?.timed,
  ).toBe(true)
  const refusal =
    '<MSA><MSA.1>AR</MSA.1><MSA.2>77</MSA.2></MSA><ERR><ERR.2><ERL.1>MSH</ERL.1><ERL.2>1</ERL.2><ERL.3>4</ERL.3></ERR.2><ERR.3><CWE.1>204</CWE.1></ERR.3></ERR>'
  expect(readAnswers(Buffer.from(`<ACK>${head}${refusal}</ACK>`))).toEqual([
    { code: 'AR', controlId: '77', error: '204', place: 'MSH^1^4' },
  ])
})

test('XML that is not a message has no control id and no answer', () => {
  expect([peek(Buffer.from('<a>')), readAnswers(Buffer.from('<a>'))]).toEqual([null, []])
})

test.each([
  ['20260701091500', true],
  ['20260701^D', true],
  ['', false],
  ['invalid', false],
])('MSH-7 "%s" is a time: %s', (msh7, timed) => {
  expect(peek(Buffer.from(`MSH|^~\\&|A|B|C|D|${msh7}||ADT^A01|7|P|2.4\r`))?.timed).toBe(timed)
})
