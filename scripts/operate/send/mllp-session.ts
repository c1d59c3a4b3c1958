import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import tls from 'node:tls'
import { MLLPCodec } from 'node-hl7-client'
import { UsageError } from '../command-line.ts'

export type MllpTarget = { host: string; port: number; tls: tls.ConnectionOptions | null }

const connectWithinMs = 5_000

/** @throws UsageError if the file cannot be read */
export const readFileOrRefuse = (file: string): Buffer => {
  try {
    return readFileSync(file)
  } catch {
    throw new UsageError(`${file} cannot be read`)
  }
}

/**
 * Opens an MLLP connection for one message at a time, with the codec of node-hl7-client. Its
 * `Message` is not used, because it would change the bytes.
 *
 * @throws Error if the connection is not made within 5 s
 */
export const openSession = async (
  { host, port, tls: secure }: MllpTarget,
  answerWithinMs: number,
) => {
  const socket =
    secure === null ? net.connect({ host, port }) : tls.connect({ host, port, ...secure })
  socket.setNoDelay(true)
  socket.on('error', () => undefined)
  await once(socket, secure === null ? 'connect' : 'secureConnect', {
    signal: AbortSignal.timeout(connectWithinMs),
  }).catch((cause: unknown) => {
    socket.destroy()
    throw cause
  })
  const codec = new MLLPCodec('latin1')

  const answer = () =>
    new Promise<string | null>((resolve) => {
      const finish = (text: string | null) => {
        clearTimeout(timer)
        socket.off('data', onData)
        socket.off('close', onClose)
        resolve(text)
      }
      const timer = setTimeout(finish, answerWithinMs, null)
      const onClose = () => finish(null)
      const onData = (chunk: Buffer) => {
        if (codec.receiveData(chunk)) finish(codec.getLastMessage())
      }
      socket.on('data', onData)
      socket.once('close', onClose)
    })

  return {
    /**
     * @returns the answer; null if none came in time or the connection was closed. The session is
     *   closed then
     */
    async send(message: Buffer): Promise<string | null> {
      const answered = answer()
      codec.sendMessage(socket, message.toString('latin1'), 'latin1')
      const text = await answered
      if (text === null) socket.destroy()
      return text
    },
    isOpen: () => !socket.destroyed,
    close: () => socket.end(),
  }
}

export type MllpSession = Awaited<ReturnType<typeof openSession>>
