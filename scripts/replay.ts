import { defineCommand, finish, runCommand, timeOf, UsageError } from './operate/command-line.ts'
import { openLine, openStores } from './operate/open-line.ts'
import { chooseMessages, type ReplayOptions } from './operate/replay/choose-messages.ts'
import { replayMessages } from './operate/replay/replay-messages.ts'
import { clearLine, replayProgress, replaySummary } from './operate/replay/report.ts'
import { writeMessages } from './operate/replay/write-messages.ts'

const publish = async (options: ReplayOptions, dryRun: boolean): Promise<boolean> => {
  const line = await openLine(process.env)
  try {
    const began = performance.now()
    const tally = await replayMessages(
      chooseMessages(line, options),
      line,
      dryRun,
      replayProgress(began),
    )
    clearLine()
    console.log(replaySummary(tally, (performance.now() - began) / 1000, dryRun))
    return tally.unmapped.size === 0
  } finally {
    await line.close()
  }
}

const replay = async (
  options: ReplayOptions & { bytes?: true | undefined; out?: string | undefined; dryRun: boolean },
): Promise<boolean> => {
  if (options.bytes === true && options.message === undefined)
    throw new UsageError('--bytes writes one message: give --message, or --out for several')
  if (options.message === undefined && (options.from === undefined || options.to === undefined))
    throw new UsageError('Give --from and --to, or --message')
  if (options.bytes !== true && options.out === undefined) return publish(options, options.dryRun)
  const stores = await openStores(process.env)
  return writeMessages(stores, options, options.out).finally(stores.close)
}

await runCommand(
  defineCommand({
    name: 'npm run replay --',
    purpose:
      'Publishes the events of archived messages again, mapped by the current sources and mappings, in order for each patient; or writes the messages as they came. Times are times of receipt, e.g. 2026-11-22, 2026-11-22T09:30 (time zone of this machine) or 2026-11-22T09:30:00Z.',
    examples: [
      'npm run replay -- --from 2026-11-22 --to 2026-11-23 --source RJZ --dry-run',
      'npm run replay -- --message 3fa85f64 --bytes > message.hl7',
      'npm run replay -- --from 2026-11-22 --to 2026-11-23 --out messages',
    ],
  })
    .option('--from <time>', 'received at this time or later', timeOf)
    .option('--to <time>', 'received before this time', timeOf)
    .option('--source <ods>', 'of one source only')
    .option('--message <id>', 'one message; the first 6 or more characters of its id are enough')
    .option('--dry-run', 'map and count, and publish nothing', false)
    .option('--bytes', 'with --message: write the message to standard output')
    .option('--out <folder>', 'write each message to a file in this folder')
    .action(async (options) => finish(await replay(options))),
)
