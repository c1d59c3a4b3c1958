import { setTimeout as wait } from 'node:timers/promises'
import type { Admin, Kafka } from 'kafkajs'

/** What a broker answers about groups in the first seconds after it starts. */
const starting: ReadonlySet<string> = new Set([
  'GROUP_LOAD_IN_PROGRESS',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR_FOR_GROUP',
])
const pauseMs = 500
const maxAttempts = 40

const isStarting = (error: unknown): boolean =>
  error instanceof Error && 'type' in error && starting.has(String(error.type))

/**
 * Runs an operation over an admin connection of its own, again while the broker starts.
 *
 * @throws what the operation throws
 */
export const adminOf =
  (kafka: Kafka) =>
  async <R>(use: (admin: Admin) => Promise<R>): Promise<R> => {
    const admin = kafka.admin()
    await admin.connect()
    try {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await use(admin)
        } catch (error) {
          if (attempt === maxAttempts || !isStarting(error)) throw error
          await wait(pauseMs)
        }
      }
    } finally {
      await admin.disconnect()
    }
  }
