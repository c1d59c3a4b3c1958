/** Bytes of a name and its end, and of the type before it. */
const nameSize = (name: string): number => Buffer.byteLength(name) + 2

const valueSize = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value) + 5
  if (typeof value === 'boolean') return 1
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) <= 0x7fffffff ? 4 : 8
  if (value instanceof Date) return 8
  if (typeof value !== 'object' || value === null) return 0
  return documentSize(value)
}

const documentSize = (value: object): number =>
  Object.entries(value).reduce(
    (sum, [name, field]) => (field === undefined ? sum : sum + nameSize(name) + valueSize(field)),
    5,
  )

/**
 * Bytes of a document as MongoDB stores it.
 *
 * @see https://bsonspec.org/spec.html
 */
export const storedSize = (document: object): number => documentSize(document)
