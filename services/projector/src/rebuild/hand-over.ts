import { setTimeout as pause } from 'node:timers/promises'
import type { KafkaConnection } from '@tideway/kafka/client'
import type { GenerationStore } from '@tideway/mongo/generations'
import { RebuildError } from './errors.ts'

const lookEveryMs = 200
const pausedWithinMs = 60_000

type HandOverPorts = {
  generations: Pick<GenerationStore, 'enter' | 'switchTo'>
  kafka: Pick<KafkaConnection, 'hasMembers'>
  generation: number
  rules: string
  liveGroup: string
  signal: AbortSignal
  /** Applies the rest of what the live generation has, and stops. Nobody writes meanwhile. */
  finish: () => Promise<void>
}

/** Waits until no projector reads for the live generation. */
const projectorsPaused = async (
  { kafka, liveGroup, signal }: HandOverPorts,
  withinMs: number,
): Promise<boolean> => {
  const end = performance.now() + withinMs
  while (await kafka.hasMembers(liveGroup)) {
    signal.throwIfAborted()
    if (performance.now() > end) return false
    await pause(lookEveryMs)
  }
  return true
}

/**
 * Switches to the generation that was built: the projectors pause, both generations end at the same
 * offsets, the switch, and the projectors go on with the new one from there. Nothing is applied to
 * one alone, and nothing announced twice.
 *
 * @throws RebuildError if a projector does not pause or takes the handover back
 */
export const handOver = async (ports: HandOverPorts): Promise<void> => {
  const { generations, generation, rules, liveGroup, finish } = ports
  if (!(await generations.enter(generation, 'handover', 'build')))
    throw new RebuildError('The rebuild was discarded')
  try {
    if (!(await projectorsPaused(ports, pausedWithinMs)))
      throw new RebuildError(
        `A member of the consumer group ${liveGroup} does not pause: stop projectors of earlier releases, and run this again`,
      )
    await finish()
    if (!(await projectorsPaused(ports, 0)) || !(await generations.switchTo(generation, rules)))
      throw new RebuildError('A projector went on before the switch: run this again')
  } catch (cause) {
    await generations.enter(generation, 'build', 'handover')
    throw cause
  }
}
