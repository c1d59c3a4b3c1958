import type { Socket } from 'node:net'
import type { BackPressure } from '@tideway/ingest/back-pressure'
import type { IngestErrorCode } from '../errors.ts'
import type { Peer } from '../identify/identify.ts'
import type { CloseReason, ListenerMeter, PauseReason } from '../meter.ts'
import type { MllpConnection } from '../receive.ts'
import { createAnswerQueue } from './answer-queue.ts'
import type { FrameBudget } from './frame-budget.ts'
import type { FramePace } from './frame-clock.ts'
import { type LimitsBySender, limitedFrames } from './limited-frames.ts'
import { createMessageQueue, type Refusal, refusal } from './message-queue.ts'
import { createOpenFrame, type SenderOf } from './open-frame.ts'
import { createReadGate } from './read-gate.ts'
import type { UnrecognisedFrames } from './unrecognised-frames.ts'

/**
 * Time to discard input after the last answer, milliseconds: closing at once could lose the answer.
 */
const lingerMs = 1_000

export type Handlers = {
  /** Answers to a frame, each sent in its own frame. Never rejects because of the content. */
  onFrame: (bytes: Buffer, connection: MllpConnection) => Promise<readonly Buffer[]>
  /** Answer to a rejected frame, from its first bytes; null if its header is incomplete. */
  onRefusal: (head: Buffer, connection: MllpConnection, code: IngestErrorCode) => Buffer | null
  onFailure: (cause: unknown) => void
  onPause: (reason: PauseReason) => void
  /** This side closes the connection, because of its unfinished frame. */
  onClose: (reason: CloseReason, connection: MllpConnection) => void
  senderOf: SenderOf
  limits: LimitsBySender
  pace: FramePace
  /** Most connections of one address; more are closed at once. */
  connectionsPerAddress: number
  backPressure: BackPressure
  budget: FrameBudget
  unrecognised: UnrecognisedFrames
  meter: ListenerMeter
}

/**
 * Serves one connection: frames in, answers out in the same order, whatever is in progress. The
 * socket is not read while too much is in progress on it or in the process, or while the peer does
 * not read its answers.
 */
export const serveConnection = (socket: Socket, peer: Peer, label: string, handlers: Handlers) => {
  const { backPressure, meter } = handlers
  let lastByteAt = performance.now()
  let isListening = true
  const frames = limitedFrames(handlers.limits, peer, meter)
  const { idleFrameMs } = handlers.limits.widest
  const open = createOpenFrame({ ...handlers, frames, peer, idleFrameMs }, (reason) =>
    close(reason, { kind: 'end' }),
  )
  const answers = createAnswerQueue(socket, meter.answered)
  const queue = createMessageQueue(answers, backPressure, {
    process: (payload) => handlers.onFrame(payload, connection),
    refuse: ({ head, code }) => handlers.onRefusal(head, connection, code),
    fail: (cause) => {
      handlers.onFailure(cause)
      socket.destroy()
    },
    changed: () => gate.update(),
  })
  const connection: MllpConnection = { peer, label, holdUntil: queue.holdUntil }
  const reasonToPause = (): PauseReason | null => {
    if (queue.isHeld()) return 'order'
    if (queue.isFull()) return 'pipeline'
    if (backPressure.isFull()) return 'memory'
    if (socket.writableNeedDrain) return 'slow-reader'
    return open.mayGrow(performance.now()) ? null : 'large-frame'
  }
  const gate = createReadGate(socket, backPressure, reasonToPause, handlers.onPause, () => {
    lastByteAt = performance.now()
  })

  /** Stops reading; further input is discarded, so that answers get through. */
  const stopListening = (last: Refusal | { kind: 'end' }): void => {
    if (!isListening) return
    isListening = false
    gate.leave()
    open.leave()
    socket.resume()
    queue.end(last)
  }

  const close = (reason: CloseReason, last: Refusal | { kind: 'end' }): void => {
    if (!isListening) return
    handlers.onClose(reason, connection)
    stopListening(last)
  }

  /** Answers the unfinished frame, and closes. */
  const refuseOpen = (reason: CloseReason, code: IngestErrorCode, at: number): void =>
    close(reason, refusal(Buffer.from(frames.head()), code, at))

  const onData = (chunk: Buffer): void => {
    if (!isListening) return
    lastByteAt = performance.now()
    meter.read(chunk.length)
    const found = frames.push(chunk)
    for (const frame of found) {
      if (frame.kind === 'frame') queue.add(frame.payload, lastByteAt)
      else close('too-large', refusal(frame.head, 'TOO_LARGE', lastByteAt))
      if (!isListening) return
    }
    open.advance(lastByteAt, found.length > 0)
    const unknown = open.refusal()
    if (unknown !== null) refuseOpen('unknown-sender', unknown, lastByteAt)
    queue.pump()
  }

  socket.on('data', onData)
  socket.on('drain', gate.update)
  socket.on('end', () => stopListening({ kind: 'end' }))
  socket.on('finish', () => setTimeout(() => socket.destroy(), lingerMs).unref())
  socket.on('close', () => {
    isListening = false
    gate.leave()
    open.leave()
    queue.clear()
  })

  return {
    /**
     * Reads again if there is room, and rejects an unfinished frame that is idle, or takes, for too
     * long.
     *
     * @param now  on the clock of `performance.now()`
     */
    check: (now: number): void => {
      if (!isListening) return
      gate.update()
      const reason = gate.isPaused() ? reasonToPause() : null
      const isOurs = reason !== null && reason !== 'slow-reader'
      if (isOurs) {
        open.stopClock(now)
        return
      }
      open.resumeClock(now)
      const idle = frames.idleHead(now - lastByteAt) === null ? null : 'idle'
      const overdue = idle ?? open.overdue(now)
      if (overdue !== null) refuseOpen(overdue, 'FRAME_TIMEOUT', now)
    },
    /** Answers messages in progress, starts no more, and closes. */
    drain: (): void => {
      queue.clear()
      stopListening({ kind: 'end' })
    },
  }
}
