import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** A sender at the other end of a socket, and the answers so far. */
export const talk = (socket: Socket) => {
  let text = ''
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
  })
  socket.on('error', () => undefined)
  socket.unref()
  const answers = () => text.split('\x1c\r').slice(0, -1)
  return {
    socket,
    send: (...messages: string[]) =>
      socket.write(messages.map((message) => `\x0b${message}\x1c\r`).join('')),
    answers,
    msas: () =>
      answers().map((answer) => answer.split('\r').find((segment) => segment.startsWith('MSA'))),
  }
}
/** @param from  address of the sender, of this machine */
export const dial = async (port: number, from = '127.0.0.1') => {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from })
  await once(socket, 'connect')
  return talk(socket)
}
/** Polls every 10 ms; throws if the condition is never met. */
export const until = async (condition: () => boolean, tries = 3_000) => {
  for (let count = 0; count < tries && !condition(); count += 1) await wait(10)
  if (!condition()) throw new Error('condition not met')
}
