const seed = 0x9747b28c
const mix = 0x5bd1e995
const rotate = 24

/**
 * The hash that picks a key's partition, as every Kafka client has it, so that whoever writes a
 * patient's events puts them into one partition.
 *
 * @returns a signed 32-bit number
 * @see org.apache.kafka.common.utils.Utils.murmur2
 */
export const murmur2 = (key: Buffer): number => {
  const whole = key.length & ~3
  let hash = seed ^ key.length
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(key.readInt32LE(at), mix)
    word = Math.imul(word ^ (word >>> rotate), mix)
    hash = Math.imul(hash, mix) ^ word
  }
  const rest = key.length - whole
  if (rest === 3) hash ^= (key[whole + 2] as number) << 16
  if (rest >= 2) hash ^= (key[whole + 1] as number) << 8
  if (rest >= 1) hash = Math.imul(hash ^ (key[whole] as number), mix)
  hash = Math.imul(hash ^ (hash >>> 13), mix)
  return (hash ^ (hash >>> 15)) | 0
}

/** @param partitions  of the topic, one at least */
export const partitionOf = (key: string, partitions: number): number =>
  (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions

type Message = { key: string; value: Buffer }
type Grouping = {
  topic: string
  partitionMetadata: readonly object[]
  messages: readonly Message[]
  partitioner: (of: {
    topic: string
    partitionMetadata: readonly object[]
    message: Message
  }) => number
}

/** Messages of one topic by the partition each goes to, in order. */
export const byPartition = ({
  topic,
  partitionMetadata,
  messages,
  partitioner,
}: Grouping): Record<string, Message[]> => {
  const groups: Record<string, Message[]> = {}
  for (const message of partitionMetadata.length === 0 ? [] : messages) {
    const partition = partitioner({ topic, partitionMetadata, message })
    groups[partition] ??= []
    groups[partition].push(message)
  }
  return groups
}
