import { busyMonitor } from './busy-monitor.ts'
import { earlyAnswersEcho } from './early-answers.ts'
import { falseCompleteness } from './false-completeness.ts'
import { falseSenders } from './false-senders.ts'
import { type Attack, countLine, type Finding, findingLine } from './finding.ts'
import { guessedIds, keysWithSeparators } from './ids.ts'
import { leftToTests } from './left-to-tests.ts'
import { sharedNumbers } from './shared-numbers.ts'
import { replayed, takenBack } from './taken-back.ts'
import { openTarget, type AttackTarget } from './target.ts'
import { trickle } from './trickle.ts'

const attacks: readonly Attack[] = [
  trickle,
  falseSenders,
  earlyAnswersEcho,
  keysWithSeparators,
  guessedIds,
  sharedNumbers,
  busyMonitor,
  falseCompleteness,
  takenBack,
  replayed,
]

/** Names of the attacks, in order. */
export const attackNames = attacks.map(({ name }) => name)

/** What an attack found. One that was not made to the end shows nothing: it counts as not held. */
const findingsOf = async ({ name, attempt }: Attack, target: AttackTarget): Promise<Finding[]> => {
  try {
    return (await attempt(target)).map((outcome) => ({ name, ...outcome }))
  } catch (error) {
    const figure = error instanceof Error ? error.message : String(error)
    return [{ name, tried: 'could not be tried to the end', held: false, figure }]
  }
}

/**
 * Performs the attacks on the stack that runs, one after another, and prints what each found.
 *
 * @param only  names of the attacks; all if empty
 * @returns whether the system held against all
 */
export const runAttacks = async (
  env: NodeJS.ProcessEnv,
  only: readonly string[],
): Promise<boolean> => {
  const target = await openTarget(env)
  const findings: Finding[] = []
  try {
    for (const attack of attacks) {
      if (only.length > 0 && !only.includes(attack.name)) continue
      const found = await findingsOf(attack, target)
      for (const finding of found) console.log(findingLine(finding))
      findings.push(...found)
    }
  } finally {
    await target.close()
  }
  console.log('\nNot tried here, as a local development stack cannot show it; tests do:')
  for (const { what, title, file } of leftToTests) console.log(`  ${what}: ${file}, "${title}"`)
  console.log(`\n${countLine(findings)}`)
  return findings.every(({ held }) => held)
}
