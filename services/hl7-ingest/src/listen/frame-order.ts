import type { CloseReason } from '../meter.ts'

/** A frame that grows more slowly is given up when others wait for room, bytes per second. */
export const slowBytesPerSecond = 65_536

/** An unfinished frame. */
export type OpenFrame = {
  address: string
  /** ODS code of its sender; null if it is not recognised. */
  sender: () => string | null
  bytes: () => number
  /** Bytes per second of late; infinite if it is not known yet, or if it is not read. */
  pace: (now: number) => number
  /** Closes its connection. */
  giveUp: (reason: CloseReason) => void
}

/** Frames that deliver, then those not yet known to, the newest first; slow ones last. */
export const byPace = (oldestFirst: readonly OpenFrame[], now: number): OpenFrame[] => {
  const paced = oldestFirst.map((frame) => ({ frame, pace: frame.pace(now) }))
  const framesOf = (isIn: (pace: number) => boolean) =>
    paced.filter(({ pace }) => isIn(pace)).map(({ frame }) => frame)
  return [
    ...framesOf((pace) => Number.isFinite(pace) && pace >= slowBytesPerSecond),
    ...framesOf((pace) => !Number.isFinite(pace)).toReversed(),
    ...framesOf((pace) => pace < slowBytesPerSecond).toReversed(),
  ]
}
