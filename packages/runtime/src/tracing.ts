import { randomFillSync } from 'node:crypto'
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'

/** An open span; its `traceparent` goes into the headers of the records it causes. */
export type Span = { traceparent: string; end: (failure?: string) => void }

const traceparentPattern = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

const traceBytes = 16
const spanBytes = 8
/** A pool of random bytes: a call for each id takes twenty times as long, on the hot path. */
const pool = Buffer.alloc(6_144)
let used = pool.length

const randomHex = (bytes: number): string => {
  if (used + bytes > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += bytes
  return pool.toString('hex', used - bytes, used)
}

/** A new child of `parent`, or the root of a new trace. */
const nextTraceparent = (parent: string | null): string => {
  const trace =
    (parent === null ? null : traceparentPattern.exec(parent)?.[1]) ?? randomHex(traceBytes)
  return `00-${trace}-${randomHex(spanBytes)}-01`
}

/**
 * Traces a message from the socket to the document. Without a collector only the `traceparent` is
 * created and passed on.
 *
 * @see W3C Trace Context, traceparent
 */
export const startTracing = (service: string, endpoint: string | null) => {
  if (endpoint === null) {
    const end = () => undefined
    return {
      span: (_name: string, parent: string | null): Span => ({
        traceparent: nextTraceparent(parent),
        end,
      }),
      close: async () => undefined,
    }
  }
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': `tideway-${service}` }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  })
  const tracer = provider.getTracer('tideway')
  const parentContext = (parent: string | null) => {
    const parts = traceparentPattern.exec(parent ?? '')
    if (parts === null) return context.active()
    return trace.setSpanContext(context.active(), {
      traceId: parts[1] as string,
      spanId: parts[2] as string,
      traceFlags: 1,
      isRemote: true,
    })
  }
  return {
    span: (name: string, parent: string | null): Span => {
      const span = tracer.startSpan(name, { kind: SpanKind.CONSUMER }, parentContext(parent))
      const { traceId, spanId } = span.spanContext()
      return {
        traceparent: `00-${traceId}-${spanId}-01`,
        end: (failure) => {
          if (failure !== undefined)
            span.setStatus({ code: SpanStatusCode.ERROR, message: failure })
          span.end()
        },
      }
    },
    close: () => provider.shutdown(),
  }
}

export type Tracing = ReturnType<typeof startTracing>
