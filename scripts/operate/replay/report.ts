import type { ArchivedMessage } from '@tideway/schemas/archive'
import type { ReplayTally } from './replay-messages.ts'

const everyMs = 1_000

/** Clears the progress line of a terminal. */
export const clearLine = (): void => {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
}

/** Shows progress on standard error about once a second. */
export const replayProgress = (began: number) => {
  let shownAt = began
  return (tally: ReplayTally, { message }: ArchivedMessage): void => {
    if (performance.now() - shownAt < everyMs) return
    shownAt = performance.now()
    const rate = Math.round((tally.read * 1000) / (shownAt - began))
    const at = new Date(message.receivedAt / 1000).toISOString()
    clearLine()
    process.stderr.write(
      `  ${tally.read} read, ${tally.replayed} replayed, now at ${at}, ${rate}/s${process.stderr.isTTY ? '' : '\n'}`,
    )
  }
}

/** The result of a replay, in text. */
export const replaySummary = (tally: ReplayTally, seconds: number, dryRun: boolean): string => {
  const verb = dryRun ? 'would be published' : 'published'
  const lines = [
    `replayed ${tally.replayed} of ${tally.read} messages in ${seconds.toFixed(1)} s: ${tally.events} events ${verb}`,
  ]
  if (tally.waiting > 0)
    lines.push(`  ${tally.waiting} parked or dropped, not replayed: npm run parked -- list`)
  if (tally.withdrawn > 0)
    lines.push(`  ${tally.withdrawn} withdrawn, not replayed: npm run withdraw -- ID --undo`)
  if (tally.saidLess > 0)
    lines.push(
      `  ${tally.saidLess} no longer say all that they said before: that ${dryRun ? 'would be' : 'is'} withdrawn`,
    )
  if (tally.unknown > 0)
    lines.push(
      `  ${tally.unknown} are about other patients now, and what they said before stays: an earlier release applied them. Rebuild the records from the log first`,
    )
  if (tally.refused > 0) lines.push(`  ${tally.refused} refused when they came, not replayed`)
  for (const [reason, count] of [...tally.unmapped].sort((a, b) => b[1] - a[1]))
    lines.push(`  ${count} cannot be mapped: ${reason}`)
  return lines.join('\n')
}
