// Over 250 lines: all tests share one listener with delayed answers.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { generate } from 'selfsigned'
import { afterEach, expect, test } from 'vitest'
import { createBackPressure } from '@tideway/ingest/back-pressure'
import { createMeter } from '../meter.ts'
import { createFrameBudget } from './frame-budget.ts'
import type { FrameLimits } from './limited-frames.ts'
import type { Handlers } from './mllp-connection.ts'
import { createUnrecognisedFrames } from './unrecognised-frames.ts'
import { listenMllp, type MllpServer, type TlsFiles } from './mllp-server.ts'

const log = createLog('test', 'fatal')
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** A listener whose answers are delayed until `answer` releases them; each names its frame. */
const open = async ({
  maxInFlightBytes = 1_000_000,
  widest = { maxMessageBytes: 100_000, idleFrameMs: 60_000 },
  tls = null,
}: {
  maxInFlightBytes?: number
  widest?: FrameLimits
  tls?: TlsFiles | null
} = {}) => {
  const metrics = createMetrics()
  const backPressure = createBackPressure(maxInFlightBytes)
  const started: { text: string; answer: () => void; fail: () => void }[] = []
  const handlers: Handlers = {
    onFrame: (bytes) =>
      new Promise((resolve, reject) =>
        started.push({
          text: bytes.toString(),
          answer: () => resolve([Buffer.from(`to ${bytes.toString().slice(0, 20)}`)]),
          fail: () => reject(new Error('internal')),
        }),
      ),
    onRefusal: (head, _, code) =>
      head.includes(0x0d) ? Buffer.from(`${code} to ${head.toString().slice(0, 5)}`) : null,
    onFailure: () => undefined,
    onPause: createMeter(metrics, () => ({ waiting: 0, waitingBytes: 0, inFlight: 0 })).paused,
    limits: {
      widest,
      smallest: () => ({
        maxMessageBytes: Math.min(1_000, widest.maxMessageBytes),
        idleFrameMs: widest.idleFrameMs,
      }),
      of: (head) =>
        head.toString().startsWith('SMALL') ? { ...widest, maxMessageBytes: 2_000 } : widest,
    },
    onClose: () => undefined,
    senderOf: () => ({ ods: 'RJZ' }),
    pace: { deadlineMs: 60_000, minBytesPerSecond: 1 },
    connectionsPerAddress: 2_000,
    backPressure,
    budget: createFrameBudget(20_000_000, backPressure.wake),
    unrecognised: createUnrecognisedFrames(),
    meter: createMeter(createMetrics(), () => ({
      waiting: 0,
      waitingBytes: 0,
      inFlight: 0,
    })).listener('test'),
  }
  const server = await listenMllp({ name: 'test', host: '127.0.0.1', port: 0, tls }, handlers, log)
  ends.push(() => server.close())
  return {
    server,
    started,
    handlers,
    metrics,
    answerAll: () => {
      for (const { answer } of started.splice(0)) answer()
    },
  }
}

const dial = async (server: MllpServer) => {
  const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true })
  let text = ''
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  ends.push(() => socket.destroy())
  return {
    socket,
    answers: () =>
      text
        .split('\x1c\r')
        .filter((part) => part !== '')
        .map((part) => part.replace('\x0b', '')),
  }
}
const frame = (text: string) => `\x0b${text}\x1c\r`
const until = async (condition: () => boolean) => {
  for (let tries = 0; tries < 400 && !condition(); tries += 1) await wait(10)
  expect(condition()).toBe(true)
}
const closed = (socket: Socket) =>
  new Promise<void>((resolve) =>
    socket.closed ? resolve() : socket.once('close', () => resolve()),
  )

test('answers are sent in the order of the frames, whichever is ready first', async () => {
  const { server, started } = await open()
  const { socket, answers } = await dial(server)
  socket.write(frame('one') + frame('two') + frame('three'))
  await until(() => started.length === 3)
  started[2]?.answer()
  started[1]?.answer()
  await wait(20)
  expect(answers()).toEqual([])
  started[0]?.answer()
  await until(() => answers().length === 3)
  expect(answers()).toEqual(['to one', 'to two', 'to three'])
})

test('at most 64 messages of a connection are in progress; the rest wait in the socket', async () => {
  const { server, started, answerAll, metrics } = await open()
  const { socket, answers } = await dial(server)
  for (let count = 0; count < 500; count += 1) socket.write(frame(`message ${count}`))
  await until(() => started.length === 64)
  await wait(50)
  expect(started.length).toBe(64)
  expect(await metrics.text()).toContain('tideway_mllp_pauses_total{reason="pipeline"} 1')
  const answering = setInterval(answerAll, 1)
  await until(() => answers().length === 500)
  clearInterval(answering)
  expect(answers()[499]).toBe('to message 499')
})

