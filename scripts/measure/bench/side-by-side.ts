import type { Row } from './measure.ts'

/** A receiver that can be measured again and again. */
export type Runner = {
  what: string
  measure: (connections: number, seconds: number) => Promise<Row>
}

/**
 * Each in turn, several times: what the machine does meanwhile happens to all of them.
 *
 * @param rounds  an odd number
 * @returns of each the round with the middle rate
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
  return [...measured.values()].map(middle)
}

const middle = (rows: readonly Row[]): Row =>
  rows.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(rows.length / 2)] as Row
