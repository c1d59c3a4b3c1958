import type { ArchiveObject } from '@tideway/schemas/documents/ledger'
import type { Metrics } from '@tideway/runtime/metrics'

/** Metrics of this service. */
export const archiverMetrics = (metrics: Metrics, waiting: () => number) => {
  const messages = metrics.counter('archiver_messages', 'Messages put into the archive', [])
  const bytes = metrics.counter(
    'archiver_object_bytes',
    'Bytes of archive objects put, compressed',
    [],
  )
  const objects = metrics.counter(
    'archiver_objects',
    'Archive objects put, or adopted after a crash',
    ['how'],
  )
  const lag = metrics.gauge('archiver_lag_records', 'Records of the topic not read yet', [
    'topic',
    'partition',
  ])
  metrics.gauge('archiver_waiting_messages', 'Messages read and not archived yet', [], (gauge) =>
    gauge.set(waiting()),
  )
  return {
    putLatency: metrics.latency('archiver_put', 'From closing an object to its entry in the index'),
    ledgerLatency: metrics.latency(
      'archiver_ledger',
      'From durable in the log to readable in the ledger',
    ),
    ledger: metrics.counter('archiver_ledger_messages', 'Messages written to the ledger', [
      'source',
    ]),
    duplicates: metrics.counter(
      'archiver_duplicates',
      'Messages received again with the same bytes from the same sender',
      ['source'],
    ),
    parked: metrics.counter('archiver_parked', 'State changes of parked messages', [
      'state',
      'stage',
      'code',
    ]),
    undecodable: metrics.counter('archiver_undecodable', 'Records that do not decode', ['topic']),
    lag: (topic: string, partition: number, records: number) =>
      lag.set({ topic, partition: String(partition) }, records),
    archived: (object: ArchiveObject, adopted: boolean) => {
      objects.inc({ how: adopted ? 'adopted' : 'put' })
      if (adopted) return
      messages.inc(object.messages)
      bytes.inc(object.bytes)
    },
  }
}

export type ArchiverMetrics = ReturnType<typeof archiverMetrics>
