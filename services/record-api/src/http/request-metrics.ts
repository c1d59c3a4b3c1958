import type { Metrics } from '@tideway/runtime/metrics'

type Answered = { route: string; method: string; status: number; role: string | null }

/** Rates and latencies by route pattern; labels hold nothing else of a request. */
export const requestMetrics = (metrics: Metrics) => {
  const requests = metrics.counter('http_requests', 'Requests answered', [
    'route',
    'method',
    'status',
    'role',
  ])
  const latency = metrics.latency(
    'http_request',
    'Seconds from the request line to the end of the response',
    ['route', 'method'],
  )
  return {
    answered: ({ route, method, status, role }: Answered, seconds: number): void => {
      requests.inc({ route, method, status: String(status), role: role ?? 'none' })
      latency.observe({ route, method }, seconds)
    },
  }
}

export type RequestMetrics = ReturnType<typeof requestMetrics>
