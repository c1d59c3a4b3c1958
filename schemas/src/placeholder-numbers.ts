import table from '../placeholder-numbers.json' with { type: 'json' }

/** Case, spaces and punctuation make no difference. */
const bare = (number: string): string => number.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')

const words: ReadonlySet<string> = new Set(table.words)

/** Fewer repeated digits may be a number of a small system; zeros never are. */
const repeated = /^(?:0+|(\d)\1{4,})$/
const ascending = '01234567890'
const descending = '09876543210'
const leastSequence = 8

const isSequence = (digits: string): boolean =>
  digits.length >= leastSequence && (ascending.includes(digits) || descending.includes(digits))

/** Extensions of sources, as they are compared; a source's list does not change. */
const extended = new WeakMap<readonly string[], ReadonlySet<string>>()

const alsoOf = (more: readonly string[]): ReadonlySet<string> => {
  const known = extended.get(more) ?? new Set(more.map(bare))
  extended.set(more, known)
  return known
}

/**
 * Whether what stands in place of a patient number names no one: a word such as `UNKNOWN`, nothing
 * but punctuation, zeros, one digit repeated five times or more, or digits that count up or down,
 * from eight on. Never a number that a system could have given, such as `UNKNOWN123` or `1234567`.
 *
 * @param more  further placeholders of the source
 * @see schemas/placeholder-numbers.json
 */
export const isPlaceholderNumber = (number: string, more: readonly string[] = []): boolean => {
  const text = bare(number)
  return (
    text === '' ||
    words.has(text) ||
    repeated.test(text) ||
    isSequence(text) ||
    (more.length > 0 && alsoOf(more).has(text))
  )
}
