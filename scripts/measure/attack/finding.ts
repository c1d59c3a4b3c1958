import type { AttackTarget } from './target.ts'

/** What was tried, whether the system held, and the figure that shows it. */
export type Outcome = { tried: string; held: boolean; figure: string }

export type Attack = { name: string; attempt: (target: AttackTarget) => Promise<Outcome[]> }

export type Finding = Outcome & { name: string }

/** One line of the output. */
export const findingLine = ({ name, tried, held, figure }: Finding): string =>
  `${held ? 'held    ' : 'NOT HELD'}  ${name}: ${tried}: ${figure}`

/** The last line. */
export const countLine = (findings: readonly Finding[]): string => {
  const held = findings.filter((finding) => finding.held).length
  return `${held} held, ${findings.length - held} not held`
}

export const inSeconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`
