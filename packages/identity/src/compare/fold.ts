/** Letters that decompose into no ASCII letter. */
const special: Readonly<Record<string, string>> = {
  Æ: 'AE',
  Ø: 'O',
  Œ: 'OE',
  ß: 'SS',
  ẞ: 'SS',
  Ł: 'L',
  Đ: 'D',
  Ð: 'D',
  Þ: 'TH',
  ı: 'I',
  Ə: 'A',
}

const marks = /\p{M}/gu
const plain = /^[A-Z0-9 ]*$/

/** Upper-case ASCII letters, digits and whatever has no ASCII form; accents are dropped. */
export const fold = (text: string): string => {
  const upper = text.toUpperCase()
  if (plain.test(upper)) return upper
  return upper
    .replace(/[ÆØŒßẞŁĐÐÞıƏ]/g, (letter) => special[letter] ?? letter)
    .normalize('NFD')
    .replace(marks, '')
}

/** The words of a name: apostrophes and full stops join, everything else separates. */
export const wordsOf = (text: string): string[] =>
  fold(text)
    .replace(/['’‘`´.]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
