import { resolve } from 'node:path'
import { writeBackup } from './operate/backup/write-backup.ts'
import { defineCommand, finish, runCommand, UsageError } from './operate/command-line.ts'
import { openRestore } from './operate/restore/open-restore.ts'

await runCommand(
  defineCommand({
    name: 'npm run backup --',
    purpose:
      'Adds to a folder what it does not have yet of the object store, the schemas with their ids and the states of parked messages. npm run restore makes ledger and record from it. The folder then holds what patients were sent with: protect it as the object store is protected.',
    examples: ['npm run backup -- --to /backup/tideway'],
  })
    .option('--to <folder>', 'folder of the backup, always needed; an earlier one is continued')
    .action(async ({ to }) => {
      if (to === undefined) throw new UsageError('Give --to, the folder of the backup')
      const from = await openRestore(process.env)
      try {
        finish(await writeBackup(from, resolve(to)))
      } finally {
        await from.close()
      }
    }),
)
process.exit()
