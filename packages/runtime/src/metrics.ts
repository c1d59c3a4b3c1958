import {
  AggregatorRegistry,
  Counter,
  Gauge,
  Histogram,
  type OpenMetricsContentType,
  Registry,
  collectDefaultMetrics,
} from 'prom-client'

/** Seconds; fine enough to distinguish 50, 250 and 500 ms. */
const latencyBuckets = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.15, 0.25, 0.35, 0.5, 1, 2, 5, 10, 30,
]

export const openMetricsType = Registry.OPENMETRICS_CONTENT_TYPE

/**
 * One registry per process, as OpenMetrics text. Labels are sources, types, codes and topics, never
 * content of a message.
 *
 * @see OpenMetrics 1.0
 */
export const createMetrics = () => {
  const registry = new Registry<OpenMetricsContentType>()
  registry.setContentType(openMetricsType)
  collectDefaultMetrics({ register: registry as unknown as Registry })
  const registers = [registry as unknown as Registry]
  return {
    snapshot: (): Promise<ProcessMetrics> => registry.getMetricsAsJSON(),
    contentType: registry.contentType,
    text: () => registry.metrics(),
    counter: <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
      new Counter({ name: `tideway_${name}`, help, labelNames, registers }),
    gauge: <L extends string>(
      name: string,
      help: string,
      labelNames: readonly L[] = [],
      collect?: (gauge: Gauge<L>) => void,
    ) =>
      new Gauge<L>({
        name: `tideway_${name}`,
        help,
        labelNames,
        registers,
        ...(collect === undefined
          ? {}
          : {
              collect() {
                collect(this)
              },
            }),
      }),
    sizes: <L extends string>(
      name: string,
      help: string,
      buckets: number[],
      labelNames: readonly L[] = [],
    ) => new Histogram({ name: `tideway_${name}`, help, labelNames, buckets, registers }),
    latency: <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
      new Histogram({
        name: `tideway_${name}_seconds`,
        help,
        labelNames,
        buckets: latencyBuckets,
        registers,
      }),
  }
}

export type Metrics = ReturnType<typeof createMetrics>

/** Metrics of one process, to be sent to another. */
export type ProcessMetrics = Awaited<ReturnType<Registry['getMetricsAsJSON']>>

/** Metrics of several processes of one service, aggregated, as OpenMetrics text. */
export const aggregateMetrics = (processes: readonly ProcessMetrics[]): Promise<string> => {
  const sum = AggregatorRegistry.aggregate<OpenMetricsContentType>([...processes])
  sum.setContentType(openMetricsType)
  return sum.metrics()
}
