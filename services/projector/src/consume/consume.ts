import type { ConsumerBatch } from '@tideway/kafka/consumer'
import type { Log } from '@tideway/runtime/log'
import type { Span, Tracing } from '@tideway/runtime/tracing'
import { type Ports, applyBatch } from '../apply/apply.ts'
import { type Arrival, arrivalOf } from '../apply/arrival.ts'
import { type ProjectorMetrics, reportBatch } from './observe.ts'
import type { Projected } from '../apply/project.ts'

/**
 * Records applied at once: enough to share the reads and writes, few enough to stay in memory and
 * under the session's time.
 */
const batchRecords = 500

/** A span a message; what the message causes carries it on. */
const traced = (
  arrivals: readonly Arrival[],
  tracing: Tracing,
): { arrivals: Arrival[]; spans: Iterable<Span> } => {
  const spans = new Map<string, Span>()
  const spanOf = ({ messageId, traceparent }: Arrival): Span => {
    const span = spans.get(messageId) ?? tracing.span('project', traceparent)
    spans.set(messageId, span)
    return span
  }
  return {
    arrivals: arrivals.map((arrival) => ({ ...arrival, traceparent: spanOf(arrival).traceparent })),
    spans: spans.values(),
  }
}

/**
 * Whether anything here had not been applied before: from then on nothing that another process
 * applied is left to come.
 */
const isNew = ({ course, repeated }: Projected): boolean =>
  course.applied.some(({ event }) => !repeated.has(event.messageId))

/**
 * Applies the records of `patient-events.v1`, batch by batch; partitions go on beside each other.
 *
 * @param onTakenOver  a partition is read from here on that another may have read until now, or
 *   that failed
 * @returns for the consumer; it rejects if a batch could not be applied, and the records come again
 */
export const consume = (
  ports: Ports,
  onTakenOver: () => void,
  tracing: Tracing,
  metrics: ProjectorMetrics,
  log: Log,
) => {
  /**
   * Partitions of which what the reader before us applied may still come again; see
   * `announcementOf`.
   */
  const beginnings = new Map<number, { generation: number; over: boolean }>()

  const beginningOf = (partition: number, generation: number) => {
    const known = beginnings.get(partition)
    if (known !== undefined && known.generation === generation) return known
    const started = { generation, over: false }
    beginnings.set(partition, started)
    onTakenOver()
    return started
  }

  const applyOne = async (
    partition: number,
    records: readonly Arrival[],
    generation: number,
  ): Promise<void> => {
    const startedAt = ports.now()
    const beginning = beginningOf(partition, generation)
    const { arrivals, spans } = traced(records, tracing)
    try {
      const saved = await applyBatch(partition, arrivals, !beginning.over, ports)
      if (saved.some(isNew)) beginning.over = true
      reportBatch(saved, records.length, ports.now() - startedAt, ports.now(), metrics, log)
      if (saved.some(({ hold, unhold }) => hold.length > 0 || unhold.length > 0))
        metrics.held.set((await ports.store.heldPatients()).length)
      for (const span of spans) span.end()
    } catch (cause) {
      beginnings.delete(partition)
      for (const span of spans) span.end('not applied')
      log.error({ cause, partition }, 'batch not applied, it comes again')
      throw cause
    }
  }

  return async ({
    partition,
    records,
    heartbeat,
    isStale,
    generation,
  }: ConsumerBatch<'patientEvents'>): Promise<void> => {
    for (let from = 0; from < records.length && !isStale(); from += batchRecords) {
      await applyOne(partition, records.slice(from, from + batchRecords).map(arrivalOf), generation)
      await heartbeat()
    }
  }
}
