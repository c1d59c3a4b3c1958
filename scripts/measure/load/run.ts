import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { messageIdOf } from '@tideway/schemas/public-id'
import type { AckAnswer } from './answer.ts'
import { type LoadConnection, ConnectionLost, openConnection } from './connection.ts'
import { nextMessage } from './messages.ts'
import { makePatients, type LoadPatient } from './patients.ts'
import { logged, type LoadOutcome, type Plan } from './plan.ts'
import { quantiles } from './quantiles.ts'
import { randomOf } from './random.ts'

/** A message to send, when it was made and when it is due. */
type Due = ReturnType<typeof nextMessage> & { controlId: string; madeAt: number; due: number }

const clock = () => performance.timeOrigin + performance.now()
const isTaken = (code: string) => code === 'AA' || code === 'CA'
/** AE: not durable at the receiver; the sender keeps the message and sends it again. */
const isRefusedForNow = (code: string) => code === 'AE' || code === 'CE'

/**
 * Sends as interface engines do: one message in flight on each connection, each patient on one
 * connection so that the order is kept, and after a lost connection or an AE the same message again
 * until it is accepted.
 *
 * @param write  receives a line for each accepted message; see `logged`
 * @param stopped  called between messages; true ends the load
 */
export const runLoad = async (
  plan: Plan,
  write: (line: string) => void,
  stopped: () => boolean,
): Promise<LoadOutcome> => {
  const patients = makePatients(
    Math.max(plan.patients, plan.connections),
    plan.seed,
    plan.run,
    plan.told,
  )
  const codes: Record<string, number> = {}
  const ackMs: number[] = []
  const dueMs: number[] = []
  const count = {
    sent: 0,
    acknowledged: 0,
    measured: 0,
    resent: 0,
    reconnects: 0,
    unmatched: 0,
    longestSilence: 0,
  }
  const began = clock()
  const measuredFrom = began + plan.warmUpSeconds * 1000
  const until = measuredFrom + plan.seconds * 1000
  let cpu = process.cpuUsage()
  const measure = setTimeout(() => {
    cpu = process.cpuUsage()
  }, plan.warmUpSeconds * 1000)
  let issued = 0
  let lastAnswer = began

  const connected = async (): Promise<LoadConnection> => {
    for (let wait = 50; ; wait = Math.min(wait * 2, 1_000)) {
      try {
        return await openConnection(plan.address)
      } catch (error) {
        if (stopped() && clock() > until + 120_000) throw error
        await pause(wait)
      }
    }
  }

  const noteAnswer = (answer: AckAnswer, sentAt: number, due: number) => {
    const now = clock()
    count.longestSilence = Math.max(count.longestSilence, now - lastAnswer)
    lastAnswer = now
    codes[answer.code] = (codes[answer.code] ?? 0) + 1
    if (!isTaken(answer.code)) return
    count.acknowledged++
    if (now < measuredFrom || now > until) return
    count.measured++
    ackMs.push(now - sentAt)
    if (plan.rate !== null) dueMs.push(now - due)
  }

  const noteTaken = (message: Due, mrn: string, sentAt: number) => {
    if (plan.log === null) return
    const { bytes, ...rest } = message
    write(
      logged({
        ...{ controlId: rest.controlId, madeAt: rest.madeAt, isResult: rest.type === 'ORU^R01' },
        messageId: messageIdOf(plan.source, bytes),
        mrn,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        sentAt,
        takenAt: clock(),
      }),
    )
  }

  /**
   * Sends one message until it is accepted, or refused for good. @returns the connection to
   * continue with
   */
  const deliver = async (
    open: LoadConnection,
    patient: LoadPatient,
    message: Due,
  ): Promise<LoadConnection> => {
    const { controlId, bytes, due } = message
    let connection = open
    for (;;) {
      const sentAt = clock()
      try {
        const [answer] = (await connection.exchange(bytes, [controlId], plan.answerWithinMs)) as [
          AckAnswer,
        ]
        noteAnswer(answer, sentAt, due)
        if (isTaken(answer.code)) noteTaken(message, patient.mrn, sentAt)
        if (!isRefusedForNow(answer.code)) return connection
        await pause(200)
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error
        count.reconnects++
        count.unmatched += connection.unmatched()
        connection = await connected()
      }
      count.resent++
    }
  }

  const worker = async (index: number, own: readonly LoadPatient[]) => {
    const random = randomOf(plan.seed * 1_000_003 + index)
    let connection = await connected()
    for (let turn = index; clock() < until && !stopped(); turn += plan.connections) {
      const due = plan.rate === null ? clock() : began + (turn * 1000) / plan.rate
      if (due > clock()) await pause(due - clock())
      const patient = own[Math.floor(random() * own.length)] as LoadPatient
      const controlId = `${plan.run}${(issued++).toString(36).toUpperCase().padStart(6, '0')}`
      const madeAt = clock()
      const made = nextMessage(patient, plan.sender, controlId, random)
      count.sent++
      connection = await deliver(connection, patient, { ...made, controlId, madeAt, due })
    }
    count.unmatched += connection.unmatched()
    await connection.close()
  }

  const owned = (index: number) => patients.filter((_, place) => place % plan.connections === index)
  await Promise.all(
    Array.from({ length: plan.connections }, (_, index) => worker(index, owned(index))),
  )
  clearTimeout(measure)
  const used = process.cpuUsage(cpu)
  const seconds = Math.min(clock() - measuredFrom, plan.seconds * 1000) / 1000
  return {
    sent: count.sent,
    acknowledged: count.acknowledged,
    codes,
    resent: count.resent,
    reconnects: count.reconnects,
    unmatched: count.unmatched,
    seconds,
    perSecond: seconds > 0 ? count.measured / seconds : 0,
    ackMs: quantiles(ackMs),
    ackFromDueMs: quantiles(dueMs),
    cpuSeconds: (used.user + used.system) / 1e6,
    longestSilenceMs: count.longestSilence,
  }
}
