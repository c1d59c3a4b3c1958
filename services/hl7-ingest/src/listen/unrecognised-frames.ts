import type { OpenFrame } from './frame-order.ts'

/** Frames of one address, and in all. */
const mostOfAddress = 32
const mostInAll = 512

/**
 * Bounds the number of unfinished frames whose sender is not recognised, so that nobody who is not
 * known here holds much memory. The oldest gives way: the first bytes of a frame come together.
 */
export const createUnrecognisedFrames = () => {
  const frames = new Set<OpenFrame>()

  const tooMany = (address: string): OpenFrame | undefined => {
    const byAddress = Map.groupBy(frames, (frame) => frame.address)
    const own = byAddress.get(address) ?? []
    if (own.length > mostOfAddress) return own[0]
    if (frames.size <= mostInAll) return undefined
    const [most = []] = [...byAddress.values()].sort((one, other) => other.length - one.length)
    return most[0]
  }

  return {
    add: (frame: OpenFrame): void => {
      if (frames.has(frame)) return
      frames.add(frame)
      const oldest = tooMany(frame.address)
      if (oldest === undefined) return
      frames.delete(oldest)
      oldest.giveUp('unrecognised')
    },
    /** It is recognised or complete, or its connection is closed. */
    delete: (frame: OpenFrame): void => void frames.delete(frame),
  }
}

export type UnrecognisedFrames = ReturnType<typeof createUnrecognisedFrames>
