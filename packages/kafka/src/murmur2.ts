const seed = 0x9747b28c
const mix = 0x5bd1e995
const rotate = 24

/**
 * The hash that every Kafka client uses to choose the partition of a key. kafkajs computes it on
 * BigInt, ten times as slowly.
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

/**
 * The partition of a key.
 *
 * @param partitions  number of partitions of the topic, at least one
 */
export const partitionOf = (key: string, partitions: number): number =>
  (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions
