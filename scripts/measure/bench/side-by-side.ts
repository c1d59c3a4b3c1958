import type { Row } from './measure.ts'

/** A receiver that can be measured repeatedly. */
export type Runner = {
  what: string
  measure: (connections: number, seconds: number) => Promise<Row>
}

/**
 * Measures the runners in alternating rounds, so that other load on the machine affects all alike.
 *
 * @param rounds  an odd number
 * @returns for each runner the round with the median rate
 */
export const sideBySide = async (
  runners: readonly Runner[],
  connections: number,
  seconds: number,
  rounds: number,
): Promise<Row[]> => {
  const measured = new Map<Runner, Row[]>(runners.map((runner) => [runner, []]))
  for (let round = 0; round < rounds; round += 1)
    for (const [runner, rows] of measured) rows.push(await runner.measure(connections, seconds))
  return [...measured.values()].map(median)
}

const median = (rows: readonly Row[]): Row =>
  rows.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(rows.length / 2)] as Row
