import { type Node as JsonNode, parseTree } from 'jsonc-parser'
import { type Node, noChildren } from './node.ts'

/** An element of a resource. Items of a list are elements with the same name, as in XML. */
export type ElementNode = Omit<Node, 'children'> & {
  readonly name: string
  readonly children: () => readonly ElementNode[]
  /** The element as written, with its name; null if that is the piece itself. */
  readonly whole: Pick<Node, 'start' | 'end' | 'text'> | null
}

const textOf = (
  text: string,
  { type, offset, length, value }: JsonNode,
): Pick<Node, 'start' | 'end' | 'text'> =>
  type === 'string'
    ? { start: offset + 1, end: offset + length - 1, text: String(value) }
    : { start: offset, end: offset + length, text: text.slice(offset, offset + length) }

/** A property as written, from its name to the end of its value. */
const propertyOf = (
  text: string,
  key: JsonNode,
  { offset, length }: JsonNode,
): ElementNode['whole'] => {
  const end = offset + length
  return { start: key.offset, end, text: text.slice(key.offset, end) }
}

const elementOf = (
  text: string,
  name: string,
  place: string,
  node: JsonNode,
  whole: ElementNode['whole'] = null,
): ElementNode => ({
  name,
  place,
  ...textOf(text, node),
  whole,
  children:
    node.type === 'object'
      ? () =>
          (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
            key === undefined ? [] : elementsOf(text, key, `${place}.${key.value}`, value),
          )
      : (noChildren as () => readonly ElementNode[]),
})

const elementsOf = (
  text: string,
  key: JsonNode,
  place: string,
  node: JsonNode | undefined,
): ElementNode[] => {
  if (node === undefined) return []
  const name = String(key.value)
  return node.type === 'array'
    ? (node.children ?? []).map((item, index) => elementOf(text, name, `${place}[${index}]`, item))
    : [elementOf(text, name, place, node, propertyOf(text, key, node))]
}

/**
 * A FHIR resource in JSON with the positions of its elements; the text of a string is its value
 * without quotation marks and escapes.
 *
 * @returns null if the text is not a resource
 */
export const resourceIn = (text: string): ElementNode | null => {
  const start = text.startsWith('\uFEFF') ? 1 : 0
  const root = parseTree(start === 0 ? text : ` ${text.slice(1)}`)
  const type = root?.children?.find(({ children: [key] = [] }) => key?.value === 'resourceType')
    ?.children?.[1]?.value
  return root === undefined || typeof type !== 'string' ? null : elementOf(text, type, type, root)
}
