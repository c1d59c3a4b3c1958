import type { Locator } from './locate.ts'
import type { Node } from './node.ts'

const steps = /(?:^[^-.[\]]+(?:\[\d+\])?|[-.][^-.[\]]+|\[\d+\])/g

/** Places from the whole to a place itself: `OBX[2]`, `OBX[2]-5`, `OBX[2]-5[1]`. */
const placesTo = (place: string): string[] => {
  const found: string[] = []
  for (const step of place.match(steps) ?? []) found.push(`${found.at(-1) ?? ''}${step}`)
  return found
}

/**
 * The piece at a place of a message, e.g. `OBX[2]-5[1].3` or `Patient.contact[0].gender`; the
 * innermost one around it where the text has none just there.
 *
 * @returns null if the message has no such segment or resource
 */
export const pieceAt = (locator: Locator, place: string): Node | null => {
  const places = placesTo(place)
  const found = places.map((one) => locator.at(one))
  const from = found.findLastIndex((node) => node !== null)
  let node = found[from] ?? null
  for (const one of places.slice(from + 1)) {
    const next: Node | undefined = node?.children().find((child) => child.place === one)
    if (next !== undefined) node = next
  }
  return node
}
