import { setTimeout as wait } from 'node:timers/promises'
import type { GroupCommit } from '@tideway/ingest/group-commit'
import type { Upload } from '@tideway/ingest/large-payloads'
import { takeCustody } from '@tideway/ingest/take-custody'
import type { Outgoing } from '@tideway/kafka/client'
import type { ObjectStore } from '@tideway/object-store/client'
import type { KnownResources } from './known-resource.ts'
import { type Keyed, missedWithdrawal, writer } from './records.ts'
import { type SettlePorts, settling } from './settle-waiting.ts'
import type { MissedMove } from './view.ts'

const durableWithinMs = 10_000
const lookEveryMs = 500
/**
 * The process that received what a message waits for applies it at once; another does, if it still
 * waits then, milliseconds. Twice is harmless: the ids are the same.
 */
const otherwiseAfterMs = 2_000
/** A request waits no longer for this process to have read the topic, milliseconds. */
const catchUpWithinMs = 1_000
/** For so long, what this process wrote may have become durable although it was told otherwise. */
const doubtMs = 120_000
/** Older contradictions were settled when they were read first, microseconds. */
const recent = 3_600_000_000

export type ReferencePorts = SettlePorts & {
  commit: GroupCommit<Outgoing>
  store: Pick<ObjectStore, 'putNew' | 'get'>
  /** Resolves when this process has read all that is in the topic; false if not in time. */
  caughtUp: (withinMs: number) => Promise<boolean>
  /** Milliseconds since 1970 UTC. */
  now?: () => number
}

/**
 * What clients have sent before, by the names they refer to it by, and the messages that wait for
 * what is not sent yet.
 */
export const createReferences = ({
  commit,
  store,
  caughtUp,
  now = Date.now,
  ...ports
}: ReferencePorts) => {
  const { view, encode, tracing, log } = ports
  const due = new Map<string, number>()
  let working: Promise<void> | null = null
  let doubtUntil = 0
  let isClosed = false

  const schedule = (messages: readonly string[], afterMs: number): void => {
    for (const message of messages)
      due.set(message, Math.min(due.get(message) ?? Number.POSITIVE_INFINITY, now() + afterMs))
  }

  const makeDurable = (records: readonly Outgoing[], uploads: Upload[] = []) =>
    takeCustody(
      records,
      uploads,
      performance.now() + durableWithinMs,
      { commit, store },
      () => undefined,
    ).catch((cause: unknown) => {
      doubtUntil = now() + doubtMs
      throw cause
    })

  const withdrawMissed = async (source: string, missed: MissedMove): Promise<void> => {
    if (missed.newer.saidAt < now() * 1000 - recent) return
    const span = tracing.span('withdraw', null)
    const record = missedWithdrawal(source, missed, span.traceparent, encode)
    try {
      if (record !== null) await makeDurable([record])
    } catch (cause) {
      log.error({ cause, messageId: missed.messageId }, 'withdrawal not durable, trying again')
      if (!isClosed) setTimeout(() => void withdrawMissed(source, missed), otherwiseAfterMs).unref()
    }
    span.end()
  }

  const noteAll = (all: readonly Keyed[], afterMs: number): void => {
    for (const { key, record } of all) {
      const { due: messages, missed } = view.note(key, record)
      if (messages.length > 0) schedule(messages, afterMs)
      for (const one of missed) void withdrawMissed(record.source, one)
    }
  }

  const known =
    (client: string): KnownResources =>
    (name) =>
      view.find(client, name)

  const settle = settling({ ...ports, store }, { now, makeDurable, note: (all) => noteAll(all, 0) })

  const work = async (): Promise<void> => {
    for (;;) {
      const ready = [...due].filter(([, at]) => at <= now()).map(([id]) => id)
      if (ready.length === 0 || isClosed) return
      for (const id of ready) {
        due.delete(id)
        if (await settle(id)) schedule([id], otherwiseAfterMs)
      }
    }
  }
  const startWork = (): void => {
    working ??= work().finally(() => {
      working = null
    })
  }
  const timer = setInterval(() => {
    // Not all processes at once.
    const late = view.lateMessages(now() * 1000).filter((id) => !due.has(id))
    schedule(late, Math.random() * otherwiseAfterMs)
    startWork()
  }, lookEveryMs).unref()

  return {
    of: known,
    claim: view.claim,
    release: view.release,
    /** What this process made durable itself. */
    noteOwn(all: readonly Keyed[]): void {
      if (all.length === 0) return
      noteAll(all, 0)
      if (due.size > 0) startWork()
    },
    /** What it wrote may be durable or not: then it reads it like what others wrote. */
    doubt: (): void => {
      doubtUntil = now() + doubtMs
    },
    /** Whether a record need not be read, because this process noted it when it was durable. */
    isNoted: (by: string | undefined): boolean => by === writer && now() > doubtUntil,
    /** What was read from the topic, by whichever process it was written. */
    noteRead: (all: readonly Keyed[]): void => noteAll(all, otherwiseAfterMs * (1 + Math.random())),
    /** Looks for what came while no process ran. */
    begin: (): void => schedule(view.dueMessages(), otherwiseAfterMs * Math.random()),
    /** @returns whether all is read that was durable when it was called */
    catchUp: (): Promise<boolean> =>
      caughtUp(catchUpWithinMs).catch((cause: unknown) => {
        log.warn({ cause }, 'cannot tell whether all is read')
        return false
      }),
    close: async (): Promise<void> => {
      isClosed = true
      clearInterval(timer)
      while (working !== null) await Promise.race([working, wait(durableWithinMs)])
      view.close()
    },
  }
}

export type References = ReturnType<typeof createReferences>
