import type { CorpusCoverage } from './measure.ts'
import { mustBeMapped } from './reading.ts'
import { ownFaults } from './tally.ts'

/** `offending` has a line for each violation, with its place and never a value. */
export type CoverageGoal = { goal: string; now: string; holds: boolean; offending: string[] }

const share = (part: number, whole: number): string =>
  `${part} of ${whole}${whole === 0 ? '' : ` (${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %)`}`

/** Evaluates the goals; each has the violations found. */
export const coverageGoals = ({ hl7, fhir, tried, pairs }: CorpusCoverage): CoverageGoal[] => {
  const due = [...hl7, ...fhir].filter(mustBeMapped)
  const unmapped = ownFaults([...hl7, ...fhir])
  const faults = unmapped.filter(({ problem }) => problem?.code !== 'UNSUPPORTED_TYPE')
  const lost = tried.filter((one) => one.lost > 0)
  const compared = pairs.filter(({ fate }) => fate === 'events')
  const missed = compared.flatMap(({ file, missed: facts }) =>
    facts.map(({ kind, path }) => `${file} ${kind} ${path}`),
  )
  const facts = missed.length + compared.reduce((sum, { held }) => sum + held.length, 0)
  const values = tried.reduce((sum, one) => sum + one.tried, 0)
  const dropped = lost.reduce((sum, one) => sum + one.lost, 0)
  return [
    {
      goal: 'every well-formed message whose type is in the table is mapped',
      now: share(due.length - unmapped.length, due.length),
      holds: due.length > 0 && unmapped.length === 0,
      offending: unmapped.map(
        ({ file, type, problem }) => `${file} ${type} ${problem?.code} at ${problem?.place}`,
      ),
    },
    {
      goal: 'nothing well-formed is parked by a mapping that exists',
      now: `${faults.length} parked`,
      holds: faults.length === 0,
      offending: faults.map(
        ({ file, type, problem }) => `${file} ${type} ${problem?.code} at ${problem?.place}`,
      ),
    },
    {
      goal: 'no value of a mapped message is silently dropped',
      now: `${share(values - dropped, values)} of the values tried reach an event or are listed`,
      holds: values > 0 && lost.length === 0,
      offending: lost.map(
        ({ type, name, lost: times, tried: of, files }) =>
          `${type} ${name} ${times} of ${of}, e.g. in ${files[0]}`,
      ),
    },
    {
      goal: 'no fact that the other converter found, and the message holds, is missing from our events',
      now: share(facts - missed.length, facts),
      holds: facts > 0 && missed.length === 0,
      offending: missed,
    },
  ]
}
