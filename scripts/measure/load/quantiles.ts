export type Quantiles = {
  count: number
  mean: number
  p50: number
  p95: number
  p99: number
  max: number
}

/** Nearest-rank quantiles, in the unit of the samples; null if there are none. */
export const quantiles = (samples: readonly number[]): Quantiles | null => {
  if (samples.length === 0) return null
  const sorted = Float64Array.from(samples).sort()
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] as number
  return {
    count: sorted.length,
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    max: at(1),
  }
}
