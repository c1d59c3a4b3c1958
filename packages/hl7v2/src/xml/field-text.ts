import type { Delimiters } from '../lexer/message.ts'

/**
 * What most senders use, and what a message gets whose MSH.1 and MSH.2 do not give five different
 * characters.
 */
export const usualDelimiters: Delimiters = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subcomponent: '&',
}
export const usualEncodingCharacters = '^~\\&'

/**
 * Separators as MSH.1 and MSH.2 name them; null if they are not five different ones that cannot be
 * part of a word.
 */
export const delimitersOf = (msh1: string, msh2: string): Delimiters | null => {
  const all = [...msh1, ...msh2.slice(0, 4)]
  if (
    msh1.length !== 1 ||
    all.length !== 5 ||
    new Set(all).size !== 5 ||
    all.some((one) => /[A-Za-z0-9\s]/.test(one))
  )
    return null
  const [field, component, repetition, mark, subcomponent] = all as [
    string,
    string,
    string,
    string,
    string,
  ]
  return { field, component, repetition, escape: mark, subcomponent }
}

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
