import type { Node } from './node.ts'
import type { Locator } from './locate.ts'
import type { SegmentNode } from './hl7-text.ts'

/**
 * `OBX`, `OBX-5`, `OBX-5.1.2`; `Z` for every Z segment; within a data type `XPN-2`, `CE-1`, and
 * `XCN` for the piece itself; `other PID-3` for the segments of that name that are not the fact's
 * own.
 */
const placePattern = /^(other )?([A-Z][A-Z0-9]{1,2})(?:-(\d+))?(?:\.(\d+))?(?:\.(\d+))?$/
const isDataType = (name: string) => /^(?:[A-Z]{2}|X[A-Z]{2}|CWE|CNE)$/.test(name)

/** Segments that begin a group, which ends before the next of them. */
const openers = new Set(['MSH', 'PID', 'ORC'])

/** The nth component. A field that is not split is its own first component. */
const partOf = (node: Node, n: number): readonly Node[] => {
  const children = node.children()
  if (children.length === 0) return n === 1 ? [node] : []
  const numbered = children.find(({ place }) => place.endsWith(`.${n}`))
  return numbered === undefined
    ? n === 1 && !children.some(({ place }) => place.endsWith('.1'))
      ? [node]
      : []
    : [numbered]
}

const isRepetition = ({ place }: Node) => /-\d+\[\d+\]$/.test(place)
const repetitionsOf = (field: Node): readonly Node[] => {
  const children = field.children()
  return children.length > 0 && children.every(isRepetition) ? children : [field]
}

const partsOf = (
  nodes: readonly Node[],
  numbers: readonly (string | undefined)[],
): readonly Node[] =>
  numbers.reduce(
    (parts, number) =>
      number === undefined ? parts : parts.flatMap((part) => partOf(part, Number(number))),
    nodes,
  )

/**
 * Segments of a name, the likeliest for a fact of `origin` first: below it in its group, else the
 * nearest before it, else any after it.
 */
const near = (
  segments: readonly SegmentNode[],
  origin: SegmentNode,
  name: string,
): SegmentNode[] => {
  if (origin.name === name) return [origin]
  const at = segments.indexOf(origin)
  const next = segments.findIndex(
    (segment, index) =>
      index > at &&
      (segment.name === origin.name ||
        openers.has(segment.name) ||
        (origin.name === 'OBX' && segment.name === 'OBR')),
  )
  const end = next === -1 ? segments.length : next
  const named = (some: readonly SegmentNode[]) => some.filter((segment) => segment.name === name)
  return [
    ...named(segments.slice(at + 1, end)),
    ...named(segments.slice(0, at)).toReversed(),
    ...named(segments.slice(end)),
  ]
}

const segmentAround = (
  segments: readonly SegmentNode[],
  { start, end }: Node,
): SegmentNode | undefined =>
  segments.find((segment) => segment.start <= start && end <= segment.end)

/** Locates values in an HL7 v2 message, by the places of the schemas. */
export const locateInHl7 = (segments: readonly SegmentNode[]): Locator => {
  const at = (place: string) => segments.find((segment) => segment.place === place) ?? null

  const inContainer = (
    container: Node | null,
    [field, component, subcomponent]: readonly (string | undefined)[],
  ): readonly Node[] =>
    container === null ? [] : partsOf(repetitionsOf(container), [field, component, subcomponent])

  const inSegments = (
    those: readonly SegmentNode[],
    [field, ...parts]: readonly (string | undefined)[],
  ): readonly Node[] => {
    if (field === undefined) return those
    const fields = those.flatMap((segment) => segment.fields()[Number(field) - 1] ?? [])
    return parts[0] === undefined
      ? fields
      : fields.flatMap((one) => partsOf(repetitionsOf(one), parts))
  }

  const inDataType = (
    container: Node | null,
    numbers: readonly (string | undefined)[],
  ): readonly Node[] =>
    numbers[0] === undefined && container !== null ? [container] : inContainer(container, numbers)

  const segmentsNamed = (
    name: string,
    origin: SegmentNode,
    container: Node | null,
  ): readonly SegmentNode[] => {
    const around = container === null ? undefined : segmentAround(segments, container)
    return around?.name === name ? [around] : near(segments, origin, name)
  }

  const candidatesOf = (
    place: string,
    origin: SegmentNode,
    container: Node | null,
  ): readonly Node[] => {
    if (place === 'Z') return segments.filter(({ name }) => name.startsWith('Z'))
    const [, other, name, ...numbers] = placePattern.exec(place) ?? []
    if (name === undefined) return []
    if (other !== undefined)
      return inSegments(
        segments.filter((segment) => segment.name === name && segment !== origin),
        numbers,
      )
    return isDataType(name)
      ? inDataType(container, numbers)
      : inSegments(segmentsNamed(name, origin, container), numbers)
  }

  return {
    at,
    around: (piece) => segmentAround(segments, piece) ?? piece,
    candidates: ({ hl7 }, origin, container) =>
      hl7.flatMap((place) => candidatesOf(place, origin as SegmentNode, container)),
    continued: (pieces, origin) => {
      const number = /-(\d+)$/.exec(pieces[0]?.place ?? '')?.[1]
      const { name } = origin as SegmentNode
      const after = segments.slice(segments.indexOf(origin as SegmentNode) + 1)
      const end = after.findIndex((segment) => segment.name !== name)
      return number === undefined
        ? []
        : after
            .slice(0, end === -1 ? after.length : end)
            .flatMap((segment) => segment.fields()[Number(number) - 1] ?? [])
    },
  }
}
