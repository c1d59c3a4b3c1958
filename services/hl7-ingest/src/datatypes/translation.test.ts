import type { SenderConventions } from '@tideway/hl7v2/lexer/sender-conventions'
import { expect, test } from 'vitest'
import { type Hl7Message, parse, type Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from './ce.ts'

const potassium = { system: 'http://loinc.org', code: '2823-3', display: 'Potassium' }
const conventions: SenderConventions = {
  timeZone: 'Europe/London',
  translations: { 'OBX-3': { K: potassium } },
}
const read = (sent: string, field = 3) => {
  const message = parse(
    `MSH|^~\\&\rOBX|||${'|'.repeat(field - 3)}${sent}`,
    'utf-8',
    conventions,
  ) as Hl7Message
  return {
    coded: readCoded(message.segments[1] as Segment, field),
    untranslated: message.untranslated,
  }
}

test("a local code is translated by the source's table, and kept as sent", () => {
  const { coded, untranslated } = read('K^Potassium^L')
  expect(coded).toMatchObject({ code: 'K', text: 'Potassium', system: 'L', translation: potassium })
  expect(untranslated).toEqual([])
})

test('a local code in no table is listed, never guessed', () => {
  const { coded, untranslated } = read('NA^Sodium^L')
  expect(coded?.translation).toBeNull()
  expect(untranslated).toEqual([{ field: 'OBX-3', code: 'NA', text: 'Sodium', system: 'L' }])
})

test.each([
  ['a standard code', '2823-3^Potassium^LN', 3],
  ['a standard alternate', 'NA^Sodium^L^2951-2^Sodium^LN', 3],
  ['a property name of Object', 'toString^x^LN', 3],
  ['text alone', '^Potassium', 3],
  ['a field with codes local to the sender', 'LAB1', 15],
])('%s is not listed', (_, sent, field) =>
  expect(read(sent, field)).toMatchObject({ coded: { translation: null }, untranslated: [] }),
)
