import { hash } from 'node:crypto'
import type { ResourceKnown } from '@tideway/schemas/events.generated'
import { typeInName } from './names.ts'

/** What is known of a resource, as stored under each of its names. */
type Value = [
  saidAt: number,
  patientKey: string | null,
  event: string | null,
  key: string | null,
  more?: Pick<ResourceKnown, 'parts' | 'json' | 'base'>,
]

const listed = ({ saidAt, patientKey, event, key, parts, json, base }: ResourceKnown): Value =>
  parts.length === 0 && json === null && base === null
    ? [saidAt, patientKey, event, key]
    : [saidAt, patientKey, event, key, { parts, json, base }]

const nothingMore = { parts: [], json: null, base: null }

/** 128 bits: among ten million names two are alike with a probability below 10^-24. */
export const idOfName = (client: string, name: string): string =>
  hash('sha256', `${client} ${name}`, 'base64').slice(0, 22)

/** What is stored of a resource; `namedValues` reads when it was said. */
export const storedValue = (resource: ResourceKnown): string => JSON.stringify(listed(resource))

/** The resource as it is known by a name. */
export const readValue = (name: string, value: string): ResourceKnown => {
  const [saidAt, patientKey, event, key, more = nothingMore] = JSON.parse(value) as Value
  return {
    names: [name],
    type: typeInName(name),
    patientKey,
    event,
    key,
    ...more,
    isUpdate: false,
    from: null,
    messageId: '',
    saidAt,
  }
}
