/**
 * A text for a reader, with long values shortened. `positionOf` turns a position in the message
 * into one in `text`.
 */
export type Excerpt = {
  text: string
  isAbridged: boolean
  positionOf: (position: number) => number
}

type Cut = { from: number; to: number; mark: string }

/** Characters: a longer value is data, not words. */
const maxWord = 2_000
/** Characters kept of the beginning of data. */
const kept = 120

/** Cuts in values without any break, as base64 data is. */
const cutsIn = (text: string, start: number): Cut[] =>
  [...text.matchAll(/[^|^~\s",<>]+/g)]
    .filter(([run]) => run.length > maxWord)
    .map(({ index, 0: run }) => ({
      from: start + index + kept,
      to: start + index + run.length,
      mark: `[${run.length - kept} more characters]`,
    }))

/**
 * A piece of a message with embedded data abridged.
 *
 * @param start  of the piece in the message
 */
export const excerptOf = (text: string, start: number): Excerpt => {
  const cuts = cutsIn(text, start)
  let shown = ''
  let at = start
  for (const { from, to, mark } of cuts) {
    shown += text.slice(at - start, from - start) + mark
    at = to
  }
  const positionOf = (position: number): number => {
    let moved = position - start
    for (const { from, to, mark } of cuts) {
      if (position <= from) break
      moved += position >= to ? mark.length - (to - from) : from - position
    }
    return moved
  }
  return { text: shown + text.slice(at - start), isAbridged: cuts.length > 0, positionOf }
}
