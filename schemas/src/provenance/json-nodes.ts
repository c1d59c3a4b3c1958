import { type Node as JsonNode, parseTree } from 'jsonc-parser'
import { type Node, noChildren } from './node.ts'

/** An element of a resource. Items of a list are elements of one name, as in XML. */
export type ElementNode = Omit<Node, 'children'> & { readonly name: string; readonly children: () => readonly ElementNode[] }

const textOf = (text: string, { type, offset, length, value }: JsonNode): Pick<Node, 'start' | 'end' | 'text'> =>
  type === 'string' ? { start: offset + 1, end: offset + length - 1, text: String(value) } : { start: offset, end: offset + length, text: text.slice(offset, offset + length) }

const elementOf = (text: string, name: string, place: string, node: JsonNode): ElementNode => ({
  name,
  place,
  ...textOf(text, node),
  children: node.type === 'object' ? () => (node.children ?? []).flatMap(({ children: [key, value] = [] }) => elementsOf(text, String(key?.value), `${place}.${key?.value}`, value)) : (noChildren as () => readonly ElementNode[]),
})

const elementsOf = (text: string, name: string, place: string, node: JsonNode | undefined): ElementNode[] => {
  if (node === undefined) return []
  return node.type === 'array' ? (node.children ?? []).map((item, index) => elementOf(text, name, `${place}[${index}]`, item)) : [elementOf(text, name, place, node)]
}

/**
 * A resource in JSON, each element where it stands; the text of a string is what it stands for.
 *
 * @returns null if the text is no resource
 */
export const resourceIn = (text: string): ElementNode | null => {
  const start = text.startsWith('\uFEFF') ? 1 : 0
  const root = parseTree(start === 0 ? text : ` ${text.slice(1)}`)
  const type = root?.children?.find(({ children: [key] = [] }) => key?.value === 'resourceType')?.children?.[1]?.value
  return root === undefined || typeof type !== 'string' ? null : elementOf(text, type, type, root)
}
