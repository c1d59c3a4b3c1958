import { expect, test } from 'vitest'
import { decimalText, parseJson } from './parse-json.ts'

const writtens = [
  '5.10',
  '5.0',
  '1e3',
  '1.5E+2',
  '-0',
  '0.0000001',
  '0.12345678901234567',
  '12345678901234567',
  '5.1',
  '7',
]
test.each(
  writtens.flatMap((written) =>
    [
      `{"a":{"value":${written}}}`,
      `{ "a" : { "value" : ${written} , "unit": ", 1.0," } }`,
      `{"b":[7,${written}, ${written} ],"a":{"value":\n${written}\n}}`,
    ].map((text) => [written, text] as const),
  ),
)('%s stays as written in %j', (written, text) => {
  const { resource, decimals } = parseJson(Buffer.from(text))
  const holder = resource['a'] as { value: number }
  expect(decimalText(decimals, holder, 'value', holder.value)).toBe(written)
})

test.each([
  ['half', '{"resourceType":'],
  ['no object', '[]'],
  ['null', 'null'],
  ['empty', ''],
  ['not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
])('%s is refused as NOT_JSON', (_, body) => {
  expect(() => parseJson(Buffer.from(body))).toThrow('NOT_JSON at body')
})

test('control characters are left out of strings, and nothing else is', () => {
  const sent = '{"a":"one\\u0000 two\\u001b\\b\\n\\u00e9","b":"C:\\\\bin","c":5.10}'
  expect(parseJson(Buffer.from(sent)).resource).toEqual({
    a: 'one two\n\u00e9',
    b: 'C:\\bin',
    c: 5.1,
  })
})
