import { avroType } from '@tideway/schemas/event-schemas'
import type { Topic } from '@tideway/schemas/topics'
import { table } from './table.ts'

const retentionOf = ({ config }: Topic): string =>
  config['retention.ms'] === '-1'
    ? 'for ever'
    : `${Number(config['retention.ms']) / 86_400_000} days`

/** One row a topic. */
export const topicsTable = (topics: Readonly<Record<string, Topic>>): string =>
  table(
    ['Topic', 'Envelope', 'What it carries', 'Kept'],
    Object.values(topics).map((topic) => [
      `\`${topic.name}\``,
      `\`${topic.envelope}\``,
      (avroType(topic.envelope) as { doc?: string }).doc ?? '',
      retentionOf(topic),
    ]),
  )
