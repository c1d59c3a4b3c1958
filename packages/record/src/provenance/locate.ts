import { placesOf } from './field-places.ts'
import { innermostFirst, type Node } from './node.ts'
import { holdsWords, says } from './element-text.ts'

/** Name of a field, or index in a list. */
export type Path = readonly (string | number)[]

/** A message that can be searched for the places the schemas name. */
export type Searched = {
  /** The segment or resource an event or observation says it came from; null if there is none. */
  readonly at: (place: string) => Node | null
  /**
   * Pieces at some places of one field, most likely first.
   *
   * @param origin     segment or resource the fact came from
   * @param container  piece the record around the field was made of; null: the origin itself
   */
  readonly candidates: (
    places: { hl7: readonly string[]; fhir: readonly string[] },
    origin: Node,
    container: Node | null,
  ) => readonly Node[]
  /** Where the text that these pieces begin goes on, e.g. the next OBX. */
  readonly continued: (pieces: readonly Node[], origin: Node) => readonly Node[]
  /** The segment or resource a piece stands in. */
  readonly around: (piece: Node) => Node
}

/** Where a value was found, in order: several pieces where a text goes over several segments. */
export type Located = { pieces: readonly Node[]; derived: string | null }

type Leaf = string | number | boolean
const isLeaf = (value: unknown): value is Leaf =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
const leavesOf = (value: unknown): (string | number)[] => {
  if (typeof value === 'boolean' || value === '' || value === null || value === undefined) return []
  return typeof value === 'object'
    ? Object.values(value).flatMap(leavesOf)
    : [value as string | number]
}

const saying = (nodes: readonly Node[], value: string | number): Node[] =>
  nodes.flatMap((node) => innermostFirst(node).find(({ text }) => says(text, value)) ?? [])

/**
 * How much of a record a piece holds, as it is or at least in words: of several pieces the fullest
 * is the one the record was made of.
 */
const held = (node: Node, leaves: readonly (string | number)[]): number => {
  const texts = innermostFirst(node).map(({ text }) => text)
  return leaves.reduce<number>(
    (sum, leaf) =>
      sum + (texts.some((text) => says(text, leaf)) ? 1 : holdsWords(node.text, leaf) ? 0.1 : 0),
    0,
  )
}

/**
 * How many items before this one say the same: the second of two that are alike is the second piece
 * that is.
 */
const likeBefore = (list: readonly unknown[], index: number): number => {
  const item = JSON.stringify(list[index])
  return list.slice(0, index).filter((other) => JSON.stringify(other) === item).length
}
const nth = (nodes: readonly Node[], n: number): Node | undefined =>
  nodes[Math.min(n, nodes.length - 1)]

const containerOf = (candidates: readonly Node[], value: unknown, before: number): Node | null => {
  const pieces = candidates
    .flatMap((node) => (isRepeated(node) ? node.children() : [node]))
    .filter(({ text }) => text !== '')
  const leaves = leavesOf(value)
  const scores = pieces.map((node) => held(node, leaves))
  const best = Math.max(0, ...scores)
  return (
    nth(
      pieces.filter((_, index) => scores[index] === best),
      before,
    ) ?? null
  )
}

const isRepeated = (node: Node): boolean =>
  /\[2\]$/.test(node.children()[1]?.place ?? '') && !/^[A-Z][A-Z0-9]{2}\[\d+\]$/.test(node.place)

/**
 * A text of several lines, line by line: over repetitions, segments with their headings, or the
 * line breaks of one field.
 */
const byLines = (value: string, nodes: readonly Node[]): Node[] => {
  const lines = value.split('\n').filter((line) => line.trim() !== '')
  const found: Node[] = []
  let line = 0
  for (const node of nodes.toSorted((a, b) => a.start - b.start)) {
    const before = line
    while (
      line < lines.length &&
      (holdsWords(node.text, lines[line] as string) || node.text.includes(lines[line] as string))
    )
      line++
    if (line > before) found.push(node)
    if (line === lines.length) return found
  }
  return []
}

