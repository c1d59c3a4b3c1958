import { expect, test } from 'vitest'
import { type Hl7Message, parse } from '@tideway/hl7v2/lexer/message'
import { orderGroups } from './order-groups.ts'

const message = (...segments: string[]) =>
  parse(['MSH|^~\\&', ...segments].join('\r'), 'utf-8') as Hl7Message
const many = (count: number, text: string) => Array.from({ length: count }, () => text)

test('a few specimens or participants are repeated with every order that has them', () => {
  expect(orderGroups(message(...many(20, 'SPM|1'), ...many(100, 'ORC|NW')), true)).toHaveLength(100)
  expect(orderGroups(message('ORC|NW', ...many(20, 'PRT|1'), ...many(100, 'OBR|1')))).toHaveLength(
    100,
  )
})

test('too many shared by too many orders park the message, because it would expand beyond memory', () => {
  expect(() => orderGroups(message(...many(400, 'SPM|1'), ...many(400, 'ORC|NW')), true)).toThrow(
    'INVALID_FIELD at SPM[1]',
  )
  expect(() =>
    orderGroups(message('ORC|NW', ...many(400, 'PRT|1'), ...many(400, 'OBR|1'))),
  ).toThrow('INVALID_FIELD at OBR')
  expect(() =>
    orderGroups(message(`ORC|NW||||||||||||${'1^A~'.repeat(10_000)}`, ...many(400, 'OBR|1'))),
  ).toThrow('INVALID_FIELD at OBR')
})
