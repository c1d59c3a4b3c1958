import type { Metrics } from '@tideway/runtime/metrics'

/**
 * The metrics of this service. Labels are sources, R4 types and codes, never a sender's own text.
 */
export const createMeter = (
  metrics: Metrics,
  depth: () => { waiting: number; waitingBytes: number; inFlight: number },
  heldBytes: () => number,
  waiting: () => number = () => 0,
) => {
  const received = metrics.counter(
    'fhir_messages',
    'Messages by source, type, outcome (OK or an error code) and HTTP status',
    ['source', 'type', 'outcome', 'status'],
  )
  const refused = metrics.counter(
    'fhir_requests_refused',
    'Requests rejected before their body was read, by error code',
    ['code'],
  )
  const answer = metrics.latency(
    'fhir_answer',
    'Time from the first byte of a request to its answer',
    ['route'],
  )
  metrics.gauge('commit_waiting', 'Messages waiting for the next produce request', [], (gauge) =>
    gauge.set(depth().waiting),
  )
  metrics.gauge('commit_waiting_bytes', 'Bytes waiting for the next produce request', [], (gauge) =>
    gauge.set(depth().waitingBytes),
  )
  metrics.gauge('commit_in_flight', 'Messages in the current produce request', [], (gauge) =>
    gauge.set(depth().inFlight),
  )
  metrics.gauge('fhir_held_bytes', 'Bytes of bodies received and not yet answered', [], (gauge) =>
    gauge.set(heldBytes()),
  )
  const waited = metrics.counter(
    'fhir_messages_waited',
    'Messages that waited for a resource they refer to, by source and outcome (applied, refused, given-up)',
    ['source', 'outcome'],
  )
  metrics.gauge(
    'fhir_messages_waiting',
    'Messages that wait for a resource they refer to',
    [],
    (gauge) => gauge.set(waiting()),
  )
  return {
    waited: (source: string, outcome: string) => waited.inc({ source, outcome }),
    received: (source: string, type: string | null, outcome: string, status: number) =>
      received.inc({ source, type: type ?? 'other', outcome, status: String(status) }),
    refused: (code: string) => refused.inc({ code }),
    answered: (route: string, seconds: number) => answer.observe({ route }, seconds),
  }
}

export type FhirMeter = ReturnType<typeof createMeter>
