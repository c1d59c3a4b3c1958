import type { Log } from '@tideway/runtime/log'
import type { Metrics } from '@tideway/runtime/metrics'
import { resultsForReview } from '@tideway/record/alerts/results-for-review'
import type { Projected } from '../apply/project.ts'

const batchSizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000]

export const projectorMetrics = (metrics: Metrics) => ({
  events: metrics.counter('projector_events', 'Events applied, by type', ['type']),
  batches: metrics.counter('projector_batches', 'Batches applied'),
  batchSize: metrics.sizes('projector_batch_records', 'Records in a batch', batchSizes),
  documents: metrics.counter('projector_documents_written', 'Documents written, by collection', [
    'collection',
  ]),
  readable: metrics.latency(
    'wire_to_readable',
    'From receiving a message to writing its documents',
  ),
  project: metrics.latency('projector_batch', 'Time to apply a batch'),
  lag: metrics.gauge('projector_lag_records', 'Records not yet applied, by partition', [
    'partition',
  ]),
  held: metrics.gauge('projector_held_patients', 'Patients with held events'),
  holds: metrics.counter('projector_holds', 'Events held, by reason', ['code']),
  conflicts: metrics.counter(
    'projector_identity_conflicts',
    'Messages held because they contradict who the patient is, by sender',
    ['source'],
  ),
  dropped: metrics.counter('projector_dropped', 'Held events an operator dropped'),
  remade: metrics.counter(
    'projector_patients_remade',
    'Patients made anew after an act of an operator about a message, by act',
    ['act'],
  ),
  otherRules: metrics.gauge(
    'projector_documents_of_other_rules',
    '1 if the documents were made by other rules than those of this release: npm run rebuild',
  ),
  lostRaces: metrics.counter(
    'projector_lost_races',
    'Documents changed first by another writer, then loaded and folded again',
  ),
  notices: metrics.counter(
    'projector_notices',
    'Results for review: of the wrong patient, or with a status code that is not valid there',
    ['kind', 'source'],
  ),
})

export type ProjectorMetrics = ReturnType<typeof projectorMetrics>

const reportHolds = ({ result, repeated }: Projected, metrics: ProjectorMetrics, log: Log) => {
  for (const { arrival, code, cause } of result.held) {
    if (repeated.has(arrival.messageId)) continue
    metrics.holds.inc({ code })
    const reason = cause instanceof Error ? { cause } : {}
    if (cause !== null || arrival.event === null)
      log.error(
        { ...reason, code, messageId: arrival.messageId, offset: arrival.offset },
        'event held; later events of its patient wait',
      )
  }
}

const reportConflicts = ({ identity }: Projected, metrics: ProjectorMetrics, log: Log) => {
  for (const { arrival } of identity.held) {
    metrics.conflicts.inc({ source: arrival.source })
    log.warn(
      { messageId: arrival.messageId, offset: arrival.offset },
      'message in identity conflict',
    )
  }
  for (const { arrival } of identity.released)
    log.info({ messageId: arrival.messageId }, 'message in identity conflict released')
}

const reportDrops = ({ result }: Projected, metrics: ProjectorMetrics, log: Log) => {
  for (const { arrival } of result.dropped) {
    metrics.dropped.inc()
    log.warn({ messageId: arrival.messageId, offset: arrival.offset }, 'held event dropped')
  }
}

const reportActs = ({ acts }: Projected, metrics: ProjectorMetrics, log: Log) => {
  for (const { body } of acts) {
    metrics.remade.inc({ act: body.type })
    log.info({ act: body.type, messageId: body.message }, 'patient made anew')
  }
}

const reportReviews = ({ result, repeated }: Projected, metrics: ProjectorMetrics, log: Log) => {
  for (const { event } of result.applied) {
    if (repeated.has(event.messageId)) continue
    for (const { kind, place } of resultsForReview(event)) {
      metrics.notices.inc({ kind, source: event.source })
      log.warn(
        { kind, messageId: event.messageId, source: event.source, place },
        'result for review',
      )
    }
  }
}

/**
 * Counts and logs the result of a batch.
 *
 * @param tookMs  time it took, milliseconds
 * @param now     milliseconds since 1970 UTC
 */
export const reportBatch = (
  saved: readonly Projected[],
  records: number,
  tookMs: number,
  now: number,
  metrics: ProjectorMetrics,
  log: Log,
): void => {
  metrics.batches.inc()
  metrics.batchSize.observe(records)
  metrics.project.observe(tookMs / 1000)
  for (const projected of saved) {
    if (projected.headChanged) metrics.documents.inc({ collection: 'patients' })
    const entries = projected.entries.length + projected.followers.length
    if (entries > 0) metrics.documents.inc({ collection: 'entries' }, entries)
    for (const { event } of projected.result.applied) metrics.events.inc({ type: event.body.type })
    for (const { received } of projected.projections)
      metrics.readable.observe(Math.max(0, now - received / 1000) / 1000)
    reportHolds(projected, metrics, log)
    reportConflicts(projected, metrics, log)
    reportDrops(projected, metrics, log)
    reportActs(projected, metrics, log)
    reportReviews(projected, metrics, log)
  }
}
