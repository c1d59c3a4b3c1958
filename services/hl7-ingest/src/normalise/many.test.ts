import { readFileSync } from 'node:fs'
import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { loadMappings } from './load-mappings.ts'
import { normalise } from './normalise.ts'

const source = JSON.parse(
  readFileSync(new URL('../../samples/x99/source.json', import.meta.url), 'utf8'),
) as Source
const mappings = await loadMappings()
const many = 20_000
const times = (of: (n: number) => string): string =>
  Array.from({ length: many }, (_, n) => of(n)).join('')
const head = (type: string) =>
  `MSH|^~\\&|PAS|X99|T|S|20260701091500||${type}|1|P|2.5.1\rPID|1||1002003^^^X99^MR||ONEILL^SIOBHAN||20190412|F\r`

test.each([
  [
    'doses of one number',
    `${head('VXU^V04')}${times((n) => `ORC|RE||V1\rRXA|0|1|20200101||CVX${n}\r`)}`,
    many + 1,
  ],
  [
    'doses of many',
    `${head('VXU^V04')}${times((n) => `ORC|RE||V${n}\rRXA|0|1|20200101||CVX\r`)}`,
    many + 1,
  ],
  [
    'attachments of one report',
    `${head('ORU^R01')}OBR|1||F1|UE\r${times((n) => `OBX|${n}|ED|C${n}||^^^Base64^${Buffer.from(`${n}`).toString('base64')}||||||F\r`)}`,
    many + 2,
  ],
])('very many %s take linear, not quadratic, time', (_, content, events) => {
  const started = performance.now()
  expect(
    normalise({ source, bytes: Buffer.from(content), receivedAt: 1 }, mappings, {
      production: false,
    }).events,
  ).toHaveLength(events)
  expect(performance.now() - started).toBeLessThan(5_000)
})
