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

type Break = { at: number; next: number }

/**
 * Where segments end: at the line breaks before the next segment. Text after other line breaks is
 * part of the field before it.
 */
const endsOfSegments = (text: string, field: string, begin: number): Break[] => {
  const begins = (line: string) =>
    /^[A-Z][A-Z0-9]{2}/.test(line) && (line[3] === undefined || line[3] === field)
  const breaks = [...text.matchAll(/\r\n|\r|\n/g)].map(({ index, 0: { length } }) => ({
    at: index,
    next: index + length,
  }))
  const ends: Break[] = []
  let open: number | null = null
  for (const [n, { at, next }] of breaks.entries()) {
    if (at < begin) continue
    open ??= at
    const line = text.slice(next, Math.min(breaks[n + 1]?.at ?? text.length, next + 2_000))
    if (line.trim() === '') continue
    if (begins(line)) ends.push({ at: open, next })
    open = null
  }
  return open === null ? ends : [...ends, { at: open, next: text.length }]
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
  const ends = endsOfSegments(text, separators.field, begin)
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
