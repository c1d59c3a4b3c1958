import { expect, test } from 'vitest'
import { type Hl7Message, parse } from './message.ts'
import { unusedFields } from './unused-fields.ts'

const read = (...lines: string[]) =>
  parse(['MSH|^~\\&|A', ...lines].join('\r'), 'utf-8') as Hl7Message
const shape = (message: Hl7Message) =>
  message.segments.slice(1).map(({ name, fields }) => [name, ...fields.slice(1)].join('|'))

test.each([
  [
    'the rest of a field and the fields after it, without a line break',
    ['OBX|1|TX|R||There is, ', 'ADD|however, a nodule.||||||F'],
    ['OBX|1|TX|R||There is, however, a nodule.||||||F'],
  ],
  [
    'several',
    ['OBX|1|TX|R||a', 'ADD|b', 'ADD|c||||||F', 'NTE|1||d', 'ADD|e'],
    ['OBX|1|TX|R||abc||||||F', 'NTE|1||de'],
  ],
  ['a number in two parts', ['OBX|1|NM|K||13', 'ADD|9|mmol/L'], ['OBX|1|NM|K||139|mmol/L']],
  ['a local segment', ['ZU1|a', 'ADD|b|c'], ['ZU1|ab|c']],
  ['an ADD broken by a line end', ['NTE|1||a ', 'ADD|b', 'c'], ['NTE|1||a b\nc']],
  ['nothing', ['NTE|1||a', 'ADD|'], ['NTE|1||a']],
])('ADD continues the field before it: %s', (_, lines, segments) => {
  const message = read(...lines)
  expect(shape(message)).toEqual(segments)
  expect(message.continuedFields).toBeGreaterThan(0)
})

test('ADD right after MSH continues a message that is not here, and is listed', () => {
  expect(unusedFields(read('ADD|rest', 'DSC|1'))).toEqual(['ADD-1', 'DSC-1'])
})
