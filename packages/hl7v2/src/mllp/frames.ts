import { beginsHeader } from './begins-header.ts'
import { isXml } from '../xml/is-xml.ts'

const START = 0x0b
const END = 0x1c
const CR = 0x0d
/** How a payload begins: after a 0x0B inside a frame it means that the sender began again. */
const headers = ['\x0bMSH', '\x0bFHS', '\x0bBHS'].map((text) => Buffer.from(text))
const ofXml = Buffer.from('\x0b<?xml')
/** XML cannot hold a 0x0B at all. */
const inXml = Buffer.from('\x0b<')

/** The last place where the text stands with a header after it; -1 if nowhere. */
const lastHeader = (payload: Buffer, name: Buffer): number => {
  let at = payload.lastIndexOf(name)
  while (at > 0 && !beginsHeader(payload, at + 1)) at = payload.lastIndexOf(name, at - 1)
  return at !== -1 && beginsHeader(payload, at + 1) ? at : -1
}
const ends = [Buffer.of(END, CR), Buffer.of(END, START)]
const firstCapacity = 4_096

/**
 * Where the frame ends in `chunk` (index of its 0x1C), -1 if not yet. A 0x1C that ends the chunk
 * waits for its neighbour.
 */
const endIn = (chunk: Buffer, from: number): number => {
  const at = chunk.indexOf(END, from)
  if (at === -1 || chunk[at + 1] === CR) return at
  const found = ends.map((end) => chunk.indexOf(end, at)).filter((index) => index !== -1)
  return found.length === 0 ? -1 : Math.min(...found)
}

/**
 * One payload as it came, or a frame that passed the limit: its first bytes, after which nothing of
 * the stream is read.
 */
export type Cut = { kind: 'frame'; payload: Buffer } | { kind: 'too-large'; head: Buffer }

/**
 * Cuts a TCP byte stream into MLLP payloads, in order, however the bytes were chunked. The work and
 * the memory are linear in the bytes: each is looked at once and copied at most twice.
 *
 * A frame ends at 0x1C 0x0D, or at 0x1C 0x0B where a sender leaves the CR out and starts the next;
 * any other 0x1C is data. 0x0B is data too (word processors use it for a line break), unless MSH,
 * FHS, BHS or the beginning of XML follows: then the sender gave up half a frame and began again,
 * and the half is dropped, never joined to the next. Bytes between frames are dropped and counted.
 * Payloads are bytes: only the source's file knows their character set.
 *
 * @param maxBytes  limit of a payload, enforced while it is still arriving; `setLimit` changes it
 *   for this frame
 * @see HL7 MLLP release 1: <VT> payload <FS><CR>
 */
export const mllpFrames = (maxBytes: number) => {
  let inFrame = false
  let pending = Buffer.alloc(0)
  let length = 0
  let limit = maxBytes
  let over = false
  const dropped = { noiseBytes: 0, halfFrames: 0 }

  /** Doubles, so that growing stays linear, and does not pass what the limit allows. */
  const capacityFor = (bytes: number): number =>
    Math.max(bytes, Math.min(Math.max(firstCapacity, 2 * bytes), limit + 1))

  const keep = (bytes: Buffer): void => {
    if (length + bytes.length > pending.length) {
      const grown = Buffer.allocUnsafeSlow(capacityFor(length + bytes.length))
      pending.copy(grown, 0, 0, length)
      pending = grown
    }
    bytes.copy(pending, length)
    length += bytes.length
  }

  /** Hands the frame over; the buffer is the receiver's from now on. */
  const finish = (last: Buffer): Buffer => {
    if (length > 0) keep(last)
    const payload = length > 0 ? pending.subarray(0, length) : last
    pending = Buffer.alloc(0)
    length = 0
    limit = maxBytes
    return afterRestart(payload)
  }

  const afterRestart = (payload: Buffer): Buffer => {
    if (!payload.includes(START)) return payload
    const again = Math.max(
      ...headers.map((name) => lastHeader(payload, name)),
      payload.lastIndexOf(isXml(payload) ? inXml : ofXml),
    )
    if (again === -1) return payload
    dropped.halfFrames += 1
    return payload.subarray(again + 1)
  }

  const tooLarge = (rest: Buffer): Cut => {
    over = true
    if (length < firstCapacity) keep(rest.subarray(0, firstCapacity))
    const head = Buffer.from(pending.subarray(0, Math.min(length, firstCapacity)))
    pending = Buffer.alloc(0)
    length = 0
    return { kind: 'too-large', head }
  }

  /** Looks for the next frame. @returns where to go on */
  const between = (chunk: Buffer, at: number): number => {
    const start = chunk.indexOf(START, at)
    const next = start === -1 ? chunk.length : start
    dropped.noiseBytes += next - at
    inFrame = start !== -1
    return next + 1
  }

  /** The chunk before ended with the 0x1C that this one's first byte makes an end. */
  const endedBefore = (chunk: Buffer, at: number): boolean =>
    at === 0 && length > 0 && pending[length - 1] === END && (chunk[0] === CR || chunk[0] === START)

  /** Takes up to the end of the frame, or all there is. @returns where to go on */
  const within = (chunk: Buffer, at: number, cuts: Cut[]): number => {
    if (endedBefore(chunk, at)) {
      length -= 1
      inFrame = chunk[0] === START
      cuts.push({ kind: 'frame', payload: finish(chunk.subarray(0, 0)) })
      return 1
    }
    const end = endIn(chunk, at)
    const rest = chunk.subarray(at, end === -1 ? chunk.length : end)
    const unfinished = end === -1 ? 1 : 0
    if (length + rest.length > limit + unfinished) {
      cuts.push(tooLarge(rest))
      return chunk.length
    }
    if (end === -1) {
      keep(rest)
      return chunk.length
    }
    inFrame = chunk[end + 1] === START
    cuts.push({ kind: 'frame', payload: finish(rest) })
    return end + 2
  }

  return {
    dropped,
    /** Bytes of the unfinished frame. */
    pendingBytes: () => length,
    /** The first bytes of the unfinished frame. */
    head: () => pending.subarray(0, Math.min(length, firstCapacity)),
    isInFrame: () => inFrame,
    /** Gives the frame under way a limit of its own, once its sender is known. */
    setLimit: (bytes: number) => {
      limit = Math.min(bytes, maxBytes)
    },

    push(chunk: Buffer): Cut[] {
      const cuts: Cut[] = []
      for (let at = 0; at < chunk.length && !over; )
        at = inFrame ? within(chunk, at, cuts) : between(chunk, at)
      return cuts
    },
  }
}
