import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Hl7Message, notASegment, parse } from './message.ts'
import { unusedFields } from './unused-fields.ts'

const read = (...lines: string[]) =>
  parse(['MSH|^~\\&|A', ...lines].join('\r'), 'utf-8') as Hl7Message
const shape = (message: Hl7Message) =>
  message.segments.slice(1).map(({ name, fields }) => [name, ...fields.slice(1)].join('|'))

test.each([
  [
    'the rest of a text with the fields after it',
    ['OBX|1|TX|R||Heart normal.', 'MASS: urgent.||||||F'],
    ['OBX|1|TX|R||Heart normal.\nMASS: urgent.||||||F'],
  ],
  [
    'several lines, with the blank ones between',
    ['NTE|1||one', '', 'two', '  ', 'three|RE', 'OBX|1'],
    ['NTE|1||one\n\ntwo\n  \nthree|RE', 'OBX|1'],
  ],
  [
    'a text that starts with the break',
    ['OBX|1|TX|R||', 'text||||||F'],
    ['OBX|1|TX|R||\ntext||||||F'],
  ],
  ['a word in capitals', ['NTE|1||Opinion:', 'NAD', 'END'], ['NTE|1||Opinion:\nNAD\nEND']],
  [
    'a heading that is also the name of a segment',
    ['NTE|1||History:', 'PSH', 'Appendicectomy', 'PDA', 'ligated'],
    ['NTE|1||History:\nPSH\nAppendicectomy\nPDA\nligated'],
  ],
  ['a break after the name of a segment', ['NTE', '|1||text'], ['NTE|1||text']],
  ['XML', ['OBX|1|FT|R||<a>', '<b/>', '</a>||||||F'], ['OBX|1|FT|R||<a>\n<b/>\n</a>||||||F']],
  [
    'lower case',
    ['AL1|1|DA|X^Penicillin|SV|Rash', 'on chest'],
    ['AL1|1|DA|X^Penicillin|SV|Rash\non chest'],
  ],
  ['a number', ['OBX|1|TX|R||Size', '20260701||||||F'], ['OBX|1|TX|R||Size\n20260701||||||F']],
  ['text of a Z segment', ['ZU1|1|one', 'two|3'], ['ZU1|1|one\ntwo|3']],
  ['a name', ['PID|1||7||SMITH', '^JOHN||19700101'], ['PID|1||7||SMITH\n^JOHN||19700101']],
])('rejoined with the field before it: %s', (_, lines, segments) => {
  for (const end of ['\r', '\n', '\r\n']) {
    const message = parse(['MSH|^~\\&|A', ...lines].join(end), 'utf-8') as Hl7Message
    expect(shape(message)).toEqual(segments)
    expect(message.continuedFields).toBeGreaterThan(0)
  }
})

test.each([
  [
    'a value that looks like text',
    ['NTE|1||one', 'OBX|1|NM|K||4'],
    ['NTE|1||one', 'OBX|1|NM|K||4'],
  ],
  ['Z segments', ['NTE|1||one', 'ZPI|1|x', 'Z01|2'], ['NTE|1||one', 'ZPI|1|x', 'Z01|2']],
  ['a segment no standard has', ['NTE|1||one', 'QQ1|2'], ['NTE|1||one', 'QQ1|2']],
  ['empty segments', ['PV1|1|I', 'PV2', 'ZU1', 'OBX|1'], ['PV1|1|I', 'PV2', 'ZU1', 'OBX|1']],
  ['blank lines between', ['PV1|1|I', '', ' ', 'OBX|1'], ['PV1|1|I', 'OBX|1']],
])('a segment is never part of a text: %s', (_, lines, segments) => {
  const message = read(...lines)
  expect(shape(message)).toEqual(segments)
  expect(message.continuedFields).toBe(0)
})

test.each([
  ['a status', ['OBX|1|NM|K||4||||||F', 'junk|5']],
  ['an empty field after the value', ['OBX|1|NM|K||4||||||F|||', 'junk|5']],
  ['a time', ['PV1|1|I|20260701091500', 'junk|5']],
  ['a time with an offset', ['PV1|1|I|20260701091500.1+0100', 'junk|5']],
  ['a set id', ['OBX|1', 'junk|5']],
  ['a segment named in lower case', ['NTE|1||one', 'obx|1|NM|K||4']],
])('a line after what no text can follow stays a line of its own: %s', (_, lines) => {
  const message = read(...lines)
  expect(shape(message)).toEqual([lines[0], `?|${lines[1]}`])
  expect(unusedFields(message)).toContain('?')
})

test('a line after MSH is listed, with those after it', () => {
  const message = read('junk', 'NAD', 'more|1', 'PID|1')
  expect(shape(message)).toEqual(['?|junk\nNAD\nmore|1', 'PID|1'])
  expect(unusedFields(message)).toEqual(['?'])
})

const names = ['PID', 'OBX', 'NTE', 'ZU1', 'ADD', 'QQ1']
const line = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(...names),
      fc.array(fc.string({ maxLength: 6 }), { minLength: 1, maxLength: 8 }),
    )
    .map(([name, fields]) => [name, ...fields].join('|').replaceAll(/[\r\n]/g, ' ')),
  fc.constantFrom(
    '',
    ' ',
    'junk',
    'obx|1|x',
    'NAD',
    'PSH',
    '<xml/>',
    'a|b|c',
    '|',
    'F',
    '20260701',
  ),
)

test('no byte is lost, and every segment stays one', () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 12 }),
      fc.constantFrom('\r', '\n', '\r\n'),
      (lines, end) => {
        const { segments } = parse(['MSH|^~\\&|A', ...lines].join(end), 'utf-8') as Hl7Message
        const there = segments
          .slice(1)
          .map(
            ({ name, fields }) =>
              (name === notASegment ? '' : `${name}`) + fields.slice(1).join(''),
          )
          .join('')
        const bare = (text: string) => text.replaceAll(/[\s|]/g, '')
        const sent = lines.filter((one, at) => !one.startsWith('ADD|') || at === 0)
        const kept = bare(there)
        for (const one of sent) expect(kept).toContain(bare(one))
        for (const one of lines.filter((each) => each.startsWith('ADD|')))
          expect(kept).toContain(bare(one.slice(4)))
        for (const name of names.filter((each) => each !== 'ADD'))
          expect(segments.filter((segment) => segment.name === name)).toHaveLength(
            lines.filter((one) => one.startsWith(`${name}|`)).length,
          )
      },
    ),
    { numRuns: 1_000 },
  )
})

test.each(['EVN\r|0', 'EVN\x0b|0', 'EVN |0', 'EVN\t|0'])(
  'white space after the name of a segment is not part of the name: %j',
  (evn) => {
    const message = read(evn, 'PID||1')
    expect(message.segments.map(({ name }) => name)).toEqual(['MSH', 'EVN', 'PID'])
    expect(unusedFields(message)).toContain('PID-2')
  },
)
