import type { Ends } from '@tideway/kafka/group-admin'

/** By partition: the next offset to apply, or the first not to apply. */
export type Offsets = ReadonlyMap<number, number>

/** Of each partition the greater offset. */
export const furthest = (...all: readonly Offsets[]): Map<number, number> => {
  const most = new Map<number, number>()
  for (const [partition, offset] of all.flatMap((offsets) => [...offsets]))
    most.set(partition, Math.max(offset, most.get(partition) ?? 0))
  return most
}

/** Events applied so far, and all that are to be. */
export type Progress = { done: number; total: number }

/**
 * Where the new generation has to end: where the live one has got to, so that what is announced for
 * the first time is announced by the projector. Without a live generation that ever read the log,
 * it is the end of the log.
 */
export const targetsOf = (
  ends: ReadonlyMap<number, Ends>,
  committed: Offsets,
): Map<number, number> =>
  new Map(
    [...ends].map(([partition, { low, high }]) => [
      partition,
      committed.size === 0 ? high : Math.max(low, Math.min(high, committed.get(partition) ?? low)),
    ]),
  )

/** Whether everything before the targets is applied. */
export const hasReached = (targets: Offsets, next: Offsets, ends: ReadonlyMap<number, Ends>) =>
  [...targets].every(
    ([partition, target]) => (next.get(partition) ?? ends.get(partition)?.low ?? 0) >= target,
  )

export const progressOf = (
  targets: Offsets,
  next: Offsets,
  ends: ReadonlyMap<number, Ends>,
): Progress => {
  const lowOf = (partition: number) => ends.get(partition)?.low ?? 0
  const sum = (offsets: Offsets) =>
    [...targets.keys()].reduce(
      (total, partition) =>
        total + Math.max(0, (offsets.get(partition) ?? lowOf(partition)) - lowOf(partition)),
      0,
    )
  return { done: sum(next), total: sum(targets) }
}