test('when the process is at its limit, no connection is read until there is room', async () => {
  const { server, started, answerAll } = await open({ maxInFlightBytes: 50_000 })
  const [first, second] = [await dial(server), await dial(server)]
  first.socket.write(frame('x'.repeat(60_000)))
  await until(() => started.length === 1)
  second.socket.write(frame('one'))
  await until(() => started.length === 2)
  second.socket.write(frame('two'))
  await wait(100)
  expect(started.length).toBe(2)
  answerAll()
  await until(() => started.length === 1)
  answerAll()
  await until(() => second.answers().length === 2)
})

test('an oversized frame is answered once its header is read, after earlier answers, and the connection ends', async () => {
  const { server, started } = await open()
  const { socket, answers } = await dial(server)
  socket.write(`${frame('one')}\x0bMSH|\r${'x'.repeat(150_000)}`)
  await until(() => started.length === 1)
  started[0]?.answer()
  await until(() => answers().length === 2)
  expect(answers()).toEqual(['to one', 'TOO_LARGE to MSH|\r'])
  socket.end()
  await closed(socket)
  expect(started.length).toBe(1)
})

test('the lower limit of a sender applies while the frame arrives', async () => {
  const { server, started } = await open()
  const { socket, answers } = await dial(server)
  for (let sent = 0; sent < 4; sent += 1) {
    socket.write(sent === 0 ? `\x0bSMALL\r${'x'.repeat(700)}` : 'x'.repeat(700))
    await wait(10)
  }
  await until(() => answers().length === 1)
  expect(answers()).toEqual(['TOO_LARGE to SMALL'])
  expect(started.length).toBe(0)
})

test('an incomplete frame is rejected after the idle time; an idle connection between frames is not', async () => {
  const { server, started, answerAll } = await open({
    widest: { maxMessageBytes: 100_000, idleFrameMs: 300 },
  })
  const [idle, half, bare] = [await dial(server), await dial(server), await dial(server)]
  half.socket.write('\x0bMSH|\rPID')
  bare.socket.write('\x0bMS')
  await until(() => half.answers().length === 1)
  expect(half.answers()).toEqual(['FRAME_TIMEOUT to MSH|\r'])
  await closed(bare.socket.end())
  expect(bare.answers()).toEqual([])
  idle.socket.write(frame('one'))
  await until(() => started.length === 1)
  answerAll()
  await until(() => idle.answers().length === 1)
})

test('a sender that closes its side at once still gets its answers', async () => {
  const { server, started, answerAll } = await open()
  const { socket, answers } = await dial(server)
  socket.end(frame('one') + frame('two'))
  await until(() => started.length === 2)
  answerAll()
  await closed(socket)
  expect(answers()).toEqual(['to one', 'to two'])
})

const certified = async (): Promise<TlsFiles> => {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
  })
  return { cert, key, ca: null }
}

test('over TLS too a sender that closes its side at once still gets its answers', async () => {
  const { server, started, answerAll } = await open({ tls: await certified() })
  const options = {
    port: server.port,
    host: '127.0.0.1',
    rejectUnauthorized: false,
    allowHalfOpen: true,
  }
  const socket = connectTls(options)
  let text = ''
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
  await once(socket, 'secureConnect')
  socket.end(frame('one'))
  await until(() => started.length === 1)
  answerAll()
  await closed(socket)
  expect(text).toBe(frame('to one'))
})

test('a connection closed during the TLS handshake leaves nothing behind', async () => {
  const { server } = await open({ tls: await certified() })
  const probe = connect(server.port, '127.0.0.1')
  await once(probe, 'connect')
  probe.destroy()
  for (const moment of ['connect', 'secureConnect']) {
    const socket = connectTls({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false })
    socket.on('error', () => undefined)
    await once(socket, moment)
    socket.destroy()
  }
  await wait(200)
  expect(await Promise.race([server.close().then(() => 'closed'), wait(2_000, 'still open')])).toBe(
    'closed',
  )
})

test('closing answers messages in progress, starts no more, and ends', async () => {
  const { server, started } = await open()
  const { socket, answers } = await dial(server)
  socket.write(frame('one'))
  await until(() => started.length === 1)
  const closing = server.close()
  socket.write(frame('two'))
  await wait(50)
  started[0]?.answer()
  await until(() => answers().length === 1)
  socket.end()
  await closing
  expect(answers()).toEqual(['to one'])
  expect(started.length).toBe(1)
})

test('a message that fails internally is not answered, and the connection is closed at once', async () => {
  const { server, started } = await open()
  const { socket, answers } = await dial(server)
  socket.write(frame('one'))
  await until(() => started.length === 1)
  started[0]?.fail()
  await closed(socket.end())
  expect(answers()).toEqual([])
})

test('two thousand connections at once are served', async () => {
  const { server, started, answerAll } = await open()
  const dialled = await Promise.all(Array.from({ length: 2_000 }, () => dial(server)))
  for (const [index, { socket }] of dialled.entries()) socket.write(frame(`message ${index}`))
  await until(() => started.length === 2_000)
  answerAll()
  await until(() => dialled.every(({ answers }) => answers().length === 1))
  expect(dialled[1_999]?.answers()).toEqual(['to message 1999'])
})
