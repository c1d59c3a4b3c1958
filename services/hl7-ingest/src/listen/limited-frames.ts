import { headBytes } from '@tideway/hl7v2/mllp/frame-buffer'
import { type MllpFrame, mllpFrames } from '@tideway/hl7v2/mllp/frames'
import type { Source } from '@tideway/schemas/source'
import type { Peer } from '../identify/identify.ts'
import type { ListenerMeter } from '../meter.ts'

export type FrameLimits = { maxMessageBytes: number; idleFrameMs: number }

/**
 * The highest limits of any sender (`widest`), the lowest (`smallest`), and those of the sender of
 * a frame, from its first bytes (`of`), which is called only above `smallest`.
 */
export type LimitsBySender = {
  widest: FrameLimits
  smallest: () => FrameLimits
  of: (head: Buffer, peer: Peer) => FrameLimits
}

/** The lowest limits of any sender. */
export const smallestOf = (sources: readonly Source[], limits: FrameLimits): FrameLimits => {
  const all = [limits, ...sources.map(({ hl7 }) => hl7.limits)]
  return {
    maxMessageBytes: Math.min(...all.map(({ maxMessageBytes }) => maxMessageBytes)),
    idleFrameMs: Math.min(...all.map(({ idleFrameMs }) => idleFrameMs)),
  }
}

/** Frames of one connection, each within the limits of its sender. */
export const limitedFrames = (
  { widest, smallest, of }: LimitsBySender,
  peer: Peer,
  meter: Pick<ListenerMeter, 'dropped'>,
) => {
  const frames = mllpFrames(widest.maxMessageBytes)
  const counted = { noiseBytes: 0, halfFrames: 0 }
  let isLimited = false

  /** Sets the limit of the unfinished frame once it exceeds the lowest. */
  const limitUnfinished = () => {
    if (isLimited || frames.pendingBytes() <= smallest().maxMessageBytes) return
    isLimited = true
    frames.setLimit(of(frames.head(), peer).maxMessageBytes)
  }

  const countDropped = () => {
    meter.dropped({
      noiseBytes: frames.dropped.noiseBytes - counted.noiseBytes,
      halfFrames: frames.dropped.halfFrames - counted.halfFrames,
    })
    Object.assign(counted, frames.dropped)
  }

  const withinLimit = (frame: MllpFrame): MllpFrame => {
    if (frame.kind === 'too-large' || frame.payload.length <= smallest().maxMessageBytes)
      return frame
    const head = frame.payload.subarray(0, headBytes)
    return frame.payload.length > of(head, peer).maxMessageBytes
      ? { kind: 'too-large', head }
      : frame
  }

  return {
    push(chunk: Buffer): MllpFrame[] {
      const found = frames.push(chunk)
      if (found.length > 0) isLimited = false
      const limited = found.map(withinLimit)
      limitUnfinished()
      countDropped()
      return limited
    },
    pendingBytes: frames.pendingBytes,
    isInFrame: frames.isInFrame,
    head: frames.head,
    /**
     * First bytes of the unfinished frame if it has been idle for longer than its sender's limit;
     * else null.
     */
    idleHead(idleMs: number): Buffer | null {
      if (!frames.isInFrame() || idleMs <= smallest().idleFrameMs) return null
      return idleMs <= of(frames.head(), peer).idleFrameMs ? null : Buffer.from(frames.head())
    },
  }
}

export type LimitedFrames = ReturnType<typeof limitedFrames>
