import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Address } from '../load/connection.ts'
import { type Attack, inSeconds, type Outcome } from './finding.ts'
import { halfFrame, largeReport } from './messages.ts'
import type { AttackTarget } from './target.ts'

/** A known sender waits for no longer, milliseconds. */
const boundMs = 2_000
const trickleMs = 50
const patient = { mrn: 'TRICKLE', family: 'TRICKLE' }

type Crowd = { sockets: number; bytes: number; from: string | null }

/** Another address of this machine; only Linux has it without being told. */
const elsewhere = process.platform === 'linux' ? ['127.0.0.9'] : []

/** Small halves, then halves that together exceed the memory for unfinished frames. */
const crowds: Crowd[] = [
  { sockets: 24, bytes: 110_000, from: null },
  { sockets: 200, bytes: 110_000, from: null },
  { sockets: 24, bytes: 9_000_000, from: null },
  ...elsewhere.map((from) => ({ sockets: 200, bytes: 1_200_000, from })),
  { sockets: 200, bytes: 1_200_000, from: null },
]

/** Sockets that send half a frame each, and a byte of the rest now and then. */
const openCrowd = async (
  address: Address,
  { sockets: count, from }: Pick<Crowd, 'sockets' | 'from'>,
  half: Buffer,
) => {
  const local = from === null ? {} : { localAddress: from }
  const sockets = Array.from({ length: count }, () =>
    connect({ ...address, ...local }).on('error', () => undefined),
  )
  await Promise.all(sockets.map((socket) => once(socket, 'connect')))
  for (const socket of sockets) socket.write(half)
  const trickle = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('x')
  }, trickleMs)
  return {
    /** How many connected, at the start. */
    connected: sockets.length,
    open: () => sockets.filter(({ closed }) => !closed).length,
    end: () => {
      clearInterval(trickle)
      for (const socket of sockets) socket.destroy()
    },
  }
}

const sendLarge = async (target: AttackTarget): Promise<{ ms: number; code: string }> => {
  const id = target.newId()
  const message = largeReport({ ...patient, mrn: id }, id)
  const began = performance.now()
  const { code } = await target.send(message, id)
  return { ms: performance.now() - began, code }
}

const withCrowd = async (target: AttackTarget, plan: Crowd): Promise<Outcome> => {
  const { sockets, bytes, from } = plan
  const crowd = await openCrowd(target.mllp, plan, halfFrame(target.newId(), bytes))
  try {
    await pause(500)
    const early = await sendLarge(target)
    await pause(1_500)
    const late = await sendLarge(target)
    const longest = Math.max(early.ms, late.ms)
    return {
      tried: `${sockets} sockets of ${from === null ? 'the same' : 'another'} address trickle half frames of ${bytes / 1_000} KB as RJZ while RJZ sends 600 KB twice`,
      held:
        crowd.connected === sockets &&
        longest < boundMs &&
        early.code === 'AA' &&
        late.code === 'AA',
      figure: `${early.code} and ${late.code} after ${inSeconds(early.ms)} and ${inSeconds(late.ms)} (bound ${inSeconds(boundMs)}), ${crowd.open()} of ${crowd.connected} connected sockets still open`,
    }
  } finally {
    crowd.end()
  }
}

export const trickle: Attack = {
  name: 'slow senders',
  attempt: async (target) => {
    const outcomes: Outcome[] = []
    for (const crowd of crowds) outcomes.push(await withCrowd(target, crowd))
    return outcomes
  },
}
