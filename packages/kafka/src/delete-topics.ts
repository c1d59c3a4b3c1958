import { topics } from '@tideway/schemas/topics'
import { Kafka, logLevel } from 'kafkajs'

/** Deletes every topic, as when a cluster is lost; for tests. What is not archived is gone. */
export const deleteTopics = async (brokers: readonly string[]): Promise<void> => {
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  const names = Object.values(topics).map(({ name }) => name)
  await admin.deleteTopics({ topics: names })
  const left = async () => (await admin.listTopics()).filter((name) => names.includes(name))
  while ((await left()).length > 0) await new Promise((resolve) => setTimeout(resolve, 100))
  await admin.disconnect()
}
