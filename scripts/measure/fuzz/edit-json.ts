import { createHash } from 'node:crypto'

type Place = { holder: Record<string, unknown>; name: string }

const values: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  true,
  [],
  {},
  [null],
  [[]],
  'x',
  '#',
  '#p',
  'urn:uuid:1',
  'Patient/1',
  'Patient?identifier=a|b',
  { reference: '#p' },
  { coding: [{}] },
  [{}],
  '2020',
  '2020-13-01',
  { value: 1 },
  'constructor',
]

/** Numbers derived from bytes; the same bytes give the same numbers. */
const numbersOf = (bytes: Buffer): ((below: number) => number) => {
  let block = createHash('sha256').update(bytes).digest()
  let at = 0
  return (below) => {
    if (at + 4 > block.length) {
      block = createHash('sha256').update(block).digest()
      at = 0
    }
    at += 4
    return block.readUInt32BE(at - 4) % below
  }
}

const placesIn = (value: unknown): Place[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.keys(value).flatMap((name) => [
        { holder: value as Record<string, unknown>, name },
        ...placesIn((value as Record<string, unknown>)[name]),
      ])

type Edit = (place: Place, other: Place, number: (below: number) => number) => void

const put = ({ holder, name }: Place, value: unknown): void => {
  holder[name] = structuredClone(value)
}

const edits: readonly Edit[] = [
  ({ holder, name }) =>
    Array.isArray(holder) ? holder.splice(Number(name), 1) : delete holder[name],
  (place, _, number) => put(place, values[number(values.length)]),
  (place, { holder, name }) => put(place, holder[name]),
  ({ holder, name }) =>
    Array.isArray(holder)
      ? holder.push(structuredClone(holder[Number(name)]))
      : put({ holder, name: `${name}x` }, 1),
]

/**
 * One of the documents with up to three parts removed, replaced or duplicated. It stays JSON, so
 * that it gets further than changed bytes.
 *
 * @param bytes  choose the document and the parts
 */
export const editedJson = (documents: readonly object[], bytes: Buffer): object => {
  const number = numbersOf(bytes)
  const document = structuredClone(documents[number(documents.length)] as object)
  for (let left = 1 + number(3); left > 0; left--) {
    const places = placesIn(document)
    const [place, other] = [places[number(places.length || 1)], places[number(places.length || 1)]]
    if (place !== undefined && other !== undefined)
      edits[number(edits.length)]?.(place, other, number)
  }
  return document
}
