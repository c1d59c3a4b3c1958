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

/** Groups the messages of one topic by the partition they go to, in order. */
export const groupByPartition = ({
  topic,
  partitionMetadata,
  messages,
  partitioner,
}: Grouping): Record<string, Message[]> => {
  const groups: Record<string, Message[]> = {}
  if (partitionMetadata.length === 0) return groups
  for (const message of messages) {
    const partition = partitioner({ topic, partitionMetadata, message })
    groups[partition] ??= []
    groups[partition].push(message)
  }
  return groups
}
