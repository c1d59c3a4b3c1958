import fc from 'fast-check'
import { expect, test } from 'vitest'
import { idSeal } from './id-seal.ts'
import { patientKeyOf, publicId } from './public-id.ts'

const key = (byte: number) => Buffer.alloc(32, byte)
const id = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString('base64url'))

test('a public id is opened with its key, and no two ids have the same', () => {
  const { seal, open } = idSeal([key(1)])
  fc.assert(
    fc.property(id, id, (one, other) => {
      expect(seal(one)).toMatch(/^[A-Za-z0-9_-]{22}$/)
      expect(open(seal(one))).toEqual([one])
      expect(seal(one) === seal(other)).toBe(one === other)
    }),
  )
})

test('the public id of a number is another with each key, and never the digest of the number', () => {
  const digest = publicId(patientKeyOf('RJZ', '1234567'))
  const sealed = [1, 2].map((byte) => idSeal([key(byte)]).seal(digest))
  expect(new Set([digest, ...sealed]).size).toBe(3)
})

test('during a rotation ids of the former key still count; afterwards they do not', () => {
  const digest = publicId(patientKeyOf('RJZ', '1234567'))
  const before = idSeal([key(1)]).seal(digest)
  const during = idSeal([key(2), key(1)])
  expect(during.seal(digest)).toBe(idSeal([key(2)]).seal(digest))
  expect(during.sealAll(digest)).toEqual([during.seal(digest), before])
  expect(during.open(before)).toContain(digest)
  expect(during.open(during.seal(digest))).toContain(digest)
  expect(idSeal([key(2)]).open(before)).not.toContain(digest)
})

test.each(['', 'p', 'x'.repeat(21), 'x'.repeat(23), '/'.repeat(22), `${'A'.repeat(21)}B`])(
  'what is no id opens nothing: %s',
  (text) => expect(idSeal([key(1)]).open(text)).toEqual([]),
)
