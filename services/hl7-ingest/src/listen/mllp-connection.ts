import type { Socket } from 'node:net'
import type { ErrorCode } from '../errors.ts'
import type { BackPressure } from '@tideway/ingest/back-pressure'
import type { Peer } from '../identify/identify.ts'
import type { ListenerMeter, PauseReason } from '../meter.ts'
import { type Cut, mllpFrames } from '@tideway/hl7v2/mllp/frames'
import type { Connection } from '../receive.ts'

/** Messages of one connection under way at once; more wait in the socket. */
const mostInFlight = 64
/**
 * After our last answer the sender may go on sending for so long, unread, milliseconds: cut off at
 * once it might lose the answer.
 */
const lingerMs = 1_000
const headBytes = 4_096

export type FrameLimits = { maxMessageBytes: number; idleFrameMs: number }

export type Handlers = {
  /** Answers, each for a frame of its own. Never rejects for anything the sender did. */
  onFrame: (bytes: Buffer, connection: Connection) => Promise<readonly Buffer[]>
  /**
   * Answers the beginning of a frame that will not be taken; null if its header had not come yet.
   */
  onHalfFrame: (head: Buffer, connection: Connection, code: ErrorCode) => Buffer | null
  onFailure: (cause: unknown) => void
  onPause: (reason: PauseReason) => void
  /**
   * What goes for anyone, and what goes for the sender of a frame that begins like this; `smallest`
   * says when to ask.
   */
  limits: {
    widest: FrameLimits
    smallest: FrameLimits
    of: (head: Buffer, peer: Peer) => FrameLimits
  }
  flow: BackPressure
  meter: ListenerMeter
}

type Slot = { at: number; answers: readonly Buffer[] | null }
type Next =
  | { kind: 'frame'; payload: Buffer; at: number }
  | { kind: 'refused'; head: Buffer; code: ErrorCode; at: number }
  | { kind: 'end' }

const start = Buffer.of(0x0b)
const end = Buffer.of(0x1c, 0x0d)
const enveloped = (answers: readonly Buffer[]): Buffer[] =>
  answers.flatMap((answer) => [start, answer, end])

/**
 * One connection: frames in, answers out in the order of the frames, however many are under way.
 * It is not read from while too much is under way here, in the whole process, or on its way back.
 */
