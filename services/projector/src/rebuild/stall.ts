import type { Offsets } from './progress.ts'

/** Reading nothing for so long is no slow machine, milliseconds. */
const stalledAfterMs = 60_000

/**
 * Tells when nothing arrives although events are left. A batch that is being applied may take its
 * time.
 *
 * @returns called again and again, whether it has stalled
 */
export const stallWatch = () => {
  let since: { done: number; at: number } | null = null
  return (done: number, isApplying: boolean, at: number): boolean => {
    if (since === null || isApplying || done !== since.done) since = { done, at }
    return at - since.at >= stalledAfterMs
  }
}

/** Names the partitions that are behind, and what to do. */
export const stalledText = (targets: Offsets, next: Offsets): string => {
  const behind = [...targets]
    .filter(([partition, target]) => (next.get(partition) ?? 0) < target)
    .map(
      ([partition, target]) =>
        `partition ${partition} (at ${next.get(partition) ?? 0} of ${target})`,
    )
  return `Nothing was read of the patient events for ${stalledAfterMs / 1000} s: ${behind.join(', ')}. Readers still have the record as it was. Run the command again: it goes on where it stopped; if the same partition stops again, see whether Kafka has a leader for it`
}
