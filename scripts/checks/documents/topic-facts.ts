import { avroType } from '@tideway/schemas/event-schemas'
import type { Topic } from '@tideway/schemas/topics'

/** What the envelope of a topic is, from its schema. */
export const topicDoc = ({ envelope }: Topic): string => {
  const { doc } = avroType(envelope) as { doc?: string }
  if (doc === undefined) throw new Error(`${envelope} has no doc`)
  return doc
}

/** How long a topic keeps a record: `for 14 days`, `for ever`, `the newest of each key`. */
export const topicRetention = ({ config }: Topic): string => {
  if (config['cleanup.policy'] === 'compact') return 'the newest of each key'
  return config['retention.ms'] === '-1'
    ? 'for ever'
    : `for ${Number(config['retention.ms']) / 86_400_000} days`
}
