/** HL7 v2 escape sequences (chapter 2.7) of what keys use between their parts. */
const sequences: Readonly<Record<string, string>> = {
  '|': 'F',
  '^': 'S',
  '~': 'R',
  '\\': 'E',
}

const sequenceOf = (character: string): string =>
  `\\${sequences[character] ?? `X${character.charCodeAt(0).toString(16).toUpperCase()}`}\\`

const characterOf = (sequence: string): string =>
  Object.keys(sequences).find((one) => sequences[one] === sequence) ??
  String.fromCharCode(Number.parseInt(sequence.slice(1), 16))

const written = /\\([FSRE]|X[0-9A-F]{2})\\/

/** What makes a key that of a later use of its number, or of a repeated one of its message. */
const marks = '(?<=^| )@(?=\\d{4}-\\d\\d|undated)|#(?=\\d+$)'

type Patterns = { ambiguous: RegExp; escaped: RegExp }

const patternsOf = (separators: string): Patterns => {
  const found = [marks, ...[...separators].map((one) => (one === '$' ? ' $' : `\\${one}`))].join(
    '|',
  )
  return {
    ambiguous: new RegExp(`${found}|${written.source}`),
    escaped: new RegExp(`${found}|\\\\`, 'g'),
  }
}

const patterns = new Map<string, Patterns>()

const patternsFor = (separators: string): Patterns => {
  const known = patterns.get(separators) ?? patternsOf(separators)
  patterns.set(separators, known)
  return known
}

/**
 * A part of a key, without what separates the parts: two different parts are never written alike,
 * and most are written as they are.
 *
 * @param separators  the characters that end this part, of `|^~@:. `; `$` stands for a space at its
 *   end
 */
export const keyPart = (part: string, separators = ''): string => {
  const { ambiguous, escaped } = patternsFor(separators)
  return ambiguous.test(part) ? part.replace(escaped, sequenceOf) : part
}

const everySequence = new RegExp(written.source, 'g')

/** The part that `keyPart` wrote. */
export const textOfKeyPart = (part: string): string =>
  part.includes('\\') ? part.replace(everySequence, (_, sequence) => characterOf(sequence)) : part
