import { tryGetDataType } from '@medplum/core'
import type { FhirObject } from '../parse-json.ts'

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** Elements in the order of their definition. */
const inOrder = (value: FhirObject, type: string): [string, unknown][] => {
  const names = Object.keys(tryGetDataType(type)?.elements ?? {})
  const place = (name: string) =>
    names.findIndex(
      (known) => known === name || (known.endsWith('[x]') && name.startsWith(known.slice(0, -3))),
    )
  return Object.entries(value).toSorted(([a], [b]) => place(a) - place(b))
}

const element = (name: string, value: unknown, type: string): string => {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map((one) => element(name, one, type)).join('')
  if (typeof value !== 'object')
    return name === 'div' ? String(value) : `<${name} value="${escaped(String(value))}"/>`
  const object = value as FhirObject
  if (typeof object['resourceType'] === 'string') return `<${name}>${toXml(object)}</${name}>`
  const attributes =
    name === 'extension' || name === 'modifierExtension'
      ? ` url="${escaped(String(object['url']))}"`
      : ''
  return `<${name}${attributes}>${inner(object, type, attributes === '' ? [] : ['url'])}</${name}>`
}

const typeIn = (type: string, name: string): string => {
  const elements = tryGetDataType(type)?.elements ?? {}
  const choice = Object.keys(elements).find(
    (known) => known.endsWith('[x]') && name.startsWith(known.slice(0, -3)),
  )
  return (
    elements[name]?.type[0]?.code ??
    (choice === undefined ? 'Element' : name.slice(choice.length - 3))
  )
}

/** Extensions of primitives (`_name`) are left out: answers have none. */
const inner = (value: FhirObject, type: string, not: readonly string[]): string =>
  inOrder(value, type)
    .filter(([name]) => name !== 'resourceType' && !name.startsWith('_') && !not.includes(name))
    .map(([name, one]) => element(name, one, typeIn(type, name)))
    .join('')

/** A resource as FHIR XML. @see FHIR R4, XML representation of resources */
export const toXml = (resource: FhirObject): string => {
  const type = String(resource['resourceType'])
  return `<${type} xmlns="http://hl7.org/fhir">${inner(resource, type, [])}</${type}>`
}
