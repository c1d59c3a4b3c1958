import { defineCommand, finish, runCommand, UsageError } from './operate/command-line.ts'
import { openLine, openStores, type OperatorStores } from './operate/open-line.ts'
import { findEach, listParked, waitingMessages } from './operate/parked/find.ts'
import { dropEach, releaseEach } from './operate/parked/release-each.ts'
import { showMessage, writeMessage } from './operate/parked/show.ts'

const withOpen = async <T extends OperatorStores>(
  open: (env: NodeJS.ProcessEnv) => Promise<T>,
  use: (opened: T) => Promise<boolean>,
): Promise<void> => {
  const opened = await open(process.env)
  try {
    finish(await use(opened))
  } finally {
    await opened.close()
  }
}

const command = defineCommand({
  name: 'npm run parked --',
  purpose:
    'Works the parked messages: those that were acknowledged and cannot be mapped or applied. The first 6 or more characters of a message id are enough.',
  examples: [
    'npm run parked -- list --source RJZ',
    'npm run parked -- release --all',
    'npm run parked -- drop 3fa85f64 --reason "sent in error"',
  ],
})

command
  .command('list')
  .description('what is parked, why and for how long')
  .helpOption('--help', 'print this and do nothing else')
  .option('--source <ods>', 'of one source only')
  .action(({ source }) => withOpen(openStores, (stores) => listParked(stores, source)))

command
  .command('show')
  .description('what the ledger knows of a message')
  .helpOption('--help', 'print this and do nothing else')
  .argument('<id>', 'message id')
  .option('--bytes', 'write the message itself to standard output instead')
  .action((id, { bytes }) =>
    withOpen(openStores, (stores) =>
      bytes === true ? writeMessage(stores, id) : showMessage(stores, id),
    ),
  )

command
  .command('release')
  .description('map the messages again with the current sources and mappings')
  .helpOption('--help', 'print this and do nothing else')
  .argument('[id...]', 'message ids')
  .option('--all', 'every parked message')
  .option('--source <ods>', 'with --all: of one source only')
  .action((ids, { all, source }) => {
    if (all !== true && ids.length === 0) throw new UsageError('Give message ids or --all')
    return withOpen(openLine, async (line) =>
      releaseEach(
        line,
        all === true ? await waitingMessages(line, source).toArray() : await findEach(line, ids),
      ),
    )
  })

command
  .command('drop')
  .description('give messages up: they stay in the archive, and what waited behind them is applied')
  .helpOption('--help', 'print this and do nothing else')
  .argument('<id...>', 'message ids')
  .requiredOption('--reason <words>', 'why, for later readers; nothing clinical and no names')
  .action((ids, { reason }) => {
    if (reason.trim() === '') throw new UsageError('--reason must not be empty')
    return withOpen(openLine, async (line) =>
      dropEach(line, await findEach(line, ids), reason.trim()),
    )
  })

await runCommand(command)
