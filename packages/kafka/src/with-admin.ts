import type { Admin, Kafka } from 'kafkajs'

/** Runs an operation over an admin connection of its own. */
export const adminOf =
  (kafka: Kafka) =>
  async <R>(use: (admin: Admin) => Promise<R>): Promise<R> => {
    const admin = kafka.admin()
    await admin.connect()
    try {
      return await use(admin)
    } finally {
      await admin.disconnect()
    }
  }
