import { readFileSync } from 'node:fs'
import type { RequestReported } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import mdm from '../mappings/mdm-t01.ts'
import { type Hl7Message, parse } from '../parse.ts'

const source = JSON.parse(readFileSync(new URL('../../samples/x99/source.json', import.meta.url), 'utf8')) as Source
const told = (...segments: string[]) =>
  mdm
    .toEvents(parse(['MSH|^~\\&|||||||MDM^T02', 'PID|||1^^^X99^MR', ...segments].join('\r'), 'utf-8') as Hl7Message, { source, production: false, fixes: [], times: new Map() })
    .slice(1)
    .map(({ body }) => body)

const document = ['TXA|1|OP||||||||||D1', 'OBX|1|TX|A^Text||Dear||||||F']

test('each order before the document is told, and the content of the document is no answer to it', () => {
  const [first, second, ...rest] = told('ORC|SC|P1', 'OBR|1|P1||ECHO', 'NTE|1||of the echo', 'ORC|SC|P2', 'OBR|2|P2||3D', ...document) as RequestReported[]
  expect([first?.requestId, first?.notes, second?.requestId, second?.answers]).toEqual(['P1', ['of the echo'], 'P2', []])
  expect(rest.map(({ type }) => type)).toEqual(['DocumentReported'])
})

test.each([[['ORC|SC']], [['ORC|SC', 'OBR|1']], [['ORC|SC|""', 'OBR|1|^X99']]])('%j, an order that nothing tells from others, keeps no document back', (order) => {
  expect(told(...order, ...document).map(({ type }) => type)).toEqual(['DocumentReported'])
})

test('of a document that is another patient’s, the order is not told either', () => {
  expect(told('ORC|SC|P1', 'OBR|1|P1||ECHO', 'TXA|1|OP||||||||||D1', 'OBX|1|TX|A^Text||Dear||||||W').map(({ type }) => type)).toEqual(['DocumentReported'])
})
