import { plain, plainNumber, sameTime, type When } from './wordings.ts'

/** All texts of one side, for look-ups. */
export type TextPool = { texts: ReadonlySet<string>; joined: string; times: readonly When[] }

export const poolOf = (
  texts: Iterable<string>,
  readTime: (text: string) => When | null,
): TextPool => {
  const all = new Set<string>()
  const times: When[] = []
  for (const text of texts) {
    all.add(plain(text))
    const number = plainNumber(text.trim())
    if (number !== null) all.add(number)
    const time = readTime(text.trim())
    if (time !== null) times.push(time)
  }
  all.delete('')
  return { texts: all, joined: `\n${[...all].join('\n')}\n`, times }
}

/** Shorter values must match a whole text, because two letters occur in most texts by chance. */
const shortest = 3
const isWordEnd = (character: string | undefined) =>
  character === undefined || !/[\p{L}\p{N}]/u.test(character)

/** Whether a text occurs, as a whole or as words within another. */
export const hasText = ({ texts, joined }: TextPool, text: string): boolean => {
  const wanted = plain(text)
  const number = plainNumber(text.trim())
  if (texts.has(wanted) || (number !== null && texts.has(number))) return true
  if (wanted.length < shortest) return false
  for (let at = joined.indexOf(wanted); at !== -1; at = joined.indexOf(wanted, at + 1)) {
    if (isWordEnd(joined[at - 1]) && isWordEnd(joined[at + wanted.length])) return true
  }
  return false
}

export const timesLike = ({ times }: TextPool, time: When): When[] =>
  times.filter((one) => sameTime(one, time))
