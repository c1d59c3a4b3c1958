import { expect, test } from 'vitest'
import { decimalText, parseJson } from './parse-json.ts'

test.each(['5.10', '5.0', '1e3', '0.12345678901234567', '12345678901234567', '5.1', '7'])('%s stays as written', (written) => {
  const { resource, decimals } = parseJson(Buffer.from(`{"a":{"value":${written}}}`))
  const holder = resource['a'] as { value: number }
  expect(decimalText(decimals, holder, 'value', holder.value)).toBe(written)
})

test.each([['half', '{"resourceType":'], ['no object', '[]'], ['null', 'null'], ['empty', ''], ['not UTF-8', Buffer.from([0x22, 0xff, 0x22])]])('%s is not JSON of ours', (_, body) => {
  expect(() => parseJson(Buffer.from(body))).toThrow('NOT_JSON at body')
})
