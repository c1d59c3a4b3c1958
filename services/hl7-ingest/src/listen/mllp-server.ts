import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import {
  createServer as createTlsServer,
  type SecureContextOptions,
  type Server as TlsServer,
  type TLSSocket,
} from 'node:tls'
import type { Log } from '@tideway/runtime/log'
import { type Handlers, serveConnection } from './mllp-connection.ts'
import { addressOf, certificateOf, labelOf } from './peer-of-socket.ts'

/** PEM text. With `ca` a client certificate is required and must be signed by it. */
export type TlsFiles = { cert: string; key: string; ca: string | null }

export type Listener = {
  /** Label in metrics and logs: mllp, mllps or sandbox. */
  name: string
  host: string
  /** 0: any free port. */
  port: number
  tls: TlsFiles | null
}

const checkMs = 500
const keepAliveMs = 30_000
const handshakeMs = 5_000
/** Time to close connections before they are cut, milliseconds; answers take at most 5 s. */
const drainMs = 7_000

const secured = ({ cert, key, ca }: TlsFiles): SecureContextOptions => ({
  cert,
  key,
  minVersion: 'TLSv1.2',
  ...(ca === null ? {} : { ca }),
})

const listening = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen({ host, port, backlog: 1_024 }, () => {
      server.removeListener('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })

/** Listens for MLLP, with or without TLS. */
export const listenMllp = async (
  { name, host, port, tls }: Listener,
  handlers: Handlers,
  log: Log,
) => {
  const options = { keepAlive: true, keepAliveInitialDelay: keepAliveMs, noDelay: true }
  const connections = new Map<Socket, ReturnType<typeof serveConnection>>()
  const addresses = new Map<string, number>()
  const { meter, connectionsPerAddress } = handlers
  let actualPort = port

  const serve = (socket: Socket) => {
    const address = addressOf(socket)
    const count = (addresses.get(address) ?? 0) + 1
    socket.on('error', (cause) => log.debug({ cause, listener: name }, 'connection failed'))
    if (count > connectionsPerAddress) {
      meter.refused('address')
      socket.destroy()
      return
    }
    addresses.set(address, count)
    const certificate = tls === null ? null : certificateOf(socket as TLSSocket)
    // A sender that closes its side still gets its answers. Set only now: half-open during the
    // handshake, a connection would never be closed.
    socket.allowHalfOpen = true
    const peer = { port: actualPort, address, certificate }
    meter.opened()
    socket.on('close', () => {
      connections.delete(socket)
      const left = (addresses.get(address) ?? 1) - 1
      if (left > 0) addresses.set(address, left)
      else addresses.delete(address)
      meter.closed()
    })
    const label = labelOf(name, actualPort, address, socket, certificate)
    connections.set(socket, serveConnection(socket, peer, label, handlers))
  }

  const server =
    tls === null
      ? createServer(options, serve)
      : createTlsServer(
          {
            ...options,
            ...secured(tls),
            handshakeTimeout: handshakeMs,
            ...(tls.ca === null ? {} : { requestCert: true, rejectUnauthorized: true }),
          },
          serve,
        ).on('tlsClientError', (cause, socket) => {
          socket.destroy()
          meter.tlsFailed()
          log.warn({ cause, listener: name }, 'TLS handshake failed')
        })

  actualPort = await listening(server, host, port)
  server.on('error', (cause) => log.error({ cause, listener: name }, 'listener failed'))
  const checkTimer = setInterval(() => {
    const now = performance.now()
    for (const connection of connections.values()) connection.check(now)
  }, checkMs)

  return {
    name,
    port: actualPort,
    /** Replaces certificate and certificate authorities for new connections. TLS listeners only. */
    renewTls: (files: TlsFiles): void => (server as TlsServer).setSecureContext(secured(files)),
    /**
     * Accepts no more connections, reads no more messages, answers those in progress, and closes.
     */
    close: async (): Promise<void> => {
      clearInterval(checkTimer)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const connection of connections.values()) connection.drain()
      const cutOff = setTimeout(() => {
        for (const socket of connections.keys()) socket.destroy()
      }, drainMs)
      await closed
      clearTimeout(cutOff)
    },
  }
}

export type MllpServer = Awaited<ReturnType<typeof listenMllp>>
