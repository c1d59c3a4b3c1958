import { setTimeout as wait } from 'node:timers/promises'
import type { LogEnds } from '@tideway/kafka/log-ends'
import type { Log } from '@tideway/runtime/log'
import { identityMark, type Watermark, watermarkId } from '@tideway/schemas/documents/watermark'
import { topics } from '@tideway/schemas/topics'
import { followPartition } from './caught-up.ts'
import { followIdentity } from './follow-identity.ts'
import {
  followedTopics,
  type LineView,
  nothingSeen,
  ofAll,
  type WatchedTopic,
} from './line-view.ts'
import { type Belonging, bothSay, storeBelongsToLog } from './store-of-log.ts'

export type LinePorts = {
  /** Rejects within a few seconds if the log is not reachable. */
  ends: () => Promise<LogEnds<WatchedTopic>>
  marks: () => Promise<Watermark[]>
  /** Whether database and log carry the same epoch. */
  epoch: () => Belonging
  /** Whether any state of a parked message is without its message. */
  hasEarly: () => Promise<boolean>
  /** Milliseconds since 1970 UTC. */
  now: () => number
  log: Pick<Log, 'warn' | 'info'>
}

/** Pause between two looks, milliseconds: what identity considered is known three looks later. */
const everyMs = 500

/**
 * Looks at the log and at the watermarks in the background, so that reading never waits for Kafka:
 * an answer uses the view of the last look. Watermarks are read after the ends of the log, and a
 * reader takes a view before it reads documents, so that a view never claims more than they hold.
 */
export const lineWatch = ({ ends, marks, epoch, hasEarly, now, log }: LinePorts) => {
  const partitions = new Map<string, ReturnType<typeof followPartition>>()
  const followsIdentity = followIdentity()
  let view: LineView = nothingSeen
  let before: readonly Watermark[] | null = null
  let isReachable = true
  let isOver = false

  const follow = (id: string, at: number, end: number, mark: Watermark | undefined) => {
    const follows = partitions.get(id) ?? followPartition()
    partitions.set(id, follows)
    return follows(
      at,
      end,
      mark === undefined ? null : { next: mark.next, through: mark.through?.getTime() ?? null },
    )
  }

  const seen = (
    at: number,
    { ends: found }: LogEnds<WatchedTopic>,
    { earlier, stored }: { earlier: readonly Watermark[]; stored: readonly Watermark[] },
    belongs: Belonging,
    early: boolean,
  ) => {
    const caughtUp = (name: WatchedTopic, mark: string, marks = stored) => {
      const byId = new Map(marks.map((one) => [one._id, one]))
      return found[name].map((end, partition) => {
        const id = watermarkId(mark, partition)
        return follow(marks === stored ? id : `${id} before`, at, end, byId.get(id))
      })
    }
    const upTo = Object.fromEntries(
      followedTopics.map((name) => [name, caughtUp(name, topics[name].name)]),
    ) as unknown as LineView['upTo']
    const before = ofAll(caughtUp('patientEvents', topics.patientEvents.name, earlier))
    const considered = ofAll(
      (['recordChanges', 'patientEvents'] as const).flatMap((name) =>
        caughtUp(name, identityMark(name)),
      ),
    )
    const identified = followsIdentity(at, before, considered.proven)
    view = { lookedAt: at, upTo, identified, belongs, hasEarly: early }
  }

  const look = async (): Promise<void> => {
    try {
      const earlier = before ?? (await marks())
      const at = now()
      const found = await ends()
      const stored = await marks()
      // After the watermarks: what they cover is seen here, or its message has it by now.
      const early = await hasEarly()
      seen(
        at,
        found,
        { earlier, stored },
        bothSay(storeBelongsToLog(found, earlier), epoch()),
        early,
      )
      before = stored
      if (!isReachable) log.info({}, 'completeness can be checked again')
      isReachable = true
    } catch (cause) {
      if (isReachable) log.warn({ cause }, 'completeness cannot be checked')
      isReachable = false
    }
  }

  const run = async (): Promise<void> => {
    while (!isOver) {
      await look()
      await wait(everyMs, undefined, { ref: false })
    }
  }

  return {
    view: (): LineView => view,
    look,
    start: (): void => void run(),
    close: (): void => {
      isOver = true
    },
  }
}
