import type { AckAnswer } from '../load/answer.ts'
import {
  type Address,
  ConnectionLost,
  type LoadConnection,
  openConnection,
} from '../load/connection.ts'
import type { Frame } from './split.ts'

export type SentFrame = {
  file: string
  type: string | null
  controlId: string
  bytes: Buffer
  /** Null if none came; `silent` messages request none. */
  answer: AckAnswer | null
  silent: boolean
  /** It has a time of its own: the same bytes again are a repeat. */
  timed: boolean
}

export type Sending = { sent: SentFrame[]; drops: { file: string; why: string }[]; seconds: number }

const pairUp = (frame: Frame, answers: readonly AckAnswer[]): SentFrame[] => {
  const left = [...answers]
  return frame.messages.map(({ type, controlId, bytes, silent, timed }) => {
    const at = left.findIndex((answer) => answer.controlId === controlId)
    return {
      file: frame.file,
      type,
      controlId,
      bytes,
      silent,
      timed,
      answer: at === -1 ? null : (left.splice(at, 1)[0] as AckAnswer),
    }
  })
}

/**
 * Sends frames over a few connections with one frame in flight on each; the frames of a file go
 * over one connection in order. A lost connection is reported and replaced, so that the rest is
 * still sent.
 */
export const sendFrames = async (
  address: Address,
  frames: readonly Frame[],
  options: {
    connections: number
    answerWithinMs: number
    onSent: (sent: readonly SentFrame[]) => void
  },
): Promise<Sending> => {
  const files = [...Map.groupBy(frames, (frame) => frame.file).values()]
  const result: Sending = { sent: [], drops: [], seconds: 0 }
  const began = performance.now()

  const exchange = async (connection: LoadConnection, frame: Frame): Promise<AckAnswer[]> => {
    const expected = frame.messages
      .filter((message) => !message.silent)
      .map((message) => message.controlId)
    if (expected.length > 0)
      return connection.exchange(frame.payload, expected, options.answerWithinMs)
    connection.send(frame.payload)
    return []
  }

  const work = async () => {
    let connection = await openConnection(address)
    for (let file = files.shift(); file !== undefined; file = files.shift()) {
      for (const frame of file) {
        let answers: AckAnswer[] = []
        try {
          answers = await exchange(connection, frame)
        } catch (error) {
          if (!(error instanceof ConnectionLost)) throw error
          result.drops.push({ file: frame.file, why: error.message })
          connection = await openConnection(address)
        }
        const sent = pairUp(frame, answers)
        result.sent.push(...sent)
        options.onSent(sent)
      }
    }
    await connection.close()
  }
  await Promise.all(Array.from({ length: options.connections }, work))
  return { ...result, seconds: (performance.now() - began) / 1000 }
}
