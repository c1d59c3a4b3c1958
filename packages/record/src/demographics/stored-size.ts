const longestCounted = 40

/** Bytes of a text in UTF-8. Counting a short one here is quicker than asking the platform. */
const textSize = (text: string): number => {
  if (text.length > longestCounted) return Buffer.byteLength(text)
  for (let at = 0; at < text.length; at += 1)
    if (text.charCodeAt(at) > 0x7f) return Buffer.byteLength(text)
  return text.length
}

const typeAndEnd = 2
const namesKept = 2_000
const nameSizes = new Map<string, number>()

/** Bytes of a name and its end, and of the type before it. Nearly all names are those of fields. */
const nameSize = (name: string): number => {
  const known = nameSizes.get(name)
  if (known !== undefined) return known
  const size = textSize(name) + typeAndEnd
  if (nameSizes.size < namesKept) nameSizes.set(name, size)
  return size
}

const valueSize = (value: unknown): number => {
  if (typeof value === 'string') return textSize(value) + 5
  if (typeof value === 'boolean') return 1
  if (typeof value === 'number') return (value | 0) === value && !Object.is(value, -0) ? 4 : 8
  if (value instanceof Date) return 8
  if (typeof value !== 'object' || value === null) return 0
  return documentSize(value)
}

const arraySize = (values: readonly unknown[]): number => {
  let size = 5
  for (let at = 0; at < values.length; at += 1)
    size += String(at).length + typeAndEnd + valueSize(values[at])
  return size
}

const documentSize = (value: object): number => {
  if (Array.isArray(value)) return arraySize(value)
  let size = 5
  for (const name of Object.keys(value)) {
    const field = (value as Record<string, unknown>)[name]
    if (field !== undefined) size += nameSize(name) + valueSize(field)
  }
  return size
}

/**
 * Bytes of a document as MongoDB stores it.
 *
 * @see https://bsonspec.org/spec.html
 */
export const storedSize = (document: object): number => documentSize(document)

/** Bytes of a number or time, and of a document without fields: none takes more. */
const mostOfScalar = 8
const mostOfCharacter = 3
const mostOfIndex = 12

/** A size that `storedSize` does not exceed, without reading the texts. */
export const mostStoredSize = (value: unknown): number => {
  if (typeof value === 'string') return mostOfCharacter * value.length + 5
  if (typeof value !== 'object' || value === null) return mostOfScalar
  let size = mostOfScalar
  if (Array.isArray(value)) {
    for (const one of value) size += mostOfIndex + mostStoredSize(one)
    return size
  }
  for (const name of Object.keys(value))
    size += nameSize(name) + mostStoredSize((value as Record<string, unknown>)[name])
  return size
}
