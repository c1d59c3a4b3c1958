import { serialize } from 'bson'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mostStoredSize, storedSize } from './stored-size.ts'

const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.integer(),
  fc.constantFrom(0, -0, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1),
  fc.double(),
  fc.boolean(),
  fc.date({ noInvalidDate: true }),
  fc.constant(null),
)
const name = fc
  .string({ maxLength: 12 })
  .filter((text) => !text.includes('\0') && !['__proto__', 'toBSON'].includes(text))
const { document } = fc.letrec<{ document: Record<string, unknown> }>((tie) => ({
  document: fc.dictionary(
    name,
    fc.oneof(
      { depthSize: 'small' },
      scalar,
      tie('document'),
      fc.array(fc.oneof(scalar, tie('document')), { maxLength: 12 }),
    ),
  ),
}))

test('the size of a document is that of its BSON, and the upper bound is not below it', () => {
  fc.assert(
    fc.property(document, (one) => {
      const bytes = serialize(one).length
      expect(storedSize(one)).toBe(bytes)
      expect(mostStoredSize(one)).toBeGreaterThanOrEqual(bytes)
    }),
    { numRuns: 40 },
  )
})
