import { setTimeout as pause } from 'node:timers/promises'
import type { GenerationStore } from '@tideway/mongo/generations'
import type { Log } from '@tideway/runtime/log'
import type { Building } from '@tideway/schemas/documents/generations'

/** A generation that is being written. */
type Opened = { joined: () => boolean; close: () => Promise<unknown> }

type FollowPorts = {
  generations: Pick<GenerationStore, 'read' | 'takeBack'>
  open: (generation: number) => Promise<Opened>
  log: Log
  lookEveryMs: number
  /** A rebuild whose beat stands still for so long has stopped, milliseconds. */
  stoppedAfterMs: number
}

/**
 * Writes the live generation of the record, and the next one after a switch.
 *
 * While a rebuild hands over, nothing is written: the consumer leaves its group, which the rebuild
 * waits for. If the rebuild stops meanwhile, the handover is taken back, after which it cannot
 * switch any more.
 *
 * @throws what opening the first generation throws; later failures are logged and tried again
 */
export const followLive = async ({
  generations,
  open,
  log,
  lookEveryMs,
  stoppedAfterMs,
}: FollowPorts) => {
  let opened: (Opened & { generation: number }) | null = null
  let seen = { beat: -1, at: 0 }
  let isPausing = false
  let isStopping = false

  const close = async (): Promise<void> => {
    const closing = opened
    opened = null
    await closing?.close()
  }

  /** Whether the rebuild has stopped and its handover was taken back. */
  const takesBack = async (building: Building): Promise<boolean> => {
    if (building.beat !== seen.beat) seen = { beat: building.beat, at: performance.now() }
    if (performance.now() - seen.at < stoppedAfterMs) return false
    log.warn({ generation: building.generation }, 'the rebuild has stopped, going on without it')
    return generations.takeBack(building)
  }

  const look = async (): Promise<void> => {
    const { current, building } = await generations.read()
    isPausing = building?.phase === 'handover' && !(await takesBack(building))
    if (isPausing) {
      if (opened !== null) log.info({ generation: current }, 'pausing for a rebuild')
      return close()
    }
    if (opened?.generation === current) return
    await close()
    opened = { ...(await open(current)), generation: current }
    log.info({ generation: current }, 'writing')
  }

  await look()
  const looking = (async () => {
    while (!isStopping) {
      await pause(lookEveryMs)
      if (!isStopping)
        await look().catch((cause: unknown) =>
          log.warn({ cause }, 'generation not known, retrying'),
        )
    }
  })()

  return {
    /** Also while it waits for a rebuild. */
    ready: () => opened?.joined() ?? isPausing,
    close: async () => {
      isStopping = true
      await looking
      await close()
    },
  }
}
