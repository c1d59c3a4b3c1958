import type { SegmentNode } from './hl7-text.ts'
import { type Node, noChildren } from './node.ts'
import { type XmlElement, xmlElementIn } from './xml-elements.ts'

const namespaces: ReadonlySet<string> = new Set(['', 'urn:hl7-org:v2xml'])
const isElement = (child: string | XmlElement): child is XmlElement => typeof child !== 'string'
/** The number in an element name: 4 for `CX.4`. */
const numberOf = (name: string): number | null =>
  Number(/^.+\.([1-9]\d{0,2})$/.exec(name)?.[1] ?? 0) || null
/** Text of an element; `<escape V=".br"/>` as in ER7. */
const textIn = ({ content }: XmlElement): string =>
  content
    .map((child) =>
      typeof child === 'string'
        ? child
        : child.name === 'escape'
          ? `\\${child.attributes.get('V') ?? ''}\\`
          : textIn(child),
    )
    .join('')

/**
 * Position of the text between the tags, without leading and trailing white space that has a line
 * end.
 */
const spanOf = (
  document: string,
  { innerStart, innerEnd }: XmlElement,
): Pick<Node, 'start' | 'end'> => {
  const raw = document.slice(innerStart, innerEnd)
  const start = /^\s*[\r\n]\s*/.exec(raw)?.[0].length ?? 0
  return {
    start: innerStart + start,
    end: innerEnd - (start === raw.length ? 0 : (/\s*[\r\n]\s*$/.exec(raw)?.[0].length ?? 0)),
  }
}
/** A missing part, so that the next one has its number. */
const nothing = (place: string, at: number): Node => ({
  place,
  start: at,
  end: at,
  text: '',
  children: noChildren,
})
const separators = ['^', '&'] as const

/** @param level  0 for a field, 1 for a component, 2 for a subcomponent, which has no parts */
const partOf = (document: string, place: string, element: XmlElement, level: number): Node => {
  const span = spanOf(document, element)
  const numbered =
    level > 1
      ? []
      : element.content.filter(isElement).map((child) => ({
          number: child.namespace === element.namespace ? numberOf(child.name) : null,
          child,
        }))
  const parts = new Map(
    numbered
      .flatMap(({ number, child }) => (number === null ? [] : [[number, child] as const]))
      .toReversed(),
  )
  if (parts.size === 0)
    return { place, ...span, text: textIn(element).trim(), children: noChildren }
  const children = Array.from({ length: Math.max(...parts.keys()) }, (_, index) => {
    const part = parts.get(index + 1)
    const its = `${place}.${index + 1}`
    return part === undefined ? nothing(its, span.start) : partOf(document, its, part, level + 1)
  })
  return {
    place,
    ...span,
    text: children.map(({ text }) => text).join(separators[level]),
    children: () => children,
  }
}

const fieldOf = (document: string, place: string, repetitions: readonly XmlElement[]): Node => {
  const [first] = repetitions
  if (repetitions.length < 2 && first !== undefined) return partOf(document, place, first, 0)
  const parts = repetitions.map((one, index) => partOf(document, `${place}[${index + 1}]`, one, 0))
  return {
    place,
    start: parts[0]?.start ?? 0,
    end: parts.at(-1)?.end ?? 0,
    text: parts.map(({ text }) => text).join('~'),
    children: () => parts,
  }
}

const segmentOf = (document: string, element: XmlElement, nth: number): SegmentNode => {
  const { name, start, end, innerStart, content } = element
  const place = `${name}[${nth}]`
  let fields: readonly Node[] | null = null
  const read = () => {
    const own = content
      .filter(isElement)
      .filter((child) => child.namespace === element.namespace && child.name.startsWith(`${name}.`))
    const byNumber = Map.groupBy(own, (child) => numberOf(child.name) ?? 0)
    return Array.from({ length: Math.max(0, ...byNumber.keys()) }, (_, index) => {
      const repetitions = byNumber.get(index + 1)
      const its = `${place}-${index + 1}`
      return repetitions === undefined
        ? nothing(its, innerStart)
        : fieldOf(document, its, repetitions)
    })
  }
  const cached = () => {
    fields ??= read()
    return fields
  }
  return {
    name,
    nth,
    place,
    start,
    end,
    text: document.slice(start, end),
    fields: cached,
    children: cached,
  }
}

/** Segments of a message or group, in order; an element that holds segments is a group. */
const segmentsOf = (element: XmlElement, namespace: string): XmlElement[] =>
  element.content.filter(isElement).flatMap((child) => {
    if (child.namespace !== namespace) return []
    return /^[A-Z][A-Z0-9]{2}$/.test(child.name) ? [child] : segmentsOf(child, namespace)
  })

/**
 * The segments of a message in the XML encoding, with the positions of their elements; the text of
 * a field or component is what is between its tags.
 *
 * @returns null if the text is not such a message
 * @see HL7 Version 2: XML Encoding Syntax, release 2
 */
export const xmlSegmentsIn = (text: string): SegmentNode[] | null => {
  if (!/^[\s\uFEFF]*</.test(text)) return null
  const root = xmlElementIn(text, { allowExternalDtd: true })
  if (root === null || !namespaces.has(root.namespace)) return null
  const elements = segmentsOf(root, root.namespace)
  if (elements[0]?.name !== 'MSH') return null
  const counts = new Map<string, number>()
  return elements.map((element) => {
    const nth = (counts.get(element.name) ?? 0) + 1
    counts.set(element.name, nth)
    return segmentOf(text, element, nth)
  })
}
