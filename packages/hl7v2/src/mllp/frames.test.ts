import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MllpFrame, mllpFrames } from './frames.ts'

const limit = 1_000_000
const bytes = (text: string) => Buffer.from(text, 'latin1')
const show = (cut: MllpFrame) => (cut.kind === 'frame' ? cut.payload.toString('latin1') : cut.kind)

const framesOf = (chunks: Buffer[], maxBytes = limit) => {
  const frames = mllpFrames(maxBytes)
  return { cuts: chunks.flatMap((chunk) => frames.push(chunk)).map(show), frames }
}
const inChunksOf = (wire: Buffer, size: number) =>
  Array.from({ length: Math.ceil(wire.length / size) }, (_, index) =>
    wire.subarray(index * size, (index + 1) * size),
  )

const wire = bytes('\x0bMSH|first\rPID|1\x1c\rnoise\x0bMSH|se\x1ccond\r\x1c\r\x0b\x1c\r')
const expected = ['MSH|first\rPID|1', 'MSH|se\x1ccond\r', '']

test.each([1, 2, 3, 7, wire.length])(
  'splits three back-to-back frames from chunks of %i bytes',
  (size) => {
    expect(framesOf(inChunksOf(wire, size)).cuts).toEqual(expected)
  },
)

test('splits the same at every pair of chunk boundaries', () => {
  for (let first = 0; first <= wire.length; first += 1) {
    for (let second = first; second <= wire.length; second += 1) {
      const chunks = [wire.subarray(0, first), wire.subarray(first, second), wire.subarray(second)]
      expect(framesOf(chunks).cuts).toEqual(expected)
    }
  }
})

test('any payloads, noise and chunks give the payloads, in order', () => {
  const payload = fc
    .uint8Array({ maxLength: 60 })
    .map((raw) => Buffer.from(raw).toString('latin1'))
    .filter((text) => !/\x1c(\r|\x0b|$)|\x0b(MSH|FHS|BHS|<)/.test(text))
  const noise = fc.string({ unit: fc.constantFrom('\r', '\n', ' ', 'x', '\x1c'), maxLength: 5 })
  fc.assert(
    fc.property(
      fc.array(fc.tuple(payload, noise), { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 }),
      (parts, sizes) => {
        const stream = bytes(parts.map(([text, between]) => `\x0b${text}\x1c\r${between}`).join(''))
        const chunks: Buffer[] = []
        for (let at = 0, turn = 0; at < stream.length; turn += 1) {
          const size = sizes[turn % sizes.length] as number
          chunks.push(stream.subarray(at, at + size))
          at += size
        }
        const { cuts, frames } = framesOf(chunks)
        expect(cuts).toEqual(parts.map(([text]) => text))
        expect(frames.dropped.noiseBytes).toBe(
          parts.reduce((sum, [, between]) => sum + between.length, 0),
        )
      },
    ),
  )
})

describe('protocol violations by senders', () => {
  test('bytes outside frames are dropped and counted', () => {
    const { cuts, frames } = framesOf([bytes('abc\x0bMSH|1\x1c\r\r\n\x0bMSH|2\x1c\r')])
    expect(cuts).toEqual(['MSH|1', 'MSH|2'])
    expect(frames.dropped.noiseBytes).toBe(5)
  })

  test.each([1, 2, 5, 100])('a missing CR before the next frame, in chunks of %i', (size) => {
    expect(framesOf(inChunksOf(bytes('\x0bMSH|1\x1c\x0bMSH|2\x1c\r'), size)).cuts).toEqual([
      'MSH|1',
      'MSH|2',
    ])
  })

  test.each([
    ['<A>half\x0b<A/>', '<A/>'],
    ['MSH|half\x0b<?xml?><A/>', '<?xml?><A/>'],
    ['MSH|1|a\x0b<5 mmol/l', 'MSH|1|a\x0b<5 mmol/l'],
  ])('XML cannot contain 0x0B, a text before XML can: %j', (payload, whole) => {
    expect(framesOf([bytes(`\x0b${payload}\x1c\r`)]).cuts).toEqual([whole])
  })

  test.each([1, 2, 5, 100])(
    'a restarted frame drops the incomplete one, in chunks of %i',
    (size) => {
      const { cuts, frames } = framesOf(
        inChunksOf(bytes('\x0bMSH|^~\\&|half\x0bMSH|^~\\&|whole\x1c\r'), size),
      )
      expect(cuts).toEqual(['MSH|^~\\&|whole'])
      expect(frames.dropped.halfFrames).toBe(1)
    },
  )

  test.each(['line', 'MSH2: preserved', 'MSH: 4 pmol/l', 'BHS'])(
    'a 0x0B used as a line break is kept with the text before it, even before %j',
    (line) => {
      const payload = `MSH|1\rOBX|1|TX|||MLH1: lost\x0b${line}\x0bMSH6: preserved`
      expect(framesOf([bytes(`\x0b${payload}\x1c\r`)])).toMatchObject({
        cuts: [payload],
        frames: { dropped: { halfFrames: 0 } },
      })
    },
  )
})

