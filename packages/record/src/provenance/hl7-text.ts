import { type Node, noChildren } from './node.ts'

/** A segment of a message, with its position. */
export type SegmentNode = Node & {
  readonly name: string
  readonly nth: number
  readonly fields: () => readonly Node[]
}

type Separators = { field: string; component: string; repetition: string; subcomponent: string }

const separatorsIn = (text: string, start: number): Separators | null => {
  const field = text[start + 3]
  if (!text.startsWith('MSH', start) || field === undefined || /[A-Za-z0-9\s]/.test(field))
    return null
  const [characters = ''] = (/^[^\r\n]*/.exec(text.slice(start + 4, start + 12))?.[0] ?? '').split(
    field,
    1,
  )
  return {
    field,
    component: characters[0] ?? '',
    repetition: characters[1] ?? '',
    subcomponent: characters[3] ?? '',
  }
}

/**
 * Segment ends. A lone LF in a message whose segments end with CR is a line break within a field,
 * unless a segment begins after it.
 */
const endOfSegment = (text: string, field: string): RegExp => {
  if (!text.includes('\n') || !text.includes('\r')) return /[\r\n]/g
  const separator = field.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
  return new RegExp(String.raw`\r\n|\r|\n(?=[A-Z][A-Z0-9]{2}(?:${separator}|[\r\n]|$))`, 'g')
}

const pieces = (
  text: string,
  { start, end }: Pick<Node, 'start' | 'end'>,
  separator: string,
): { start: number; end: number }[] => {
  if (separator === '') return [{ start, end }]
  const found: { start: number; end: number }[] = []
  let from = start
  for (
    let at = text.indexOf(separator, from);
    at !== -1 && at < end;
    at = text.indexOf(separator, from)
  ) {
    found.push({ start: from, end: at })
    from = at + 1
  }
  return [...found, { start: from, end }]
}

const withParts = (
  text: string,
  place: string,
  span: { start: number; end: number },
  [separator, ...further]: readonly string[],
): Node => ({
  place,
  ...span,
  text: text.slice(span.start, span.end),
  children: () => {
    if (separator === undefined) return []
    const parts = pieces(text, span, separator)
    if (parts.length === 1)
      return further.length === 0 ? [] : withParts(text, `${place}.1`, span, further).children()
    return parts.map((part, index) => withParts(text, `${place}.${index + 1}`, part, further))
  },
})

const fieldOf = (
  text: string,
  place: string,
  span: { start: number; end: number },
  { component, repetition, subcomponent }: Separators,
): Node => {
  const repetitions = pieces(text, span, repetition)
  const whole = { place, ...span, text: text.slice(span.start, span.end) }
  if (repetitions.length === 1) return withParts(text, place, span, [component, subcomponent])
  return {
    ...whole,
    children: () =>
      repetitions.map((one, index) =>
        withParts(text, `${place}[${index + 1}]`, one, [component, subcomponent]),
      ),
  }
}

const single = (text: string, place: string, start: number, end: number): Node => ({
  place,
  start,
  end,
  text: text.slice(start, end),
  children: noChildren,
})

const segmentOf = (
  text: string,
  span: { start: number; end: number },
  name: string,
  nth: number,
  separators: Separators,
): SegmentNode => {
  let fields: readonly Node[] | null = null
  const place = `${name}[${nth}]`
  const read = () => {
    const [, ...all] = pieces(text, span, separators.field)
    if (name !== 'MSH')
      return all.map((one, index) => fieldOf(text, `${place}-${index + 1}`, one, separators))
    const [second = { start: span.end, end: span.end }, ...others] = all
    const first = single(text, 'MSH[1]-1', span.start + 3, span.start + 4)
    return [
      first,
      single(text, 'MSH[1]-2', second.start, second.end),
      ...others.map((one, index) => fieldOf(text, `${place}-${index + 3}`, one, separators)),
    ]
  }
  const cached = () => {
    fields ??= read()
    return fields
  }
  return {
    name,
    nth,
    place,
    ...span,
    text: text.slice(span.start, span.end),
    fields: cached,
    children: cached,
  }
}

/**
 * The segments of an ER7 message with their positions; fields and components are split on demand.
 * White space and a byte order mark before MSH are ignored.
 *
 * @returns null if the text is not an ER7 message
 * @see HL7 v2.5.1 chapter 2.5
 */
export const segmentsIn = (text: string): SegmentNode[] | null => {
  const begin = /^[\s\uFEFF]*/.exec(text)?.[0].length ?? 0
  const separators = separatorsIn(text, begin)
  if (separators === null) return null
  const ends = [...text.matchAll(endOfSegment(text, separators.field))].map((match) => ({
    at: match.index,
    next: match.index + match[0].length,
  }))
  const counts = new Map<string, number>()
  let start = begin
  return [...ends, { at: text.length, next: text.length }].flatMap(({ at, next }) => {
    const span = { start, end: at }
    start = Math.max(next, begin)
    if (at < begin || text.slice(span.start, at).trim() === '') return []
    const first = text.slice(span.start, at).split(separators.field, 1)[0] ?? ''
    const name = /^[A-Z][A-Z0-9]{2}$/.test(first) ? first : '?'
    const nth = (counts.get(name) ?? 0) + 1
    counts.set(name, nth)
    return [segmentOf(text, span, name, nth, separators)]
  })
}
