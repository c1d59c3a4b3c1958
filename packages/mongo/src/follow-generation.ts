import type { Collections } from './collections.ts'
import type { Mongo } from './client.ts'

/** A switch is noticed within this time, milliseconds. */
const freshForMs = 500

/**
 * What a reader makes of the collections, always those of the live generation.
 *
 * The generation is looked up again when what is known of it is older than `freshForMs`, so that
 * an answer never comes from a generation that has been replaced for longer. One lookup serves all
 * who ask meanwhile.
 *
 * @param build  makes of the collections what is read through; called once for each generation
 * @param now    milliseconds of a clock that only goes forward
 * @returns gives what was built of the live generation; rejects if the database does not answer
 */
export const followGeneration = <T>(
  mongo: Pick<Mongo, 'generations' | 'inGeneration'>,
  build: (collections: Collections) => T,
  now: () => number = () => performance.now(),
): (() => Promise<T>) => {
  let known: { generation: number; built: T; readAt: number } | null = null
  let looking: Promise<T> | null = null

  const look = async (): Promise<T> => {
    const readAt = now()
    const { current } = await mongo.generations.read()
    const built = known?.generation === current ? known.built : build(mongo.inGeneration(current))
    known = { generation: current, built, readAt }
    return built
  }

  return () => {
    if (known !== null && now() - known.readAt < freshForMs) return Promise.resolve(known.built)
    looking ??= look().finally(() => {
      looking = null
    })
    return looking
  }
}

type Functions<K extends string> = Record<K, (...args: never[]) => Promise<unknown>>

/** Functions of that name, each called on whatever is current when it is called. */
export const onCurrent = <K extends string, T extends Functions<K>>(
  current: () => Promise<T>,
  names: readonly K[],
): Pick<T, K> =>
  Object.fromEntries(
    names.map((name) => [name, async (...args: never[]) => (await current())[name](...args)]),
  ) as Pick<T, K>
