import type { Delimiters } from '../lexer/delimiters.ts'

/**
 * Escapes delimiters in the text of an element, where they are plain text. HL7 v2.5.1 chapter 2.7.
 */
export const escapeText = (
  text: string,
  { field, component, repetition, escape: mark, subcomponent }: Delimiters,
): string => {
  const letters: Record<string, string> = {
    [field]: 'F',
    [component]: 'S',
    [repetition]: 'R',
    [mark]: 'E',
    [subcomponent]: 'T',
  }
  let out = ''
  let done = 0
  for (let at = 0; at < text.length; at++) {
    const letter = letters[text[at] as string]
    if (letter === undefined) continue
    out += text.slice(done, at) + mark + letter + mark
    done = at + 1
  }
  return done === 0 ? text : out + text.slice(done)
}

/** Removes white space at either end if it contains a line end, and so is layout. */
export const withoutLayout = (text: string): string => {
  if (!text.includes('\n')) return text
  const left = text.trimStart()
  const inner = text.slice(0, text.length - left.length).includes('\n') ? left : text
  const right = inner.trimEnd()
  return inner.slice(right.length).includes('\n') ? right : inner
}
