import { readFileSync } from 'node:fs'
import type { MedicationGiven, RequestReported } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import { type Hl7Message, parse } from '@tideway/hl7v2/lexer/message'
import { readOrderMessage } from './orders.ts'

export const source = JSON.parse(
  readFileSync(new URL('../../../samples/x99/source.json', import.meta.url), 'utf8'),
) as Source
export const bodies = (
  about: 'requests' | 'medicines' | 'either',
  segments: string[],
  { pid = '1^^^X99^MR', first = false, ods = 'X99' } = {},
) =>
  readOrderMessage(
    parse(['MSH|^~\\&', `PID|||${pid}`, ...segments].join('\r'), 'utf-8') as Hl7Message,
    { source: { ...source, ods }, messageId: 'm1', production: false, fixes: [], times: new Map() },
    about,
    first,
  )
    .slice(1)
    .map(({ body }) => body)
export const requests = (...segments: string[]) => bodies('requests', segments) as RequestReported[]
export const given = (...segments: string[]) =>
  bodies('medicines', segments).filter(
    ({ type }) => type === 'MedicationGiven',
  ) as MedicationGiven[]
