const isoTime =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?)?)?(?:Z|[+-]\d\d:\d\d)?$/
const dtm = /^\d{4,14}(?:\.\d*)?(?:[+-]\d{4})?$/

/**
 * Whether a text that may hold escapes such as `\T\` can be the value: what stands between them
 * must be there, in order.
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
 * An HL7 timestamp and the ISO 8601 made of it; an hour without minutes was cut back to the day.
 */
const saysTime = (text: string, value: string): boolean => {
  const sent = text.trim()
  if (!isoTime.test(value) || !dtm.test(sent)) return false
  const digits = (time: string) => time.replace(/(?:Z|[+-]\d\d:?\d\d)$/, '').replaceAll(/\D/g, '')
  const [iso, asSent] = [isoTime.exec(value)?.slice(1).join('') ?? '', digits(sent)]
  return iso === asSent || (iso.length === 8 && asSent.length === 10 && asSent.startsWith(iso))
}

/** Whether a piece of a message, as sent, is the value made of it. */
export const says = (text: string, value: string | number): boolean => {
  if (typeof value === 'number') return text.trim() !== '' && Number(text) === value
  if (text === value) return text !== ''
  if (text.trim() === value.trim()) return text.trim() !== ''
  return saysTime(text, value) || saysEscaped(text, value)
}

/**
 * Whether every word of the value is in the text: a name put together from its components, an SN,
 * several lines.
 */
export const holdsWords = (text: string, value: string | number): boolean => {
  const words = String(value).match(/[\p{L}\p{N}]+/gu) ?? []
  return words.length > 0 && words.every((word) => text.includes(word))
}
