import { type InternalSchemaElement, tryGetDataType } from '@medplum/core'
import { SaxesParser } from 'saxes'
import { elementOf, isPrimitive, isResourceType, type KnownElement } from '../definitions.ts'
import { r4Error } from '../fault.ts'
import type { Decimals, FhirObject, Parsed } from '../parse-json.ts'

const namespace = 'http://hl7.org/fhir'
const xhtml = 'http://www.w3.org/1999/xhtml'
const deepest = 128

type Node = {
  name: string
  attributes: Record<string, string>
  children: Node[]
  div: string | null
}
type Tag = {
  name: string
  uri: string
  local: string
  attributes: Record<string, { value: string; uri: string; local: string }>
  isSelfClosing: boolean
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const opened = ({ name, attributes }: Tag) =>
  `<${name}${Object.entries(attributes)
    .map(([key, { value }]) => ` ${key}="${escaped(value)}"`)
    .join('')}>`

/**
 * Elements as a tree. Narrative (xhtml) is kept as text. A document type declaration ends the
 * reading, so that there are no entities but the five of XML, and nothing is fetched.
 *
 * @throws FhirError NOT_XML, XML_FORBIDDEN or TOO_DEEP
 */
const treeOf = (text: string): Node => {
  const parser = new SaxesParser({ xmlns: true })
  const root: Node = { name: '', attributes: {}, children: [], div: null }
  const open: Node[] = [root]
  let narrative: { of: Node; depth: number; parts: string[] } | null = null
  parser.on('error', (cause) => {
    throw r4Error('NOT_XML', 'body', { cause })
  })
  parser.on('doctype', () => {
    throw r4Error('XML_FORBIDDEN', 'body')
  })
  parser.on('opentag', (found) => {
    const tag = found as unknown as Tag
    if (open.length > deepest || (narrative?.depth ?? 0) > deepest)
      throw r4Error('TOO_DEEP', 'body')
    if (narrative !== null) {
      narrative.depth += 1
      return void narrative.parts.push(opened(tag))
    }
    if (tag.uri === xhtml) {
      narrative = { of: open.at(-1) as Node, depth: 1, parts: [opened(tag)] }
      return
    }
    if (tag.uri !== namespace) throw r4Error('NOT_XML', 'body')
    const attributes = Object.fromEntries(
      Object.values(tag.attributes)
        .filter(({ uri }) => uri === '')
        .map(({ local, value }) => [local, value]),
    )
    const node: Node = { name: tag.local, attributes, children: [], div: null }
    open.at(-1)?.children.push(node)
    open.push(node)
  })
  parser.on('text', (words) => {
    if (narrative !== null) narrative.parts.push(escaped(words))
    else if (words.trim() !== '') throw r4Error('NOT_XML', 'body')
  })
  parser.on('closetag', ({ name }) => {
    if (narrative === null) return void open.pop()
    narrative.parts.push(`</${name}>`)
    narrative.depth -= 1
    if (narrative.depth > 0) return
    narrative.of.div = narrative.parts.join('')
    narrative = null
  })
  parser.write(text).close()
  return root.children[0] ?? root
}

const numbers = new Set(['decimal', 'integer', 'positiveInt', 'unsignedInt'])

const primitiveOf = (text: string, code: string): unknown => {
  if (code === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  if (!numbers.has(code)) return text
  return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : text
}

/**
 * Sets a primitive and its `_name` as JSON does. @see FHIR R4, JSON representation of primitive
 * elements
 */
const putPrimitive = (
  into: FhirObject,
  { element }: { element: InternalSchemaElement },
  name: string,
  value: unknown,
  extra: FhirObject | null,
): void => {
  const companion = `_${name}`
  if (element.isArray !== true) {
    if (value !== null) into[name] = Object.hasOwn(into, name) ? [into[name], value] : value
    if (extra !== null) into[companion] = extra
    return
  }
  const values = (into[name] ?? []) as unknown[]
  const extras = (into[companion] ?? values.map(() => null)) as unknown[]
  into[name] = [...values, value]
  if (extra !== null || Object.hasOwn(into, companion)) into[companion] = [...extras, extra]
}

const objectOf = (node: Node, type: string, decimals: Decimals): FhirObject => {
  const into: FhirObject = {}
  for (const name of ['id', 'url'])
    if (node.attributes[name] !== undefined) into[name] = node.attributes[name]
  if (node.div !== null) into['div'] = node.div
  for (const child of node.children) {
    const known = elementOf(type, child.name)
    if (known === null) into[child.name] = 'unknown'
    else if (isPrimitive(known.code)) readPrimitive(child, known, into, decimals)
    else readComplex(child, known, into, decimals)
  }
  return into
}

/** A repeated single element becomes a list, so that validation reports it. */
const readComplex = (
  child: Node,
  { element, code }: KnownElement,
  into: FhirObject,
  decimals: Decimals,
): void => {
  const value = code === 'Resource' ? resourceIn(child, decimals) : objectOf(child, code, decimals)
  const before = Object.hasOwn(into, child.name) ? [into[child.name]].flat() : null
  into[child.name] =
    element.isArray === true || before !== null ? [...(before ?? []), value] : value
}

const readPrimitive = (
  child: Node,
  known: KnownElement,
  into: FhirObject,
  decimals: Decimals,
): void => {
  const text = child.attributes['value']
  const value = text === undefined ? null : primitiveOf(text, known.code)
  const inner = objectOf(
    {
      ...child,
      attributes: child.attributes['id'] === undefined ? {} : { id: child.attributes['id'] },
    },
    'Element',
    decimals,
  )
  putPrimitive(into, known, child.name, value, Object.keys(inner).length === 0 ? null : inner)
  if (typeof value === 'number' && text !== String(value) && text !== undefined)
    decimals.set(into, (decimals.get(into) ?? new Map<string, string>()).set(child.name, text))
}

/** The resource inside an element such as `contained` or `resource`. */
const resourceIn = (node: Node, decimals: Decimals): FhirObject => {
  const [only] = node.children
  return only === undefined ? {} : resourceOf(only, decimals)
}

const resourceOf = (node: Node, decimals: Decimals): FhirObject =>
  isResourceType(node.name) && tryGetDataType(node.name) !== undefined
    ? { resourceType: node.name, ...objectOf(node, node.name, decimals) }
    : { resourceType: node.name }

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Parses FHIR XML to its JSON form, by the element definitions of R4. Elements that R4 does not
 * define are kept by name, so that validation reports them.
 *
 * @throws FhirError NOT_XML, XML_FORBIDDEN, TOO_DEEP or UNKNOWN_RESOURCE
 * @see FHIR R4, XML representation of resources
 */
export const parseXml = (bytes: Buffer): Parsed => {
  const decimals: Decimals = new WeakMap()
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch (cause) {
    throw r4Error('NOT_XML', 'body', { cause })
  }
  const root = treeOf(text)
  if (!isResourceType(root.name)) throw r4Error('UNKNOWN_RESOURCE', 'body')
  return { resource: resourceOf(root, decimals), decimals }
}
