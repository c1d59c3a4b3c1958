import type { ElementNode } from './json-nodes.ts'
import { noChildren } from './node.ts'
import { type XmlElement, xmlElementIn } from './xml-elements.ts'

const namespace = 'http://hl7.org/fhir'
const none = noChildren as () => readonly ElementNode[]

const isElement = (child: string | XmlElement): child is XmlElement => typeof child !== 'string'

type Span = { start: number; end: number }

/** Position of the value of an attribute, between its quotation marks. */
const attributeIn = (
  document: string,
  { start, innerStart }: XmlElement,
  name: string,
): Span | null => {
  const tag = document.slice(start, innerStart)
  for (const { 0: whole, 1: key, 2: quoted = '', index } of tag.matchAll(
    /([^\s=<>/]+)\s*=\s*("[^"]*"|'[^']*')/g,
  )) {
    const end = start + index + whole.length - 1
    if (key === name) return { start: end - (quoted.length - 2), end }
  }
  return null
}

const leaf = (
  name: string,
  place: string,
  span: Span,
  text: string,
  whole: ElementNode['whole'] = null,
): ElementNode => ({ name, place, ...span, text, children: none, whole })

/** `id` and `url` are attributes in XML and elements in JSON. */
const attributesOf = (document: string, place: string, element: XmlElement): ElementNode[] =>
  ['id', 'url'].flatMap((name) => {
    const span = attributeIn(document, element, name)
    return span === null
      ? []
      : [leaf(name, `${place}.${name}`, span, element.attributes.get(name) ?? '')]
  })

/** The resource in a `resource` or `contained` element: in JSON it is that element. */
const resourceWithin = ({ name, content }: XmlElement): XmlElement | null => {
  const [only] = content.filter(isElement)
  return (name === 'resource' || name === 'contained') &&
    only !== undefined &&
    /^[A-Z]/.test(only.name)
    ? only
    : null
}

const childrenOf = (document: string, place: string, element: XmlElement): ElementNode[] => {
  const own = element.content.filter(isElement)
  const byName = Map.groupBy(own, ({ name }) => name)
  return own.flatMap((child) => {
    const alike = byName.get(child.name) ?? []
    return nodesOf(
      document,
      `${place}.`,
      alike.length > 1 ? `[${alike.indexOf(child)}]` : '',
      child,
    )
  })
}

/** @param nth  e.g. `[1]` if there are several elements of this name, else empty */
const nodesOf = (
  document: string,
  before: string,
  nth: string,
  element: XmlElement,
): ElementNode[] => {
  const { name, start, end } = element
  const place = `${before}${name}${nth}`
  const text = document.slice(start, end)
  if (element.namespace !== namespace) return [leaf(name, place, { start, end }, text)]
  const value = attributeIn(document, element, 'value')
  if (value === null)
    return [
      resourceWithin(element) === null
        ? complexOf(document, name, place, element)
        : resourceOf(document, name, place, resourceWithin(element) as XmlElement),
    ]
  const primitive = leaf(name, place, value, element.attributes.get('value') ?? '', {
    start,
    end,
    text,
  })
  return element.content.some(isElement)
    ? [primitive, complexOf(document, `_${name}`, `${before}_${name}${nth}`, element)]
    : [primitive]
}

const complexOf = (
  document: string,
  name: string,
  place: string,
  element: XmlElement,
): ElementNode => {
  const { start, end } = element
  return {
    name,
    place,
    start,
    end,
    text: document.slice(start, end),
    children: () => [
      ...attributesOf(document, place, element),
      ...childrenOf(document, place, element),
    ],
    whole: null,
  }
}

const resourceOf = (
  document: string,
  name: string,
  place: string,
  element: XmlElement,
): ElementNode => {
  const type = { start: element.start + 1, end: element.start + 1 + element.name.length }
  const children = () => [
    leaf('resourceType', `${place}.resourceType`, type, element.name),
    ...childrenOf(document, place, element),
  ]
  return { ...complexOf(document, name, place, element), children }
}

/**
 * A FHIR resource in XML with the positions of its elements, in the shape of its JSON; the text of
 * a value is that of its attribute. An element has an index only if there are several of its name.
 *
 * @returns null if the text is not a resource
 * @see FHIR R4, XML representation of resources
 */
export const xmlResourceIn = (text: string): ElementNode | null => {
  if (!/^[\s\uFEFF]*</.test(text)) return null
  const root = xmlElementIn(text)
  return root === null || root.namespace !== namespace || !/^[A-Z]/.test(root.name)
    ? null
    : resourceOf(text, root.name, root.name, root)
}
