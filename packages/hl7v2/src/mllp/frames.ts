import { createFrameBuffer } from './frame-buffer.ts'
import { restartIn } from './restart.ts'

const START = 0x0b
const END = 0x1c
const CR = 0x0d
const ends = [Buffer.of(END, CR), Buffer.of(END, START)]
const nothing = Buffer.alloc(0)

/**
 * Index of the 0x1C that ends the frame in `chunk`; -1 if there is none. A 0x1C in last position is
 * undecided until the next chunk.
 */
const endIn = (chunk: Buffer, from: number): number => {
  const at = chunk.indexOf(END, from)
  if (at === -1 || chunk[at + 1] === CR) return at
  const found = ends.map((end) => chunk.indexOf(end, at)).filter((index) => index !== -1)
  return found.length === 0 ? -1 : Math.min(...found)
}

/** Whether the first byte of a chunk makes a 0x1C before it the end of a frame. */
const confirmsEnd = (chunk: Buffer): boolean => chunk[0] === CR || chunk[0] === START

/**
 * A payload as sent; or the first bytes of one over the limit, after which the stream is not read.
 */
export type MllpFrame = { kind: 'frame'; payload: Buffer } | { kind: 'too-large'; head: Buffer }

/**
 * Splits a TCP byte stream into MLLP payloads, in order, however the bytes are chunked. Work and
 * memory are linear in the bytes: each is searched once and copied at most twice.
 *
 * A frame ends at 0x1C 0x0D, or at 0x1C 0x0B where a sender omits the CR and starts the next frame;
 * any other 0x1C is data. If the sender restarted the payload within the frame (`restartIn`), the
 * last one is used, and the incomplete one is dropped and counted. Bytes between frames are dropped
 * and counted. Payloads are bytes: their character set is not known here.
 *
 * @param maxBytes  limit of a payload, enforced while it arrives; `setLimit` lowers it for one
 *   frame
 * @see HL7 MLLP release 1: <VT> payload <FS><CR>
 */
export const mllpFrames = (maxBytes: number) => {
  const pending = createFrameBuffer()
  const dropped = { noiseBytes: 0, halfFrames: 0 }
  let inFrame = false
  let limit = maxBytes
  let isOver = false

  const complete = (last: Buffer): MllpFrame => {
    const whole = pending.take(last, limit)
    const start = restartIn(whole)
    if (start > 0) dropped.halfFrames += 1
    limit = maxBytes
    return { kind: 'frame', payload: start === 0 ? whole : whole.subarray(start) }
  }

  const tooLarge = (rest: Buffer): MllpFrame => {
    isOver = true
    return { kind: 'too-large', head: pending.takeHead(rest, limit) }
  }

  /** Looks for the start of a frame. @returns index to continue at */
  const between = (chunk: Buffer, at: number): number => {
    const start = chunk.indexOf(START, at)
    const next = start === -1 ? chunk.length : start
    dropped.noiseBytes += next - at
    inFrame = start !== -1
    return next + 1
  }

  /** Reads to the end of the frame or of the chunk. @returns index to continue at */
  const within = (chunk: Buffer, at: number, frames: MllpFrame[]): number => {
    if (at === 0 && confirmsEnd(chunk) && pending.endsWith(END)) {
      pending.dropLast()
      inFrame = chunk[0] === START
      frames.push(complete(nothing))
      return 1
    }
    const end = endIn(chunk, at)
    const rest = chunk.subarray(at, end === -1 ? chunk.length : end)
    // An undecided 0x1C in last position does not count.
    if (pending.length() + rest.length > limit + (end === -1 ? 1 : 0)) {
      frames.push(tooLarge(rest))
      return chunk.length
    }
    if (end === -1) {
      pending.append(rest, limit)
      return chunk.length
    }
    inFrame = chunk[end + 1] === START
    frames.push(complete(rest))
    return end + 2
  }

  return {
    dropped,
    /** Bytes of the unfinished frame. */
    pendingBytes: pending.length,
    /** The first bytes of the unfinished frame. */
    head: pending.head,
    isInFrame: () => inFrame,
    /** Sets a limit for the unfinished frame only, once its sender is known. */
    setLimit: (bytes: number) => {
      limit = Math.min(bytes, maxBytes)
    },

    push(chunk: Buffer): MllpFrame[] {
      const frames: MllpFrame[] = []
      for (let at = 0; at < chunk.length && !isOver; )
        at = inFrame ? within(chunk, at, frames) : between(chunk, at)
      return frames
    },
  }
}
