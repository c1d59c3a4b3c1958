import { expect, test } from 'vitest'
import { type Hl7Message, parse, type Segment } from '../lexer/message.ts'
import { unusedFields } from '../lexer/unused-fields.ts'
import { readYesNo } from './yes-no.ts'

const read = (sent: string) => {
  const message = parse(`MSH|^~\\&\rZZZ|${sent}`, 'utf-8') as Hl7Message
  return [readYesNo(message.segments[1] as Segment, 1), unusedFields(message)]
}

test.each([
  ['Y', true],
  ['y', true],
  ['Yes', true],
  ['TRUE', true],
  ['N', false],
  ['NO', false],
  ['false', false],
])('%s is %s', (sent, answer) => expect(read(sent)).toEqual([answer, []]))

test.each(['1', '0', 'U', 'MAYBE', 'constructor'])('%s is no answer, and listed', (sent) =>
  expect(read(sent)).toEqual([null, ['ZZZ-1']]),
)
