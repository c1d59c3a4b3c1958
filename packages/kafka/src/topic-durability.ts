import type { Topic } from '@tideway/schemas/topics'

/** A topic as the broker describes it; configuration with defaults included. */
export type FoundTopic = { replicas: number; config: Readonly<Record<string, string>> }

/** What of a topic is not as acknowledged messages need it. */
export type TopicDifference = {
  topic: string
  setting: string
  is: string
  mustBe: string
  /** The value that mends it; null if configuration cannot. */
  repair: string | null
}

export const durableReplicas = 3
export const durableInsync = 2

/** A setting, the value that a topic should have, and which others do as well. */
type Rule = { setting: string; value: string; mustBe: string; isMet: (is: string) => boolean }

const number = (text: string): number =>
  text === '-1' ? Number.POSITIVE_INFINITY : /^\d+$/.test(text) ? Number(text) : Number.NaN

const atLeast = (setting: string, value: string): Rule => ({
  setting,
  value,
  mustBe: value === '-1' ? '-1, without limit' : `${value} or more`,
  isMet: (is) => number(is) >= number(value),
})

const exactly = (setting: string, value: string): Rule => ({
  setting,
  value,
  mustBe: value,
  isMet: (is) => is === value,
})

const least: ReadonlySet<string> = new Set(['retention.ms', 'max.message.bytes'])

/**
 * What is said of a topic's configuration: retention by time and size, so that nothing is deleted
 * before it was read; the cleanup policy, as compaction would drop events; no unclean leader, which
 * would lose what was acknowledged; and what the topic is defined with.
 */
const rulesOf = ({ config }: Topic): Rule[] => [
  atLeast('min.insync.replicas', String(durableInsync)),
  exactly('unclean.leader.election.enable', 'false'),
  atLeast('retention.bytes', '-1'),
  ...Object.entries({ 'cleanup.policy': 'delete', ...config }).map(([setting, value]) =>
    (least.has(setting) ? atLeast : exactly)(setting, value),
  ),
]

/** How an existing topic differs from what "durable" needs; see docs/operations.md. */
export const differencesOf = (
  topic: Topic,
  { replicas, config }: FoundTopic,
): TopicDifference[] => {
  const replication: TopicDifference[] =
    replicas >= durableReplicas
      ? []
      : [
          {
            topic: topic.name,
            setting: 'replication factor',
            is: String(replicas),
            mustBe: `${durableReplicas} or more`,
            repair: null,
          },
        ]
  return [
    ...replication,
    ...rulesOf(topic).flatMap(({ setting, value, mustBe, isMet }) => {
      const is = config[setting]
      if (is !== undefined && isMet(is)) return []
      // With as many in-sync replicas as there are, or more, nothing could be written.
      const repair = setting === 'min.insync.replicas' && replicas <= durableInsync ? null : value
      return [{ topic: topic.name, setting, is: is ?? 'not said', mustBe, repair }]
    }),
  ]
}

/** A difference as operators read it. */
export const differenceText = ({ topic, setting, is, mustBe }: TopicDifference): string =>
  `${topic}: ${setting} is ${is}, must be ${mustBe}`
