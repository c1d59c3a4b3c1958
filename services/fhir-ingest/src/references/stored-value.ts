import { hash } from 'node:crypto'
import type { ResourceKnown } from '@tideway/schemas/events.generated'
import { typeInName } from './names.ts'

/** What is known of a resource, as stored under each of its names. */
type Value = [
  saidAt: number,
  patientKey: string | null,
  event: string | null,
  key: string | null,
  parts?: (readonly [key: string, code: string | null, text: string | null])[],
  json?: string | null,
  base?: string | null,
]

const listed = ({ saidAt, patientKey, event, key, parts, json, base }: ResourceKnown): Value => {
  const value: Value = [saidAt, patientKey, event, key]
  if (parts.length > 0 || json !== null || base !== null)
    value.push(parts.map(({ key: part, code, text }) => [part, code, text] as const))
  if (json !== null || base !== null) value.push(json, base)
  return value
}

/** 128 bits: among ten million names two are alike with a probability below 10^-24. */
export const idOfName = (client: string, name: string): string =>
  hash('sha256', JSON.stringify([client, name]), 'base64').slice(0, 22)

/** What is stored of a resource. */
export const storedValue = (resource: ResourceKnown): string => JSON.stringify(listed(resource))

/** The resource as it is known by a name. */
export const readValue = (name: string, value: string): ResourceKnown => {
  const [saidAt, patientKey, event, key, parts = [], json = null, base = null] = JSON.parse(
    value,
  ) as Value
  return {
    names: [name],
    type: typeInName(name),
    patientKey,
    event,
    key,
    parts: parts.map(([part, code, text]) => ({ key: part, code, text })),
    json,
    base,
    isUpdate: false,
    from: null,
    messageId: '',
    saidAt,
  }
}