describe('limit', () => {
  test.each([1, 3, 64])('is enforced while the frame arrives, in chunks of %i bytes', (size) => {
    const { cuts, frames } = framesOf(inChunksOf(bytes(`\x0bMSH|${'x'.repeat(200)}`), size), 100)
    expect(cuts).toEqual(['too-large'])
    expect(frames.pendingBytes()).toBe(0)
  })

  test.each([1, 3, 200])(
    'a frame of exactly the limit is accepted, in chunks of %i bytes',
    (size) => {
      expect(framesOf(inChunksOf(bytes(`\x0b${'x'.repeat(100)}\x1c\r`), size), 100).cuts).toEqual([
        'x'.repeat(100),
      ])
      expect(framesOf(inChunksOf(bytes(`\x0b${'x'.repeat(101)}\x1c\r`), size), 100).cuts).toEqual([
        'too-large',
      ])
    },
  )

  test('returns the first bytes, so that the sender can be answered, and reads no more', () => {
    const frames = mllpFrames(100)
    const [cut] = frames.push(bytes(`\x0bMSH|^~\\&|A\r${'x'.repeat(200)}\x1c\r\x0bMSH|2\x1c\r`))
    expect(cut).toMatchObject({ kind: 'too-large' })
    expect(cut?.kind === 'too-large' && cut.head.toString().startsWith('MSH|^~\\&|A\r')).toBe(true)
    expect(frames.push(bytes('\x0bMSH|3\x1c\r'))).toEqual([])
  })

  test('a frame can have its own lower limit; the next has the default', () => {
    const frames = mllpFrames(100)
    frames.push(bytes('\x0bMSH'))
    frames.setLimit(10)
    expect(frames.push(bytes('|23456\x1c\r')).map(show)).toEqual(['MSH|23456'])
    expect(frames.push(bytes(`\x0b${'x'.repeat(50)}\x1c\r`)).map(show)).toEqual(['x'.repeat(50)])
    frames.push(bytes('\x0bMSH'))
    frames.setLimit(10)
    expect(frames.push(bytes('|234567890')).map(show)).toEqual(['too-large'])
  })
})

test('twenty megabytes in chunks of one kilobyte, and one of many tiny chunks, stay linear', () => {
  const timed = (size: number, chunkSize: number) => {
    const chunk = Buffer.alloc(chunkSize, 'x')
    const frames = mllpFrames(20_000_000)
    const started = performance.now()
    frames.push(bytes('\x0b'))
    for (let sent = 0; sent < size; sent += chunkSize) frames.push(chunk)
    expect(frames.push(bytes('\x1c\r'))).toHaveLength(1)
    return performance.now() - started
  }
  timed(1_000_000, 1_000)
  // Concatenating on each chunk would copy 200 GB.
  expect(timed(20_000_000, 1_000)).toBeLessThan(10_000)
  expect(timed(300_000, 1)).toBeLessThan(10_000)
})