/** `derived`: why the record around may hold what was not sent. */
type Here = {
  origin: Node
  container: Node | null
  around: readonly Node[]
  derived: string | null
}

const leafIn = (
  value: string | number,
  direct: readonly Node[],
  { container, around, origin }: Here,
  before: number,
  search: Searched,
): readonly Node[] => {
  const inside = container === null ? [] : [container]
  for (const nodes of [direct, inside, around]) {
    const exact = nth(saying(nodes, value), before)
    if (exact !== undefined) return [exact]
  }
  if (typeof value === 'string' && value.includes('\n')) {
    const lines = byLines(value, [...direct, ...search.continued(direct, origin)])
    if (lines.length > 0) return lines
  }
  const words = [...direct, ...inside].find(({ text }) => holdsWords(text, value))
  return words === undefined ? [] : [words]
}

/**
 * The pieces of a message a value of an event was made from.
 *
 * The event says the segment or resource, its schema the field; the piece itself is found by the
 * value, so that the repetition and the component are those it really came from. A value that is
 * derived is shown by the first piece that has anything, else by the segment or resource itself.
 *
 * @param record  what `root` is, e.g. `ResultReported`
 * @param path    of the value in `root`
 * @returns null if there is no such value, or the message has nothing at its places
 */
export const locate = (
  search: Searched,
  place: string,
  record: string,
  root: object,
  path: Path,
): Located | null => {
  let value: unknown = root
  let name: string | null = record
  const origin = search.at(place)
  if (origin === null) return null
  let here: Here = { origin, container: null, around: [], derived: null }

  for (let step = 0; step < path.length; step++) {
    const field = path[step] as string
    const places: ReturnType<typeof placesOf> = name === null ? null : placesOf(name, field)
    if (places === null) return null
    value = (value as Record<string, unknown>)[field]
    let before = 0
    if (Array.isArray(value) && typeof path[step + 1] === 'number') {
      const index = path[++step] as number
      before = likeBefore(value, index)
      value = value[index]
    }
    if (value === null || value === undefined) return null
    const candidates = search.candidates(places, here.origin, here.container)
    if (isLeaf(value)) return foundIn(value, candidates, here, before, places.derived, search)
    here = {
      ...inside(here, candidates, value, before, search),
      derived: places.derived ?? here.derived,
    }
    name = places.record
  }
  return null
}

const foundIn = (
  value: Leaf,
  direct: readonly Node[],
  here: Here,
  before: number,
  derived: string | null,
  search: Searched,
): Located | null => {
  if (value === '') return null
  if (derived === null) {
    const pieces = typeof value === 'boolean' ? [] : leafIn(value, direct, here, before, search)
    if (pieces.length > 0) return { pieces, derived }
    return here.derived === null
      ? null
      : { pieces: [here.container ?? here.origin], derived: here.derived }
  }
  const asSent = typeof value === 'boolean' ? undefined : nth(saying(direct, value), before)
  const first = asSent ?? direct.find(({ text }) => text !== '') ?? here.container ?? here.origin
  return { pieces: [first], derived: asSent === undefined ? derived : null }
}

/**
 * Into a record: an observation or specimen says its own segment, a segment is the origin of what
 * it holds, anything else is the piece that holds most of it.
 */
const inside = (
  here: Here,
  candidates: readonly Node[],
  value: unknown,
  before: number,
  search: Searched,
): Omit<Here, 'derived'> => {
  const own = (value as { place?: unknown }).place
  const origin = typeof own === 'string' ? search.at(own) : null
  if (origin !== null) return { origin, container: null, around: [] }
  const outer = here.container === null ? here.around : [here.container, ...here.around]
  const container = containerOf([...candidates, ...outer], value, before)
  if (container === null) return { ...here, around: [...candidates, ...here.around] }
  const segment = search.at(container.place)
  return segment === null
    ? { origin: here.origin, container, around: candidates }
    : { origin: segment, container: null, around: [] }
}
