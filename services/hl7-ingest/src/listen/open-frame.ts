import type { IngestErrorCode } from '../errors.ts'
import type { Peer } from '../identify/identify.ts'
import type { CloseReason } from '../meter.ts'
import type { FrameBudget } from './frame-budget.ts'
import type { OpenFrame } from './frame-order.ts'
import { createFrameClock, type FramePace } from './frame-clock.ts'
import type { LimitedFrames } from './limited-frames.ts'
import type { UnrecognisedFrames } from './unrecognised-frames.ts'

/** ODS code of the sender of a frame, or why it is not recognised. */
type FrameSender = { ods: string } | { refusal: IngestErrorCode }

/** The sender of a frame, from its first bytes; undefined if more are needed. */
export type SenderOf = (head: Buffer, peer: Peer) => FrameSender | undefined

type Parts = {
  frames: LimitedFrames
  peer: Peer
  senderOf: SenderOf
  budget: FrameBudget
  unrecognised: UnrecognisedFrames
  pace: FramePace
  /** Time a frame may be idle, which a slow frame has in any case. */
  idleFrameMs: number
}

/** The unfinished frame of a connection: its sender, its time and its share of the budget. */
export const createOpenFrame = (
  { frames, peer, senderOf, budget, unrecognised, pace, idleFrameMs }: Parts,
  giveUp: (reason: CloseReason) => void,
) => {
  const clock = createFrameClock(frames.pendingBytes)
  let isOpen = false
  let sender: FrameSender | undefined

  const odsOf = (): string | null => (sender !== undefined && 'ods' in sender ? sender.ods : null)

  const frame: OpenFrame = {
    address: peer.address,
    sender: odsOf,
    bytes: frames.pendingBytes,
    pace: clock.pace,
    giveUp,
  }

  const leave = (): void => {
    if (!isOpen) return
    isOpen = false
    unrecognised.delete(frame)
    budget.leave(frame)
  }

  const recognise = (): void => {
    if (sender !== undefined) return
    sender = senderOf(frames.head(), peer)
    if (odsOf() !== null) unrecognised.delete(frame)
    else unrecognised.add(frame)
  }

  return {
    /**
     * Notes what a chunk has done.
     *
     * @param completed  whether it completed the frame before
     */
    advance: (now: number, completed: boolean): void => {
      if (completed) leave()
      if (!frames.isInFrame()) return
      if (!isOpen) {
        isOpen = true
        sender = undefined
        clock.start(now)
      }
      recognise()
    },
    mayGrow: (now: number): boolean => !isOpen || budget.mayGrow(frame, now),
    /** Why it is refused: too large for a sender that is not recognised. Null if it is not. */
    refusal: (): IngestErrorCode | null => {
      if (!isOpen || odsOf() !== null || !budget.needsSender(frame)) return null
      return sender !== undefined && 'refusal' in sender ? sender.refusal : 'NOT_HL7'
    },
    stopClock: clock.stop,
    resumeClock: clock.resume,
    overdue: (now: number) => (isOpen ? clock.overdue(now, pace, idleFrameMs) : null),
    leave,
  }
}
