import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/**
 * Prepares graceful shutdown; call it before the server listens. Closing refuses new connections,
 * answers requests in progress with `connection: close`, and then ends.
 *
 * Browsers and load balancers open connections in advance. Node counts those as busy, so they are
 * closed at once.
 *
 * @param withinMs  connections still open after this are closed
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
