/** Words that stand where a name is not known, alone or together. */
const unknown = new Set(
  [
    'UNKNOWN UNK UNKN UNIDENTIFIED NOTKNOWN NK NOT KNOWN NOTGIVEN GIVEN NONE NIL NULL NA',
    'ANON ANONYMOUS NAME NONAME NO PATIENT PERSON MALE FEMALE MAN WOMAN ADULT CHILD X XX XXX',
    'TRAUMA JOHNDOE JANEDOE TEMP TEMPORARY UNNAMED MAJAX MAJOR INCIDENT CASUALTY',
  ].flatMap((line) => line.split(' ')),
)
const baby = new Set(
  'BABY BABYOF BABYBOY BABYGIRL BOY GIRL INFANT NEWBORN NEONATE TWIN TRIPLET'.split(' '),
)
/** Words that go with those of a baby. */
const ofBaby = new Set('OF BO MALE FEMALE ONE TWO THREE A B C I II III'.split(' '))

/**
 * Letters of a name without case, accents and punctuation, as words; letters of other scripts stay
 * what they are.
 */
export const wordsOf = (names: readonly string[]): string[] =>
  names.flatMap((name) =>
    name
      .normalize('NFKD')
      .replace(/[\p{M}'’‘`.]/gu, '')
      .toUpperCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word !== ''),
  )

export const isUnknownName = (words: readonly string[]): boolean =>
  words.every((word) => unknown.has(word))

/** Words of the family name of the mother. */
const mostBesides = 2

/** What is left of the name of a baby is that of its mother. */
export const isNoBabyWord = (word: string): boolean =>
  !baby.has(word) && !ofBaby.has(word) && !/^\d+$/.test(word)

/** `BABY OF SMITH`, `Baby Boy`, `Twin 1`: a name until there is one. */
export const isBabyName = (words: readonly string[]): boolean =>
  words.some((word) => baby.has(word)) && words.filter(isNoBabyWord).length <= mostBesides
