const isoTime =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?)?)?(?:Z|[+-]\d\d:\d\d)?$/
const dtm = /^\d{4,14}(?:\.\d*)?(?:[+-]\d{4})?$/

/**
 * Whether a text with escapes such as `\T\` can be the value: the value must contain the parts
 * between the escapes, in order.
 */
const saysEscaped = (text: string, value: string): boolean => {
  const parts = text.split(/\\[^\\]*\\/)
  if (parts.length === 1) return false
  let at = 0
  for (const part of parts) {
    const found = value.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return value.startsWith(parts[0] as string) && value.endsWith(parts.at(-1) as string)
}

/**
 * Whether a value is the ISO 8601 form of an HL7 timestamp; an hour without minutes became the day.
 */
const saysTime = (text: string, value: string): boolean => {
  const sent = text.trim()
  if (!isoTime.test(value) || !dtm.test(sent)) return false
  const digits = (time: string) => time.replace(/(?:Z|[+-]\d\d:?\d\d)$/, '').replaceAll(/\D/g, '')
  const [iso, asSent] = [isoTime.exec(value)?.slice(1).join('') ?? '', digits(sent)]
  return iso === asSent || (iso.length === 8 && asSent.length === 10 && asSent.startsWith(iso))
}

/** Whether a value can have been made from a piece of a message, as sent. */
export const says = (text: string, value: string | number): boolean => {
  if (typeof value === 'number') return text.trim() !== '' && Number(text) === value
  if (text === value) return text !== ''
  if (text.trim() === value.trim()) return text.trim() !== ''
  return saysTime(text, value) || saysEscaped(text, value)
}

/**
 * Whether the text contains every word of the value: a name assembled from its components, an SN,
 * several lines.
 */
export const holdsWords = (text: string, value: string | number): boolean => {
  const words = String(value).match(/[\p{L}\p{N}]+/gu) ?? []
  return words.length > 0 && words.every((word) => text.includes(word))
}
