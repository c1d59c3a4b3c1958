import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Ways in which a request can fail before any route sees it. */
export const earlyFaults = {
  MALFORMED_REQUEST: {
    status: 400,
    title: 'The request is not valid HTTP',
    detail: 'Check the request line, the headers, the encoding of the address and Host.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    title: 'The request was not complete in time',
    detail: 'Send it again, faster.',
  },
  ADDRESS_TOO_LONG: {
    status: 414,
    title: 'A part of the address is too long',
    detail: 'Ids are as this service gives them.',
  },
  EXPECTATION_FAILED: {
    status: 417,
    title: 'The Expect header is not supported',
    detail: 'Only `100-continue` is.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    title: 'The headers are too large',
    detail: 'All headers together are at most 16 KB.',
  },
} as const

export type EarlyFault = keyof typeof earlyFaults

/** The body of an early answer; it says nothing of the request. */
export type EarlyBody = { contentType: string; bodyOf: (fault: EarlyFault) => string }

/** No answer may be cached, framed, sniffed, or named to another site. */
export const safeHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

/** How often requests are looked at for their timeout, milliseconds. */
const connectionsCheckingInterval = 2_000
/** Time to discard input after the answer: closing at once could lose it. Milliseconds. */
const lingerMs = 1_000

const faultOfParser = ({ code }: NodeJS.ErrnoException): EarlyFault => {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'REQUEST_TIMEOUT'
  return code === 'HPE_HEADER_OVERFLOW' ? 'HEADERS_TOO_LARGE' : 'MALFORMED_REQUEST'
}

const headersOf = ({ contentType }: EarlyBody, body: string) => ({
  ...safeHeaders,
  'content-type': contentType,
  'content-length': String(Buffer.byteLength(body)),
  connection: 'close',
})

const phrase = (fault: EarlyFault): string => `${earlyFaults[fault].status} ${fault}`

/** The answer as bytes, for a socket whose request could not be read. */
const written = (fault: EarlyFault, answer: EarlyBody): string => {
  const body = answer.bodyOf(fault)
  const lines = Object.entries(headersOf(answer, body)).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${phrase(fault)}`, ...lines, '', body].join('\r\n')
}

const sendEarly = (response: ServerResponse, fault: EarlyFault, answer: EarlyBody): void => {
  const body = answer.bodyOf(fault)
  response.writeHead(earlyFaults[fault].status, headersOf(answer, body)).end(body)
}

type Exchange = { request: IncomingMessage; response: ServerResponse }

/** Answers what Node and Fastify would answer by themselves. */
export const earlyAnswers = (answer: EarlyBody) => {
  const last = new WeakMap<Duplex, Exchange>()

  /** What cannot be read as a request, or not in time. */
  const clientErrorHandler = (error: NodeJS.ErrnoException, socket: Socket): void => {
    const { request, response } = last.get(socket) ?? {}
    const isUseless = error.code === 'ECONNRESET' || !socket.writable
    if (isUseless || (request?.complete === false && response?.headersSent === true)) {
      socket.destroy()
      return
    }
    if (request?.complete === true && response?.writableEnded === false) {
      // Bytes sent now would be read as the answer to the request before.
      socket.pause()
      response.once('finish', () => socket.destroySoon())
      return
    }
    socket.end(written(faultOfParser(error), answer))
    setTimeout(() => socket.destroy(), lingerMs).unref()
  }

  /** An address that has no route, because it cannot be read. */
  const frameworkErrors = (
    { statusCode }: { statusCode?: number | undefined },
    _: FastifyRequest,
    { raw }: FastifyReply,
  ): void => sendEarly(raw, statusCode === 414 ? 'ADDRESS_TOO_LONG' : 'MALFORMED_REQUEST', answer)

  return {
    /** For Fastify. */
    options: { clientErrorHandler, frameworkErrors },
    /** For the server of Node: it leaves a missing Host to `guard`. */
    nodeOptions: { requireHostHeader: false, connectionsCheckingInterval },
    /**
     * Gives every response the safe headers, also where Fastify answers before its hooks. Call it
     * before any route is added.
     */
    guard: (app: FastifyInstance): void => {
      app.server.prependListener(
        'request',
        (request: IncomingMessage, response: ServerResponse) => {
          last.set(request.socket, { request, response })
          for (const [name, value] of Object.entries(safeHeaders)) response.setHeader(name, value)
        },
      )
      app.server.on('checkExpectation', (_: IncomingMessage, response: ServerResponse) =>
        sendEarly(response, 'EXPECTATION_FAILED', answer),
      )
      app.addHook('onRequest', async (_request, reply) => void reply.headers(safeHeaders))
      // @see RFC 9112 section 3.2: Host is required in HTTP/1.1.
      app.addHook('onRequest', (request, reply, done) => {
        if (request.raw.httpVersion !== '1.1' || request.headers.host !== undefined) return done()
        reply.hijack()
        sendEarly(reply.raw, 'MALFORMED_REQUEST', answer)
      })
    },
  }
}
