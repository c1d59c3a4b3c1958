import fc from 'fast-check'
import type { FuzzTarget } from './target.ts'

/**
 * Position and length of a piece in ten-thousandths of the message, so that they fit any message.
 */
type Edit = { at: number; cut: number; put: Buffer; copies: number }

const largest = 2_000_000

const apply = (bytes: Buffer, { at, cut, put, copies }: Edit): Buffer => {
  const start = Math.floor((at * bytes.length) / 10_000)
  const piece = bytes.subarray(start, start + cut)
  const times = Math.min(copies, Math.floor(largest / Math.max(1, piece.length)))
  return Buffer.concat([
    bytes.subarray(0, start),
    put,
    ...Array.from({ length: times }, () => piece),
    bytes.subarray(start + cut),
  ])
}

/**
 * Real messages with pieces removed, inserted or repeated up to thousands of times; sometimes
 * random bytes.
 */
export const mutated = ({ seeds, tokens }: FuzzTarget): fc.Arbitrary<Buffer> => {
  const anyBytes = (maxLength: number) =>
    fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes))
  const edit = fc.record({
    at: fc.integer({ min: 0, max: 9_999 }),
    cut: fc.oneof({ weight: 5, arbitrary: fc.nat(60) }, fc.nat(2_000)),
    put: fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...tokens) }, anyBytes(8)),
    copies: fc.oneof({ weight: 40, arbitrary: fc.nat(2) }, fc.nat(40), {
      weight: 1,
      arbitrary: fc.nat(3_000),
    }),
  })
  const message = fc
    .record({ seed: fc.nat(seeds.length - 1), edits: fc.array(edit, { maxLength: 6 }) })
    .map(({ seed, edits }) => edits.reduce(apply, seeds[seed] as Buffer).subarray(0, largest))
  return fc.oneof({ weight: 19, arbitrary: message }, anyBytes(300))
}
