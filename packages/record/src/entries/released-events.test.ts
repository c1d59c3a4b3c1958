import {
  compactEntry,
  compactHead,
  expandEntry,
  expandHead,
} from '@tideway/schemas/documents/storage-format'
import { envelopeType, unwrapEvent } from '@tideway/schemas/codec'
import { bodiesOf, everythingSaid, releasedTypes } from '@tideway/schemas/released.fixture'
import { expect, test } from 'vitest'
import { evolveHead, newHead } from '../demographics/head.ts'
import { entryIdIn, evolveEntry } from './entry.ts'

const reader = envelopeType('PatientEventV1')
const cases = releasedTypes('patient-events.v1').flatMap(({ version, type }) =>
  bodiesOf(type).map((body) => ({ version, body: body.replace('tideway.events.', ''), type })),
)
/** Each body as the first release and the newest that have it wrote it. */
const bodies = [...Map.groupBy(cases, ({ body }) => body).values()]
const oldestAndNewest = bodies.flatMap((of) => (of.length === 1 ? of : [of[0], of.at(-1)]))

test.each(oldestAndNewest.filter((one) => one !== undefined))(
  'release $version: $body is applied and stored',
  ({ type, body }) => {
    const bytes = type.toBuffer(everythingSaid(type, `tideway.events.${body}`))
    const read = unwrapEvent(reader.fromBuffer(bytes, reader.createResolver(type)))
    const event = { ...read, id: `${read.messageId}.0` }
    expect(`${event.body.type}V`).toBe(body.replace(/\d+$/, ''))
    const head = evolveHead(newHead(event.patientKey), event)
    expect(expandHead(compactHead(head))).toEqual(head)
    const entry = evolveEntry(null, event)
    expect(entry === null).toBe(entryIdIn(event) === null)
    if (entry === null) return
    expect(expandEntry(compactEntry(entry))).toEqual(entry)
    expect(evolveEntry(entry, event)).toEqual({ ...entry, version: entry.version })
  },
)
