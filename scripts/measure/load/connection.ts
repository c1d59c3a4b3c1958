import { connect, type Socket } from 'node:net'
import { type AckAnswer, readAnswers } from './answer.ts'
import { framed, payloadReader } from './frames.ts'

export type Address = { host: string; port: number }

/** `127.0.0.1:2575`, as in addresses.json. */
export const addressOf = (text: string): Address => {
  const at = text.lastIndexOf(':')
  return { host: text.slice(0, at), port: Number(text.slice(at + 1)) }
}

export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
}

type Waiting = {
  missing: string[]
  answers: AckAnswer[]
  resolve: (answers: AckAnswer[]) => void
  reject: (error: Error) => void
}

const opened = (address: Address): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect(address).setNoDelay(true).once('error', reject)
    socket.once('connect', () => {
      socket.removeListener('error', reject)
      resolve(socket)
    })
  })

/**
 * One MLLP connection with one frame in flight, as interface engines use it.
 *
 * An answer belongs to the frame in flight only if its MSA-2 is one of the expected control ids. A
 * late answer to an earlier frame is counted in `unmatched` and ignored.
 */
export const openConnection = async (address: Address) => {
  const socket = await opened(address)
  const read = payloadReader()
  let waiting: Waiting | null = null
  let unmatched = 0
  let lost = false

  const take = (answer: AckAnswer) => {
    const at = waiting?.missing.indexOf(answer.controlId) ?? -1
    if (waiting === null || at === -1) return void unmatched++
    waiting.missing.splice(at, 1)
    waiting.answers.push(answer)
    if (waiting.missing.length > 0) return
    const { resolve, answers } = waiting
    waiting = null
    resolve(answers)
  }
  const fail = (error: Error) => {
    const failed = waiting
    waiting = null
    failed?.reject(error)
  }
  socket.on('data', (chunk) => {
    for (const payload of read(chunk)) readAnswers(payload).forEach(take)
  })
  socket.on('error', () => undefined)
  socket.on('close', () => {
    lost = true
    fail(new ConnectionLost('connection closed'))
  })

  return {
    /**
     * Sends one frame and waits for the answers to all messages in it.
     *
     * @param controlIds  MSH-10 of each message in the frame; `''` where a message has none
     * @throws ConnectionLost if the connection ends, or no answer comes within `timeoutMs`; the
     *   connection is then closed
     */
    exchange: (
      payload: Buffer,
      controlIds: readonly string[],
      timeoutMs: number,
    ): Promise<AckAnswer[]> =>
      new Promise((resolve, reject) => {
        if (lost) return reject(new ConnectionLost('connection closed'))
        const timer = setTimeout(() => {
          fail(new ConnectionLost(`no answer within ${timeoutMs} ms`))
          socket.destroy()
        }, timeoutMs)
        const done =
          <T>(then: (value: T) => void) =>
          (value: T) => {
            clearTimeout(timer)
            then(value)
          }
        waiting = {
          missing: [...controlIds],
          answers: [],
          resolve: done(resolve),
          reject: done(reject),
        }
        socket.write(framed(payload))
      }),
    /** Sends a frame that requests no answer. */
    send: (payload: Buffer) => void socket.write(framed(payload)),
    unmatched: () => unmatched,
    lost: () => lost,
    close: () =>
      new Promise<void>((resolve) => {
        if (lost) return resolve()
        socket.once('close', () => resolve())
        socket.end()
      }),
  }
}

export type LoadConnection = Awaited<ReturnType<typeof openConnection>>
