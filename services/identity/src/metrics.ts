import type { Metrics } from '@tideway/runtime/metrics'

export const identityMetrics = (metrics: Metrics) => ({
  batches: metrics.counter('identity_batches', 'Batches considered, by topic', ['topic']),
  batch: metrics.latency('identity_batch', 'Time to consider a batch'),
  lag: metrics.gauge('identity_lag_records', 'Records not yet considered, by topic and partition', [
    'topic',
    'partition',
  ]),
  changed: metrics.counter('identity_patients_changed', 'Source patients whose traits changed'),
  persons: metrics.counter('identity_persons_written', 'Changes of persons'),
  opened: metrics.counter('identity_work_items_opened', 'Work items opened'),
  closed: metrics.counter('identity_work_items_closed', 'Work items closed'),
  openItems: metrics.gauge('identity_open_work_items', 'Work items that wait for a steward', [
    'kind',
  ]),
  commonKeys: metrics.counter(
    'identity_common_block_keys',
    'Telephones, addresses and numbers found to be shared by too many to compare',
  ),
  lostRaces: metrics.counter(
    'identity_lost_races',
    'Writes that another process was faster with, done again',
  ),
  undecodable: metrics.counter('identity_undecodable', 'Records that do not decode, by topic', [
    'topic',
  ]),
})

export type IdentityMetrics = ReturnType<typeof identityMetrics>
