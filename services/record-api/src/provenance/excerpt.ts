/**
 * A text for a reader, long values in it cut; `positionOf` tells where a position of the whole is
 * in it.
 */
export type Excerpt = {
  text: string
  isAbridged: boolean
  positionOf: (position: number) => number
}

type Cut = { from: number; to: number; mark: string }

/** A value longer than this is data, not words; characters. */
const longest = 2_000
/** Of data, what is left of its beginning. */
const kept = 120

/**
 * Values without a break of any kind, as data in base64 is; more than so many lines or words would
 * also do no reader good.
 */
const cutsIn = (text: string, start: number): Cut[] =>
  [...text.matchAll(/[^|^~\s",<>]+/g)]
    .filter(([run]) => run.length > longest)
    .map(({ index, 0: run }) => ({
      from: start + index + kept,
      to: start + index + run.length,
      mark: `[${run.length - kept} more characters]`,
    }))

/**
 * The text between two positions of a message, embedded data abridged.
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
