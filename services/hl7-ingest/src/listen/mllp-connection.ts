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
 * After the last answer the sender may go on sending for so long, unread, milliseconds: closed at
 * once, the connection might lose the answer.
 */
const lingerMs = 1_000

export type Handlers = {
  /** Answers to a frame, each to go in a frame of its own. Never rejects for what was sent. */
  onFrame: (bytes: Buffer, connection: MllpConnection) => Promise<readonly Buffer[]>
  /** Answer to a frame that is refused, from its first bytes; null if its header is incomplete. */
  onRefusal: (head: Buffer, connection: MllpConnection, code: IngestErrorCode) => Buffer | null
  onFailure: (cause: unknown) => void
  onPause: (reason: PauseReason) => void
  limits: LimitsBySender
  backPressure: BackPressure
  meter: ListenerMeter
}

/**
 * Serves one connection: frames in, answers out in the order of the frames, however many are in
 * progress. The socket is not read while too much is in progress on it or in the process, or while
 * its answers are not read.
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

  /** Reads nothing more; what still arrives is discarded, so that answers get through. */
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
     * Refuses an unfinished frame that has been idle for too long.
     *
     * @param now  on the clock of `performance.now()`
     */
    checkIdle: (now: number): void => {
      const head = isListening && !gate.isPaused() ? frames.idleHead(now - lastByteAt) : null
      if (head !== null) stopListening({ kind: 'refusal', head, code: 'FRAME_TIMEOUT', at: now })
    },
    /** Answers what is in progress, starts nothing more, and closes. */
    drain: (): void => {
      queue.clear()
      stopListening({ kind: 'end' })
    },
  }
}
