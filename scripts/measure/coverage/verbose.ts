import { coverageGoals } from './goals.ts'
import type { CorpusCoverage } from './measure.ts'

/**
 * Every violation of a goal, and what each pair lacks on either side, one line each. Places and
 * paths, never a value.
 */
export const verboseLines = (coverage: CorpusCoverage): string[] => [
  ...coverage.hl7
    .filter(({ malformed }) => malformed !== null)
    .map(({ file, type, malformed }) => `not well-formed: ${file} ${type} ${malformed}`),
  ...coverageGoals(coverage).flatMap(({ goal, offending }) =>
    offending.map((line) => `${goal}: ${line}`),
  ),
  ...coverage.pairs.flatMap(({ file, type, held, missed, onlyOurs }) => [
    `pair ${file} ${type}: ${held.length} in our events, ${missed.length} missing, ${onlyOurs.length} only ours`,
    ...onlyOurs.map(({ type: event, path }) => `  only ours: ${event}.${path}`),
  ]),
]
