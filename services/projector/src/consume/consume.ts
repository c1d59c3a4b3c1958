import type { ConsumerBatch, Incoming } from '@tideway/kafka/consumer'
import type { Log } from '@tideway/runtime/log'
import type { Span, Tracing } from '@tideway/runtime/tracing'
import { type ApplyPorts, applyBatch } from '../apply/apply.ts'
import { topicKeyAsNow } from '@tideway/schemas/public-id'
import { type Arrival, eventOf } from '../apply/arrival.ts'
import { type ProjectorMetrics, reportBatch } from './observe.ts'
import type { Projected } from '../apply/project.ts'

/** Records of a partition whose documents are saved and announced. */
export type ReachedRecords = { from: number; next: number; through: number }

export type ConsumePorts = ApplyPorts & {
  reached: (partition: number, records: ReachedRecords) => void
}

/**
 * Records applied at once: enough to share reads and writes, few enough to fit in memory and within
 * the session timeout.
 */
const batchRecords = 500
const sourceIn = (header: string | null): string =>
  /^\/sources\/(.+)$/.exec(header ?? '')?.[1] ?? 'unknown'

/**
 * A record as consumed. If its value cannot be read, its key and CloudEvents headers identify it
 * (`ce_id` is `<message id>.<n>`).
 */
export const arrivalOf = ({
  offset,
  key,
  value,
  record,
  header,
}: Incoming<'patientEvents'>): Arrival => {
  const eventId = value?.id ?? header('ce_id')
  const patient = topicKeyAsNow(value?.patientKey ?? (key.includes('|') ? key : ''))
  return {
    patient,
    offset,
    event: value === null ? null : eventOf(value, patient),
    record,
    messageId: value?.messageId ?? eventId?.replace(/\.\d+$/, '') ?? `offset-${offset}`,
    eventId,
    source: value?.source ?? sourceIn(header('ce_source')),
    traceparent: header('traceparent'),
  }
}

/** Opens a span for each message; everything it causes continues that span. */
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
 * Whether a message was applied for the first time: nothing another process applied can be
 * redelivered after it.
 */
const isNew = ({ result, repeated }: Projected): boolean =>
  result.applied.some(({ event }) => !repeated.has(event.messageId))

/**
 * Index of the first record that was not committed. Those before it were announced: together with
 * newer ones they would be again.
 */
const beginOfUncommitted = (records: readonly { offset: number }[], committed: number): number => {
  const found = records.findIndex(({ offset }) => offset >= committed)
  return found === -1 ? records.length : found
}

/**
 * Applies the records of `patient-events.v1` batch by batch; partitions proceed in parallel.
 *
 * @param onAssigned  called before reading a partition that another process may have read until
 *   now, or that failed
 * @returns the consumer's batch handler; it rejects if a batch could not be applied, and the
 *   records are redelivered
 */
export const consume = (
  ports: ConsumePorts,
  onAssigned: () => void,
  tracing: Tracing,
  metrics: ProjectorMetrics,
  log: Log,
) => {
  /**
   * Partitions where messages applied by the previous process may still be redelivered, until
   * `over`; see `announcementOf`. Those it had committed were announced, and are not again.
   */
  const beginnings = new Map<number, { generation: number; over: boolean }>()

  const beginningOf = (partition: number, generation: number) => {
    const known = beginnings.get(partition)
    if (known !== undefined && known.generation === generation) return known
    const started = { generation, over: false }
    beginnings.set(partition, started)
    onAssigned()
    return started
  }

  /** The documents are saved: a failure to count them must not bring the batch again. */
  const report = (saved: readonly Projected[], records: number, startedAt: number): void => {
    try {
      reportBatch(saved, records, ports.now() - startedAt, ports.now(), metrics, log)
    } catch (cause) {
      log.error({ cause }, 'batch applied, but not counted')
    }
  }

  const applyOne = async (
    partition: number,
    records: readonly Arrival[],
    generation: number,
    committed: number,
  ): Promise<void> => {
    const startedAt = ports.now()
    const beginning = beginningOf(partition, generation)
    const { arrivals, spans } = traced(records, tracing)
    try {
      const mayBeUnannounced = !beginning.over && (records.at(-1)?.offset ?? 0) >= committed
      const saved = await applyBatch(partition, arrivals, mayBeUnannounced, ports)
      if (mayBeUnannounced && saved.some(isNew)) beginning.over = true
      report(saved, records.length, startedAt)
      if (saved.some(({ hold, unhold }) => hold.length > 0 || unhold.length > 0))
        metrics.held.set((await ports.store.heldPatients()).length)
      for (const span of spans) span.end()
    } catch (cause) {
      beginnings.delete(partition)
      for (const span of spans) span.end('not applied')
      log.error({ cause, partition }, 'batch not applied; it will be retried')
      throw cause
    }
  }

  return async (batch: ConsumerBatch<'patientEvents'>): Promise<void> => {
    const { partition, records, heartbeat, isStale, generation, committed } = batch
    let { from } = batch
    const begin = beginOfUncommitted(records, committed)
    for (let at = 0, end = 0; at < records.length && !isStale(); at = end) {
      end = Math.min(at + batchRecords, at < begin ? begin : records.length)
      const taken = records.slice(at, end)
      await applyOne(partition, taken.map(arrivalOf), generation, committed)
      const isLast = end === records.length
      const next = isLast ? batch.next : (taken.at(-1)?.offset ?? from) + 1
      ports.reached(partition, { from, next, through: taken.at(-1)?.timestamp ?? 0 })
      from = next
      await heartbeat()
    }
  }
}