export const serveConnection = (socket: Socket, peer: Peer, label: string, handlers: Handlers) => {
  const { flow, meter, limits } = handlers
  const frames = mllpFrames(limits.widest.maxMessageBytes)
  const backlog: Next[] = []
  const slots: Slot[] = []
  const counted = { noiseBytes: 0, halfFrames: 0 }
  let lastByteAt = performance.now()
  let isPaused = false
  let holds = 0
  let isListening = true
  let isLeaving = false
  let hasOwnLimit = false

  const connection: Connection = {
    peer,
    label,
    holdUntil: (queued) => {
      holds += 1
      const go = () => {
        holds -= 1
        pump()
      }
      queued.then(go, go)
    },
  }

  const reasonToWait = (): PauseReason | null => {
    if (holds > 0) return 'order'
    if (backlog.length > 0 || slots.length >= mostInFlight) return 'pipeline'
    if (flow.isFull()) return 'memory'
    if (socket.writableNeedDrain) return 'slow-reader'
    return flow.mayGrow(frames.pendingBytes(), update) ? null : 'large-frame'
  }

  /** Reads on, or stops reading. */
  function update(): void {
    if (!isListening || socket.destroyed) return
    const reason = reasonToWait()
    if (reason !== null && !isPaused) {
      isPaused = true
      socket.pause()
      flow.wait(update)
      handlers.onPause(reason)
    } else if (reason === null && isPaused) {
      isPaused = false
      lastByteAt = performance.now()
      flow.go(update)
      socket.resume()
    }
  }

  /**
   * Takes nothing more of the stream; what still comes is thrown away so that our answers get
   * through.
   */
  const stopListening = (last: Next) => {
    if (!isListening) return
    isListening = false
    flow.leave(update)
    backlog.push(last)
    socket.resume()
    pump()
  }

  const flush = () => {
    const out: Buffer[] = []
    for (let slot = slots[0]; slot !== undefined && slot.answers !== null; slot = slots[0]) {
      slots.shift()
      out.push(...enveloped(slot.answers))
      meter.answered((performance.now() - slot.at) / 1000)
    }
    if (out.length > 0 && socket.writable) socket.write(Buffer.concat(out))
    if (isLeaving && slots.length === 0) socket.end()
  }

  const take = (payload: Buffer, at: number) => {
    const slot: Slot = { at, answers: null }
    slots.push(slot)
    const finish = (answers: readonly Buffer[]) => {
      flow.release(payload.length)
      slot.answers = answers
      flush()
      pump()
    }
    handlers.onFrame(payload, connection).then(finish, (cause: unknown) => {
      flow.release(payload.length)
      handlers.onFailure(cause)
      socket.destroy()
    })
  }

  /** Nothing comes after this: its answer, if it is to have one, is the last. */
  const leaveAfter = (last: Exclude<Next, { kind: 'frame' }>) => {
    if (last.kind === 'refused') {
      const answer = handlers.onHalfFrame(last.head, connection, last.code)
      slots.push({ at: last.at, answers: answer === null ? [] : [answer] })
    }
    isLeaving = true
    flush()
  }

  function pump(): void {
    while (backlog.length > 0 && holds === 0 && slots.length < mostInFlight) {
      const next = backlog.shift() as Next
      if (next.kind === 'frame') take(next.payload, next.at)
      else leaveAfter(next)
    }
    update()
  }

  const place = (cut: Cut, at: number) => {
    if (!isListening) return
    if (cut.kind === 'too-large')
      return stopListening({ kind: 'refused', head: cut.head, code: 'TOO_LARGE', at })
    const { payload } = cut
    const head = payload.subarray(0, headBytes)
    if (
      payload.length > limits.smallest.maxMessageBytes &&
      payload.length > limits.of(head, peer).maxMessageBytes
    ) {
      return stopListening({ kind: 'refused', head, code: 'TOO_LARGE', at })
    }
    flow.hold(payload.length)
    backlog.push({ kind: 'frame', payload, at })
  }

  /** Once a half frame is larger than some sender may send, it is worth knowing whose it is. */
  const limitHalfFrame = (cuts: readonly Cut[]) => {
    if (cuts.length > 0) hasOwnLimit = false
    if (hasOwnLimit || frames.pendingBytes() <= limits.smallest.maxMessageBytes) return
    hasOwnLimit = true
    frames.setLimit(limits.of(frames.head(), peer).maxMessageBytes)
  }

  socket.on('data', (chunk: Buffer) => {
    if (!isListening) return
    lastByteAt = performance.now()
    meter.read(chunk.length)
    const cuts = frames.push(chunk)
    for (const cut of cuts) place(cut, lastByteAt)
    limitHalfFrame(cuts)
    meter.dropped({
      noiseBytes: frames.dropped.noiseBytes - counted.noiseBytes,
      halfFrames: frames.dropped.halfFrames - counted.halfFrames,
    })
    Object.assign(counted, frames.dropped)
    pump()
  })
  socket.on('drain', update)
  socket.on('end', () => stopListening({ kind: 'end' }))
  socket.on('finish', () => setTimeout(() => socket.destroy(), lingerMs).unref())
  socket.on('close', () => {
    isListening = false
    flow.leave(update)
    for (const next of backlog.splice(0))
      if (next.kind === 'frame') flow.release(next.payload.length)
  })

  return {
    /**
     * Refuses half a frame that has brought no byte for too long. `now` on the clock of
     * `performance.now()`.
     */
    checkIdle: (now: number) => {
      const idleMs = now - lastByteAt
      if (
        !isListening ||
        isPaused ||
        !frames.isInFrame() ||
        idleMs <= limits.smallest.idleFrameMs ||
        idleMs <= limits.of(frames.head(), peer).idleFrameMs
      )
        return
      stopListening({
        kind: 'refused',
        head: Buffer.from(frames.head()),
        code: 'FRAME_TIMEOUT',
        at: now,
      })
    },
    /** Answers what is under way, begins nothing more, and closes. */
    drain: () => {
      for (const next of backlog.splice(0))
        if (next.kind === 'frame') flow.release(next.payload.length)
      stopListening({ kind: 'end' })
    },
  }
}
