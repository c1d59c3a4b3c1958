/**
 * A piece of a message's text with a place: a segment, field or component, a resource or element.
 * Positions count UTF-16 units.
 */
export type Node = {
  /** E.g. `OBX[4]-5.1`, `Bundle.entry[3].resource.code`. */
  readonly place: string
  readonly start: number
  /** First position after it. */
  readonly end: number
  /** As sent. */
  readonly text: string
  /** Its repetitions, components or elements, in order; none for a single value. */
  readonly children: () => readonly Node[]
}

export const noChildren = (): readonly Node[] => []

/** The node and its descendants, innermost first. */
export const innermostFirst = (node: Node): Node[] => [
  ...node.children().flatMap(innermostFirst),
  node,
]
