import type { Topic } from '@tideway/schemas/topics'
import { table } from './table.ts'
import { topicDoc, topicRetention } from './topic-facts.ts'

/** One row a topic. */
export const topicsTable = (topics: Readonly<Record<string, Topic>>): string =>
  table(
    ['Topic', 'Envelope', 'What it carries', 'Kept'],
    Object.values(topics).map((topic) => [
      `\`${topic.name}\``,
      `\`${topic.envelope}\``,
      topicDoc(topic),
      topicRetention(topic),
    ]),
  )
