import { setTimeout as pause } from 'node:timers/promises'
import type { GenerationStore } from '@tideway/mongo/generations'
import type { Building } from '@tideway/schemas/documents/generations'
import { RebuildError } from './errors.ts'

/** A rebuild that runs shows it within this time, milliseconds. */
const aliveWithinMs = 4_000

/** @throws RebuildError if another rebuild runs */
const requireStopped = async (generations: GenerationStore, building: Building): Promise<void> => {
  await pause(aliveWithinMs)
  const now = (await generations.read()).building
  if (now === null || now.generation !== building.generation || now.beat !== building.beat)
    throw new RebuildError('Another rebuild is running')
}

/** Forgets an unfinished generation and removes its collections. */
export const discard = async (
  generations: GenerationStore,
  onDiscarded: (generation: number) => Promise<void>,
): Promise<number | null> => {
  const { building } = await generations.read()
  if (building === null) return null
  await requireStopped(generations, building)
  await generations.discard(building.generation)
  await generations.drop(building.generation)
  await onDiscarded(building.generation)
  return building.generation
}

type Begun = {
  generation: number
  /** Offsets to go on from; null: a new generation. */
  resumed: ReadonlyMap<number, number> | null
}

/**
 * Begins a generation, or goes on with one that a rebuild by the same rules did not finish. One of
 * other rules is discarded.
 *
 * @throws RebuildError if another rebuild runs
 */
export const beginOrResume = async (
  generations: GenerationStore,
  rules: string,
  onDiscarded: (generation: number) => Promise<void>,
): Promise<Begun> => {
  const { building } = await generations.read()
  if (building?.rules === rules) {
    await requireStopped(generations, building)
    await generations.enter(building.generation, 'build', 'handover')
    const next = (await generations.read()).building?.next ?? {}
    const resumed = Object.entries(next).map(([at, offset]): [number, number] => [+at, offset])
    return { generation: building.generation, resumed: new Map(resumed) }
  }
  await discard(generations, onDiscarded)
  const generation = await generations.begin(rules)
  if (generation === null) throw new RebuildError('Another rebuild has begun')
  return { generation, resumed: null }
}
