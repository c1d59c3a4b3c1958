import { plain, plainNumber, sameTime, type When } from './wordings.ts'

/** Everything one side says, to look a value up in. */
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

/**
 * Below this a value is looked for as a whole text only: two letters stand by chance in most texts.
 */
const shortest = 3
const isWordEnd = (character: string | undefined) =>
  character === undefined || !/[\p{L}\p{N}]/u.test(character)

/** Whether a text is there, whole or as words within another. */
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
