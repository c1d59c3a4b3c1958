import { expect, test } from 'vitest'
import { locate } from './locate.ts'
import { messageLocator } from './message-locator.ts'

const text = `\uFEFF<?xml version="1.0" encoding="UTF-8"?>
<!-- OBX before all -->
<v2:ORU_R01 xmlns:v2="urn:hl7-org:v2xml">
  <v2:MSH><v2:MSH.1>|</v2:MSH.1><v2:MSH.2>^~\\&amp;</v2:MSH.2></v2:MSH>
  <v2:ORU_R01.PATIENT>
    <v2:PID>
      <v2:PID.3><v2:CX.1>A1</v2:CX.1><v2:CX.4><v2:HD.1>X99</v2:HD.1></v2:CX.4></v2:PID.3>
      <v2:PID.3><v2:CX.1>A2</v2:CX.1><v2:CX.4><v2:HD.1>X99</v2:HD.1></v2:CX.4></v2:PID.3>
    </v2:PID>
  </v2:ORU_R01.PATIENT>
  <v2:OBX><v2:OBX.2>ST</v2:OBX.2><v2:OBX.5>
    5 &lt; 6.8
  </v2:OBX.5><v2:OBX.6/></v2:OBX>
  <v2:OBX><v2:OBX.5><v2:FT.1>one<v2:escape V=".br"/><![CDATA[two & three]]></v2:FT.1></v2:OBX.5></v2:OBX>
  <v2:OBX xmlns:o="urn:other"><o:OBX.5>6.8</o:OBX.5></v2:OBX>
</v2:ORU_R01>`
const locator = messageLocator(text)
const found = (place: string, record: string, said: object, ...path: (string | number)[]) =>
  locator === null
    ? null
    : (locate(locator, place, record, said, path)?.pieces.map((piece) => [
        piece.place,
        text.slice(piece.start, piece.end),
      ]) ?? null)

test('a value is the text between the tags, as sent', () => {
  expect(found('OBX[1]', 'Observation', { value: '5 < 6.8' }, 'value')).toEqual([
    ['OBX[1]-5', '5 &lt; 6.8'],
  ])
  expect(found('OBX[2]', 'Observation', { value: 'one\ntwo & three' }, 'value')).toEqual([
    ['OBX[2]-5.1', 'one<v2:escape V=".br"/><![CDATA[two & three]]>'],
  ])
})

test('fields with the same number are repetitions; a missing component still counts', () => {
  const identifiers = [
    { value: 'A1', authority: 'X99' },
    { value: 'A2', authority: 'X99' },
  ]
  expect(
    found('PID[1]', 'PatientDetailsReported', { identifiers }, 'identifiers', 1, 'authority'),
  ).toEqual([['PID[1]-3[2].4.1', 'X99']])
  expect(
    found('PID[1]', 'PatientDetailsReported', { identifiers }, 'identifiers', 0, 'value'),
  ).toEqual([['PID[1]-3[1].1', 'A1']])
})

test('an element of another namespace is not a field', () =>
  expect(found('OBX[3]', 'Observation', { value: '6.8' }, 'value')).toBeNull())

test('around a piece is its segment, as sent', () => {
  const [piece] =
    (locator === null
      ? null
      : locate(locator, 'OBX[1]', 'Observation', { value: '5 < 6.8' }, ['value'])
    )?.pieces ?? []
  const segment = piece === undefined ? undefined : locator?.around(piece)
  expect(segment?.place).toBe('OBX[1]')
  expect(segment?.text).toMatch(/^<v2:OBX><v2:OBX\.2>.*<\/v2:OBX>$/s)
  expect(text.slice(segment?.start, segment?.end)).toBe(segment?.text)
})

test.each([
  '<',
  '<a/>',
  '<!DOCTYPE a [<!ENTITY b "c">]><ORU_R01><MSH/></ORU_R01>',
  '<Bundle xmlns="urn:hl7-org:v3"><MSH/></Bundle>',
  '<ORU_R01><PID/><MSH/></ORU_R01>',
  '<ORU_R01><MSH></ORU_R01>',
  '<a>'.repeat(100),
])('%s is not a message in XML', (other) => expect(messageLocator(other)).toBeNull())
