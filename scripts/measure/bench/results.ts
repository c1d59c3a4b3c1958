import type { Quantiles } from '../load/quantiles.ts'
import type { FhirLine } from './fhir-line.ts'
import type { Grown } from './growth.ts'
import type { Row } from './measure.ts'
import type { QueryResults } from './queries/measure-queries.ts'
import type { Carried, Sustained } from './pipeline.ts'

/**
 * Everything one run measured; a part that was not run is absent. Rates are per second, times in
 * milliseconds, CPU in microseconds a message.
 */
export type Results = {
  at: string
  machine: { cores: number; model: string; memoryGiB: number; loadBefore: number; node: string }
  store: string
  ackAlone?: Row[]
  ackPipeline?: Row[]
  sustained?: Sustained
  latency?: Carried & { rate: number; fromOutside: Quantiles | null }
  /** The same on the default document store. */
  defaultStore?: {
    store: string
    ackPipeline: Row[]
    sustained: Sustained
    latency: Carried & { rate: number }
  }
  /** Each type's sample: split into fields only, and normalised to events. */
  normaliseByType?: { what: string; bytes: number; parse: number; normalise: number }[]
  normalise?: {
    header: number
    normalise: number
    normaliseAndEncode: number
    hapiTyped: number | null
    linuxForHealth: number | null
  }
  /**
   * Bundles of generated patients: parsed as JSON only, normalised to events, and encoded for the
   * log; resources a second of one processor. Null without the corpus.
   */
  normaliseFhir?: {
    bundles: number
    resources: number
    parse: number
    normalise: number
    normaliseAndEncode: number
  } | null
  fhirLine?: FhirLine | null
  peers?: Row[]
  brokerAlone?: {
    rows: { callers: number; perSecond: number; ms: Quantiles | null }[]
    bytesPerMessage: number
  }
  storeAlone?: { perSecond: number; messages: number; batch: number; partitions: number }
  /** Of each document store: every query, and reads over HTTP. */
  queries?: QueryResults[]
  patients?: Grown[]
  history?: Grown[]
  profile?: Record<string, { what: string; share: number }[]>
}
