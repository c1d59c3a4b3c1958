import { resolve } from 'node:path'
import { RegistryMismatch } from '@tideway/kafka/registry-copy'
import { EpochError } from '@tideway/mongo/watch-epoch'
import { defineCommand, finish, runCommand } from './operate/command-line.ts'
import { adopt } from './operate/restore/adopt.ts'
import { openRestore, type Restoring } from './operate/restore/open-restore.ts'
import {
  allAgain,
  bucketAgain,
  databaseAgain,
  logAgain,
  registryAgain,
} from './operate/restore/steps.ts'

const withRestore = async (act: (to: Restoring) => Promise<boolean>): Promise<void> => {
  const to = await openRestore(process.env)
  try {
    finish(await act(to))
  } catch (error) {
    if (!(error instanceof EpochError || error instanceof RegistryMismatch)) throw error
    console.error(error.message)
    finish(false)
  } finally {
    await to.close()
  }
}

const folderOf = (from: string | undefined): string | null =>
  from === undefined ? null : resolve(from)

const command = defineCommand({
  name: 'npm run restore --',
  purpose:
    'Mends an installation that lost its database, log, object store, schema registry or all of them. Stop archiver and projector first; docs/operations.md has the procedure for each.',
  examples: [
    'npm run restore -- database',
    'npm run restore -- bucket --from /backup/tideway',
    'npm run restore -- all --from /backup/tideway',
  ],
})

const help = ['--help', 'print this and do nothing else'] as const
const fromOption = ['--from <folder>', 'folder of a backup (npm run backup)'] as const

command
  .command('database')
  .description('make ledger and record anew from object store and log')
  .helpOption(...help)
  .action(() => withRestore((to) => databaseAgain(to, process.env)))

command
  .command('bucket')
  .description('archive again what the log still has, and copy a backup back')
  .helpOption(...help)
  .option(...fromOption)
  .action(({ from }) => withRestore((to) => bucketAgain(to, folderOf(from))))

command
  .command('log')
  .description('begin a new log, and publish the events of the archive on it')
  .helpOption(...help)
  .option(...fromOption)
  .action(({ from }) => withRestore((to) => logAgain(to, process.env, folderOf(from))))

command
  .command('registry')
  .description('register the schemas under the ids that the log has for them')
  .helpOption(...help)
  .option(...fromOption)
  .action(({ from }) => withRestore((to) => registryAgain(to, folderOf(from))))

command
  .command('all')
  .description('everything from a backup; restore the registry first')
  .helpOption(...help)
  .option(...fromOption)
  .action(({ from }) => withRestore((to) => allAgain(to, process.env, folderOf(from))))

command
  .command('adopt')
  .description('note log, database and object store of an earlier release as one installation')
  .helpOption(...help)
  .option('--anyway', 'also if something speaks against it, which is printed', false)
  .action(({ anyway }) => withRestore((to) => adopt(to, anyway)))

await runCommand(command)
process.exit()
