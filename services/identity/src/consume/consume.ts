import type { ConsumerBatch } from '@tideway/kafka/consumer'
import type { WatermarkStore } from '@tideway/mongo/watermark-store'
import type { Log } from '@tideway/runtime/log'
import type { Tracing } from '@tideway/runtime/tracing'
import { identityMark } from '@tideway/schemas/documents/watermark'
import type { PatientEvent, RecordChanged } from '@tideway/schemas/events.generated'
import type { IdentityMetrics } from '../metrics.ts'
import type { Considerer } from './consider.ts'

export const consumedTopics = ['recordChanges', 'patientEvents'] as const
type Consumed = (typeof consumedTopics)[number]

/** Records considered at once. */
const batchRecords = 500

type ConsumePorts = {
  consider: Pick<Considerer, 'changes' | 'events'>
  serially: ReturnType<typeof oneAtATime>
  watermarks: Pick<WatermarkStore, 'note'>
  tracing: Tracing
  metrics: IdentityMetrics
  log: Log
}

/** Runs one after the other, in the order asked. */
export const oneAtATime = () => {
  let current: Promise<unknown> = Promise.resolve()
  return <T>(run: () => Promise<T>): Promise<T> => {
    const next = current.catch(() => undefined).then(run)
    current = next
    return next
  }
}

/**
 * Considers the records of both topics, one batch at a time: all partitions write the same persons.
 *
 * @returns the consumer's batch handler; it rejects if a batch could not be considered, and the
 *   records are redelivered
 */
export const consume = ({
  consider,
  serially,
  watermarks,
  tracing,
  metrics,
  log,
}: ConsumePorts) => {
  const one = async (topic: Consumed, values: readonly unknown[]): Promise<void> => {
    const startedAt = performance.now()
    const span = tracing.span('identify', null)
    try {
      await (topic === 'recordChanges'
        ? consider.changes(values as RecordChanged[])
        : consider.events(values as PatientEvent[]))
      span.end()
      metrics.batches.inc({ topic })
      metrics.batch.observe((performance.now() - startedAt) / 1000)
    } catch (cause) {
      span.end('not considered')
      log.error({ cause, topic }, 'batch not considered; it will be retried')
      throw cause
    }
  }

  return async (topic: Consumed, batch: ConsumerBatch<Consumed>): Promise<void> => {
    const { partition, records, heartbeat, isStale } = batch
    let { from } = batch
    for (let at = 0; at < records.length && !isStale(); at += batchRecords) {
      const taken = records.slice(at, at + batchRecords)
      const values = taken.flatMap(({ value }) => value ?? [])
      // The projector holds and counts what it cannot decode; here it only is not considered.
      if (values.length < taken.length)
        metrics.undecodable.inc({ topic }, taken.length - values.length)
      await serially(() => one(topic, values))
      const isLast = at + batchRecords >= records.length
      const next = isLast ? batch.next : (taken.at(-1)?.offset ?? from) + 1
      watermarks.note(identityMark(topic), partition, {
        ...{ from, next },
        through: taken.at(-1)?.timestamp ?? 0,
      })
      from = next
      await heartbeat()
    }
  }
}
