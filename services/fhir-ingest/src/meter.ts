import type { Metrics } from '@tideway/runtime/metrics'

/**
 * Everything this service counts. Labels are sources, types of R4 and codes: nothing a sender can
 * make up.
 */
export const createMeter = (
  metrics: Metrics,
  depth: () => { waiting: number; waitingBytes: number; inFlight: number },
  heldBytes: () => number,
) => {
  const received = metrics.counter(
    'fhir_messages',
    'Messages by source, type, outcome (OK or a code) and status',
    ['source', 'type', 'outcome', 'status'],
  )
  const refused = metrics.counter(
    'fhir_requests_refused',
    'Requests refused before their body was read, by code',
    ['code'],
  )
  const answer = metrics.latency('fhir_answer', 'From the first byte of a request to its answer', [
    'route',
  ])
  metrics.gauge('commit_waiting', 'Messages that wait for the next send', [], (gauge) =>
    gauge.set(depth().waiting),
  )
  metrics.gauge('commit_waiting_bytes', 'Bytes that wait for the next send', [], (gauge) =>
    gauge.set(depth().waitingBytes),
  )
  metrics.gauge('commit_in_flight', 'Messages in the send under way', [], (gauge) =>
    gauge.set(depth().inFlight),
  )
  metrics.gauge('fhir_held_bytes', 'Bodies received and not yet answered', [], (gauge) =>
    gauge.set(heldBytes()),
  )
  return {
    received: (source: string, type: string | null, outcome: string, status: number) =>
      received.inc({ source, type: type ?? 'other', outcome, status: String(status) }),
    refused: (code: string) => refused.inc({ code }),
    answered: (route: string, seconds: number) => answer.observe({ route }, seconds),
  }
}

export type FhirMeter = ReturnType<typeof createMeter>
