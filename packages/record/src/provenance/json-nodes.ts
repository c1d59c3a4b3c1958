import { type Node as JsonNode, parseTree } from 'jsonc-parser'
import { type Node, noChildren } from './node.ts'

/** An element of a resource. Items of a list are elements of one name, as in XML. */
export type ElementNode = Omit<Node, 'children'> & {
  readonly name: string
  readonly children: () => readonly ElementNode[]
  /** The element as it is written, with its name; null where that is the piece itself. */
  readonly whole: Pick<Node, 'start' | 'end' | 'text'> | null
}

const textOf = (
  text: string,
  { type, offset, length, value }: JsonNode,
): Pick<Node, 'start' | 'end' | 'text'> =>
  type === 'string'
    ? { start: offset + 1, end: offset + length - 1, text: String(value) }
    : { start: offset, end: offset + length, text: text.slice(offset, offset + length) }

/** From a name to its value. */
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
 * A resource in JSON, each element where it stands; the text of a string is what it stands for.
 *
 * @returns null if the text is no resource
 */
export const resourceIn = (text: string): ElementNode | null => {
  const start = text.startsWith('\uFEFF') ? 1 : 0
  const root = parseTree(start === 0 ? text : ` ${text.slice(1)}`)
  const type = root?.children?.find(({ children: [key] = [] }) => key?.value === 'resourceType')
    ?.children?.[1]?.value
  return root === undefined || typeof type !== 'string' ? null : elementOf(text, type, type, root)
}
