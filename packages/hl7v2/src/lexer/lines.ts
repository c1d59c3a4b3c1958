/**
 * Lines of a message, each a segment; blank lines are skipped. They end with CR, LF or CRLF; a lone
 * LF among CRs is a line break inside a field unless a segment starts after it.
 *
 * @param field  separator of fields
 */
export const linesOf = (text: string, field: string): string[] => {
  if (!text.includes('\n')) return text.split('\r').filter(notBlank)
  if (!text.includes('\r')) return text.split('\n').filter(notBlank)
  const lines: string[] = []
  for (const chunk of text.replaceAll('\r\n', '\r').split('\r')) {
    let first = true
    for (const line of chunk.split('\n')) {
      if (first || beginsSegment(line, field)) lines.push(line)
      else lines[lines.length - 1] += `\n${line}`
      first = false
    }
  }
  return lines.filter(notBlank).map(withoutLastBreaks)
}

/**
 * The text without trailing line breaks, which belong to no value. A regular expression would be
 * quadratic in runs of line breaks.
 */
const withoutLastBreaks = (line: string) => {
  let end = line.length
  while (line.charCodeAt(end - 1) === lineFeed) end--
  return line.slice(0, end)
}
const lineFeed = 10

const notBlank = (line: string) => line.charCodeAt(0) > 32 || line.trim() !== ''
const beginsSegment = (line: string, field: string) =>
  isSegmentName(line.slice(0, 3)) && (line.length === 3 || line[3] === field)

/** A capital letter, then two capitals or digits. */
export const isSegmentName = (name: string) =>
  name.length === 3 &&
  isCapital(name.charCodeAt(0)) &&
  isCapitalOrDigit(name.charCodeAt(1)) &&
  isCapitalOrDigit(name.charCodeAt(2))
const isCapital = (code: number) => code >= 65 && code <= 90
const isCapitalOrDigit = (code: number) => isCapital(code) || (code >= 48 && code <= 57)
