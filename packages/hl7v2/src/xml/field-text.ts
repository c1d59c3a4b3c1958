import type { Delimiters } from '../lexer/delimiters.ts'

/**
 * XML needs no escapes for the separators: in the text of an element they are text, and become
 * escapes here. HL7 v2.5.1 chapter 2.7.
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

/** White space at an end is layout if there is a line end in it, else it is as sent. */
export const withoutLayout = (text: string): string => {
  if (!text.includes('\n')) return text
  const left = text.trimStart()
  const inner = text.slice(0, text.length - left.length).includes('\n') ? left : text
  const right = inner.trimEnd()
  return inner.slice(right.length).includes('\n') ? right : inner
}
