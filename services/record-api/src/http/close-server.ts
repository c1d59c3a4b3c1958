import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * How a server is closed once it listens: it takes no new connection, answers every request that
 * has begun, tells its caller to come back on another connection, and ends.
 *
 * Node counts a connection on which nothing has come yet as busy, and browsers and balancers open
 * such ones beforehand: they end at once.
 *
 * @param withinMs  what is still under way then is cut off
 */
export const closingOf = (app: FastifyInstance, withinMs: number): (() => Promise<void>) => {
  const open = new Set<Socket>()
  let isClosing = false
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close')
  })
  app.server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  return async () => {
    isClosing = true
    const closed = app.close()
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy()
    const cutOff = setTimeout(() => app.server.closeAllConnections(), withinMs)
    await closed
    clearTimeout(cutOff)
  }
}
