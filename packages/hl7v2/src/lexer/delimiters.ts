/** MSH-1 and MSH-2, one character each; a sender may choose any. HL7 v2.5.1 chapter 2.5.4. */
export type Delimiters = {
  field: string
  component: string
  repetition: string
  escape: string
  subcomponent: string
}

/** Delimiters from MSH-1 and MSH-2; one missing from MSH-2 is empty, and separates nothing. */
export const readDelimiters = (text: string): Delimiters | null => {
  const field = text[3]
  if (!text.startsWith('MSH') || field === undefined || /[A-Za-z0-9\s]/.test(field)) return null
  const end = /[\r\n]/.exec(text.slice(4, 12))?.index ?? 8
  const characters = text.slice(4, 4 + end).split(field, 1)[0] as string
  return {
    field,
    component: characters[0] ?? '',
    repetition: characters[1] ?? '',
    escape: characters[2] ?? '',
    subcomponent: characters[3] ?? '',
  }
}

/**
 * The recommended delimiters. Used for a message whose MSH.1 and MSH.2 do not give five different
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
 * Delimiters from MSH.1 and MSH.2; null unless they are five different characters, none a letter,
 * digit or white space.
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
