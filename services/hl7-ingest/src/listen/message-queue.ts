import type { BackPressure } from '@tideway/ingest/back-pressure'
import type { IngestErrorCode } from '../errors.ts'
import type { AnswerQueue } from './answer-queue.ts'

/** Messages of one connection in progress at once. */
const maxInProgress = 64

export type Refusal = { kind: 'refusal'; head: Buffer; code: IngestErrorCode; at: number }
export const refusal = (head: Buffer, code: IngestErrorCode, at: number): Refusal => ({
  kind: 'refusal',
  head,
  code,
  at,
})

/** `at`: arrival of its last byte, on the clock of `performance.now()`. */
type Waiting = { kind: 'frame'; payload: Buffer; at: number } | Refusal | { kind: 'end' }

type Work = {
  /** Answers to a frame; see `Handlers`. */
  process: (payload: Buffer) => Promise<readonly Buffer[]>
  refuse: (refusal: Refusal) => Buffer | null
  /** The connection can no longer be used. */
  fail: (cause: unknown) => void
  /** Called whenever a message starts or ends. */
  changed: () => void
}

/** Messages of one connection, started in order, up to the limit at once. */
export const createMessageQueue = (
  answers: AnswerQueue,
  backPressure: Pick<BackPressure, 'hold' | 'release'>,
  { process, refuse, fail, changed }: Work,
) => {
  const waiting: Waiting[] = []
  let holds = 0

  const start = (payload: Buffer, at: number): void => {
    const answer = answers.reserve(at)
    const succeed = (found: readonly Buffer[]) => {
      backPressure.release(payload.length)
      answer(found)
      pump()
    }
    process(payload).then(succeed, (cause: unknown) => {
      backPressure.release(payload.length)
      fail(cause)
    })
  }

  const finish = (last: Refusal | { kind: 'end' }): void => {
    if (last.kind === 'refusal') {
      const answer = refuse(last)
      answers.reserve(last.at)(answer === null ? [] : [answer])
    }
    answers.complete()
  }

  const pump = (): void => {
    while (waiting.length > 0 && holds === 0 && answers.length() < maxInProgress) {
      const next = waiting.shift() as Waiting
      if (next.kind === 'frame') start(next.payload, next.at)
      else finish(next)
    }
    changed()
  }

  return {
    pump,
    isHeld: () => holds > 0,
    isFull: () => waiting.length > 0 || answers.length() >= maxInProgress,
    add: (payload: Buffer, at: number): void => {
      backPressure.hold(payload.length)
      waiting.push({ kind: 'frame', payload, at })
    },
    /** No more messages will be added. */
    end: (last: Refusal | { kind: 'end' }): void => {
      waiting.push(last)
      pump()
    },
    /** Starts nothing until `queued` settles. */
    holdUntil: (queued: Promise<unknown>): void => {
      holds += 1
      const release = () => {
        holds -= 1
        pump()
      }
      queued.then(release, release)
    },
    /** Drops messages that have not started. */
    clear: (): void => {
      for (const next of waiting.splice(0))
        if (next.kind === 'frame') backPressure.release(next.payload.length)
    },
  }
}
