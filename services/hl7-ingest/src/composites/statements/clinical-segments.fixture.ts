import { readFileSync } from 'node:fs'
import type { Source } from '@tideway/schemas/source'
import { loadMappings } from '../../normalise/load-mappings.ts'
import { normalise } from '../../normalise/normalise.ts'

export const x99 = JSON.parse(
  readFileSync(new URL('../../../samples/x99/source.json', import.meta.url), 'utf8'),
) as Source
export const mappings = await loadMappings()
export const read = (...segments: string[]) => {
  const message = [
    'MSH|^~\\&|PAS|X99|T|S|20260701091500||ADT^A08|1|P|2.5.1',
    'PID|1||1002003^^^X99^MR',
    ...segments,
  ].join('\r')
  return normalise({ source: x99, bytes: Buffer.from(message), receivedAt: 1 }, mappings, {
    production: false,
  })
}
export const eventNames = (...segments: string[]) =>
  read(...segments).events.map(({ place, body }) => `${body.type} ${place}`)
