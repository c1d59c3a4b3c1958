import type { Socket } from 'node:net'
import type { BackPressure } from '@tideway/ingest/back-pressure'
import type { IngestErrorCode } from '../errors.ts'
import type { Peer } from '../identify/identify.ts'
import type { ListenerMeter, PauseReason } from '../meter.ts'
import type { MllpConnection } from '../receive.ts'
import { createAnswerQueue } from './answer-queue.ts'
import { type LimitsBySender, limitedFrames } from './limited-frames.ts'
import { createMessageQueue, type Refusal } from './message-queue.ts'
import { createReadGate } from './read-gate.ts'

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
  limits: LimitsBySender
  backPressure: BackPressure
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
    return backPressure.mayGrow(frames.pendingBytes(), gate.update) ? null : 'large-frame'
  }
  const gate = createReadGate(socket, backPressure, reasonToPause, handlers.onPause, () => {
    lastByteAt = performance.now()
  })

  /** Stops reading; further input is discarded, so that answers get through. */
  const stopListening = (last: Refusal | { kind: 'end' }): void => {
    if (!isListening) return
    isListening = false
    gate.leave()
    socket.resume()
    queue.end(last)
  }

  const onData = (chunk: Buffer): void => {
    if (!isListening) return
    lastByteAt = performance.now()
    meter.read(chunk.length)
    for (const frame of frames.push(chunk)) {
      if (frame.kind === 'frame') queue.add(frame.payload, lastByteAt)
      else stopListening({ kind: 'refusal', head: frame.head, code: 'TOO_LARGE', at: lastByteAt })
      if (!isListening) return
    }
    queue.pump()
  }

  socket.on('data', onData)
  socket.on('drain', gate.update)
  socket.on('end', () => stopListening({ kind: 'end' }))
  socket.on('finish', () => setTimeout(() => socket.destroy(), lingerMs).unref())
  socket.on('close', () => {
    isListening = false
    gate.leave()
    queue.clear()
  })

  return {
    /**
     * Rejects an unfinished frame that has been idle for too long.
     *
     * @param now  on the clock of `performance.now()`
     */
    checkIdle: (now: number): void => {
      const head = isListening && !gate.isPaused() ? frames.idleHead(now - lastByteAt) : null
      if (head !== null) stopListening({ kind: 'refusal', head, code: 'FRAME_TIMEOUT', at: now })
    },
    /** Answers messages in progress, starts no more, and closes. */
    drain: (): void => {
      queue.clear()
      stopListening({ kind: 'end' })
    },
  }
}
