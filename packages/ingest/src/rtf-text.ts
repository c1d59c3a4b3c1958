import { deEncapsulateSync } from 'rtf-stream-parser'

/** Characters: anything longer stays an attachment, or as sent. */
const longest = 5_000_000

/** Groups within groups: the time to read them grows with the square of their depth. */
const deepest = 1_000

/** Whether a text or a file is RTF, by its beginning. */
export const isRtfText = (value: string | Buffer): boolean =>
  /^\s*\{\\rtf/.test(
    typeof value === 'string' ? value.slice(0, 64) : value.toString('latin1', 0, 64),
  )

/** Control words that the reader of plain text does not know, and what stands for them. */
const insteadOf: Readonly<Record<string, string>> = {
  cell: '\\tab',
  nestcell: '\\tab',
  row: '\\par',
  nestrow: '\\par',
  page: '\\par',
  sect: '\\par',
  emspace: '\\~',
  enspace: '\\~',
  qmspace: '\\~',
  fromhtml: '',
  fromtext: '',
  htmlrtf: '',
  htmltag: '\\generator',
}
/** Groups without text of the document; marked as such, the reader leaves them out. */
const withoutText = new Set([
  ...['pict', 'object', 'info', 'listtable', 'listoverridetable', 'rsidtbl', 'generator'],
  ...['themedata', 'datastore', 'filetbl', 'revtbl', 'xmlnstbl', 'fldinst', 'bkmkstart', 'bkmkend'],
])

/** Control words with their delimiter (`\par `), symbols (`\~`), and hexadecimal bytes (`\'e9`). */
const controls = /\\(?:([a-z]+)(?:-?\d+)? ?|'[0-9a-f]{2}|[^a-z])/gi

const control = (sent: string, word: string | undefined, at: number, all: string): string => {
  if (word === undefined) return sent
  if (Object.hasOwn(insteadOf, word)) return insteadOf[word] === '' ? '{}' : `${insteadOf[word]} `
  return withoutText.has(word) && all[at - 1] === '{' ? `\\*${sent}` : sent
}

const isTooDeep = (rtf: string): boolean => {
  let depth = 0
  for (const [part] of rtf.matchAll(/\\[\s\S]|[{}]/g)) {
    if (part === '{') depth++
    else if (part === '}') depth--
    if (depth > deepest) return true
  }
  return false
}

/** Characters beyond ASCII as escapes: of a text by their code, of a file by their byte. */
const inAscii = (rtf: string | Buffer): string =>
  typeof rtf === 'string'
    ? rtf.replace(/[^\x00-\x7f]/g, (one) => {
        const unit = one.charCodeAt(0)
        return `{\\uc1\\u${unit > 0x7fff ? unit - 0x10000 : unit}?}`
      })
    : rtf
        .toString('latin1')
        .replace(/[\x80-\xff]/g, (one) => `\\'${one.charCodeAt(0).toString(16)}`)

const decode = (bytes: Buffer, characterSet: string): string => {
  const name = /^cp(125\d|874)$/.exec(characterSet)
  try {
    return new TextDecoder(name === null ? characterSet : `windows-${name[1]}`).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Blanks that do not break are blanks, soft hyphens nothing; no blank line at either end. */
const tidied = (text: string): string =>
  text
    .replaceAll('\u00a0', ' ')
    .replaceAll('\u00ad', '')
    .replaceAll(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/^\n+|\n+$/g, '')
    .trimStart()

/**
 * Plain text of RTF, its paragraphs and table cells kept apart.
 *
 * @returns null if it cannot be read as RTF, or is too long or too deep
 * @see Microsoft, Rich Text Format specification 1.9.1
 */
export const rtfText = (rtf: string | Buffer): string | null => {
  if (rtf.length > longest) return null
  const prepared = inAscii(rtf)
    .trim()
    .replace(controls, control)
    .replace(/^(\{\\rtf\d*)/, '$1\\ansi\\fromtext')
  if (isTooDeep(prepared)) return null
  try {
    return tidied(
      deEncapsulateSync(prepared, { decode, mode: 'text', prefix: false }).text as string,
    )
  } catch {
    return null
  }
}
