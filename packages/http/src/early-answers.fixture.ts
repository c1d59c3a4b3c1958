import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { expect } from 'vitest'
import { safeHeaders } from './early-answers.ts'

/** Stands for what a sender may have put into a request; no answer may repeat it. */
const mark = 'PATIENT9434765919'

const headersOf = (...lines: string[]): string => ['', 'Host: x', ...lines, '', ''].join('\r\n')
const get = (path: string, ...lines: string[]): string =>
  `GET ${path} HTTP/1.1${headersOf('Connection: close', ...lines)}`

/** What is sent to a server whose routes are under `root`, and the status of its answer. */
export const earlyRequests = (root: string): [string, string, number][] => [
  ['no HTTP', `${mark}\r\n\r\n`, 400],
  ['an unknown method', `${mark} ${root} HTTP/1.1${headersOf()}`, 400],
  ['another protocol', `GET /${mark} ICAP/9.9${headersOf()}`, 400],
  ['a space in the address', `GET ${root}/${mark} x HTTP/1.1${headersOf()}`, 400],
  ['a header without a colon', `GET ${root} HTTP/1.1${headersOf(`${mark}`)}`, 400],
  ['two lengths', get(root, 'Content-Length: 1', 'Content-Length: 2', `X: ${mark}`), 400],
  ['no Host', `GET ${root}/${mark} HTTP/1.1\r\n\r\n`, 400],
  ['an address that cannot be decoded', get(`${root}/${mark}%E0%A4%A`), 400],
  ['headers of 20 KB', get(root, `X: ${mark.repeat(1_200)}`), 431],
  ['half a request', `GET ${root}/${mark} HTTP/1.1\r\nX: ${mark}`, 408],
  ['another expectation', get(root, `Expect: ${mark}`), 417],
  ['two requests, the second not HTTP', `GET /${mark} HTTP/1.1${headersOf()}${mark}\r\n\r\n`, 404],
  ['an unknown address', get(`/${mark}?${mark}=${mark}`), 404],
]

const statusOf = (answer: string): number =>
  Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? Number.NaN)

const headerIn = (answer: string, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)\r$`, 'im').exec(answer.split('\r\n\r\n')[0] ?? '')?.[1]

/**
 * A server that listens, with timeouts of a test.
 *
 * @returns the whole answer to bytes as they are sent
 */
export const listeningRaw = async (app: FastifyInstance) => {
  app.server.requestTimeout = 300
  app.server.headersTimeout = 200
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  return async (bytes: string): Promise<string> => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')))
    socket.on('error', () => undefined)
    socket.write(bytes)
    await once(socket, 'close')
    return answer
  }
}

/** Expects one answer of this status, with the safe headers, and nothing of the request. */
export const expectSafe = (answer: string, status: number): void => {
  expect(statusOf(answer), answer).toBe(status)
  expect(answer.match(/^HTTP\/1\.1 /gm)).toHaveLength(1)
  for (const [name, value] of Object.entries(safeHeaders))
    expect(headerIn(answer, name)).toBe(value)
  expect(answer).not.toContain('PATIENT')
  expect(answer).not.toContain('9434765919')
}
