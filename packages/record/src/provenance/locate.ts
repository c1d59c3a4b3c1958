import { placesOf } from './field-places.ts'
import { innermostFirst, type Node } from './node.ts'
import { holdsWords, says } from './element-text.ts'

/** Name of a field, or index in a list. */
export type Path = readonly (string | number)[]

/** Finds the places that the event schemas name in one message. */
export type Locator = {
  /** The segment or resource that an event or observation came from; null if there is none. */
  readonly at: (place: string) => Node | null
  /**
   * Pieces at the places of one field, most likely first.
   *
   * @param origin     segment or resource the fact came from
   * @param container  piece that the record around the field was made from; null: the origin itself
   */
  readonly candidates: (
    places: { hl7: readonly string[]; fhir: readonly string[] },
    origin: Node,
    container: Node | null,
  ) => readonly Node[]
  /** Where the text that these pieces begin continues, e.g. the next OBX. */
  readonly continued: (pieces: readonly Node[], origin: Node) => readonly Node[]
  /** The segment or resource that holds a piece. */
  readonly around: (piece: Node) => Node
}

/**
 * Where a value was found: several pieces, in order, if a text spans several segments. `derived`:
 * why the value is not the text of the piece; null if it is.
 */
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
 * How much of a record a piece holds, exactly or at least in words. Of several pieces, the record
 * was made from the one that holds most.
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
 * How many items before this one are equal to it: the second of two equal items is the second
 * piece.
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
 * The pieces of a text of several lines: repetitions, segments with their headings, or one field
 * with line breaks.
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

/** The place of the record being read. `derived`: why it may hold values that were not sent. */
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
  locator: Locator,
): readonly Node[] => {
  const inside = container === null ? [] : [container]
  for (const nodes of [direct, inside, around]) {
    const exact = nth(saying(nodes, value), before)
    if (exact !== undefined) return [exact]
  }
  if (typeof value === 'string' && value.includes('\n')) {
    const lines = byLines(value, [...direct, ...locator.continued(direct, origin)])
    if (lines.length > 0) return lines
  }
  const words = [...direct, ...inside].find(({ text }) => holdsWords(text, value))
  return words === undefined ? [] : [words]
}

/**
 * The pieces of a message that a value of an event was made from.
 *
 * The event gives the segment or resource, and its schema the field; the piece itself is found by
 * the value, so that repetition and component are the ones it came from. A derived value is located
 * at the first piece that is not empty, else at the segment or resource itself.
 *
 * @param place   segment or resource, e.g. `OBX[3]`
 * @param record  event record that `root` is, e.g. `ResultReported`
 * @param path    of the value in `root`
 * @returns null if there is no such value, or the message has nothing at its places
 */
export const locate = (
  locator: Locator,
  place: string,
  record: string,
  root: object,
  path: Path,
): Located | null => {
  let value: unknown = root
  let name: string | null = record
  const origin = locator.at(place)
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
    const candidates = locator.candidates(places, here.origin, here.container)
    if (isLeaf(value)) return foundIn(value, candidates, here, before, places.derived, locator)
    here = {
      ...inside(here, candidates, value, before, locator),
      derived: places.derived ?? here.derived,
    }
    name = places.record
  }
  return null
}

/** RTF as sent, its backslashes escaped or not. */
const isRtf = (text: string): boolean => /^\s*\{\\(?:E\\)?rtf/.test(text)

/** The RTF that a text was converted from; null if there is none. */
const convertedIn = (value: Leaf, direct: readonly Node[]): Located | null => {
  const original = typeof value === 'string' ? direct.find(({ text }) => isRtf(text)) : undefined
  return original === undefined ? null : { pieces: [original], derived: 'Converted from RTF.' }
}

const foundIn = (
  value: Leaf,
  direct: readonly Node[],
  here: Here,
  before: number,
  derived: string | null,
  locator: Locator,
): Located | null => {
  if (value === '') return null
  if (derived === null) {
    const original = convertedIn(value, direct)
    if (original !== null) return original
    const pieces = typeof value === 'boolean' ? [] : leafIn(value, direct, here, before, locator)
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
 * The place of a nested record: its own segment if it names one, as observations and specimens do;
 * else the piece that holds most of it, which is the origin of what it holds if it is a segment.
 */
const inside = (
  here: Here,
  candidates: readonly Node[],
  value: unknown,
  before: number,
  locator: Locator,
): Omit<Here, 'derived'> => {
  const own = (value as { place?: unknown }).place
  const origin = typeof own === 'string' ? locator.at(own) : null
  if (origin !== null) return { origin, container: null, around: [] }
  const outer = here.container === null ? here.around : [here.container, ...here.around]
  const container = containerOf([...candidates, ...outer], value, before)
  if (container === null) return { ...here, around: [...candidates, ...here.around] }
  const segment = locator.at(container.place)
  return segment === null
    ? { origin: here.origin, container, around: candidates }
    : { origin: segment, container: null, around: [] }
}
