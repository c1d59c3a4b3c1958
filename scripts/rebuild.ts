import { defineCommand, finish, runCommand, UsageError } from './operate/command-line.ts'
import { runLedgerRebuild } from './operate/rebuild/rebuild-ledger.ts'
import { runRebuild } from './operate/rebuild/rebuild-record.ts'

const command = defineCommand({
  name: 'npm run rebuild --',
  purpose:
    'Makes all documents of the record anew from the log, beside those that are read, and switches to them at once; needed after a change of the rules, or when the database was lost. Nothing is announced again. With "ledger": makes the ledger and the index of the archive anew from the archive and the log.',
  examples: ['npm run rebuild', 'npm run rebuild -- --compare', 'npm run rebuild -- ledger'],
})
  .argument('[what]', 'record or ledger', 'record')
  .option('--compare', 'show what would differ, by kind and field, and do not switch', false)
  .option('--discard', 'throw away a record that was made and not switched to', false)
  .action(async (what, { compare, discard }) => {
    if (what !== 'record' && what !== 'ledger')
      throw new UsageError(`There is no ${what} to rebuild: record or ledger`)
    if (compare && discard) throw new UsageError('Give --compare or --discard, not both')
    if (what === 'ledger' && (compare || discard))
      throw new UsageError('--compare and --discard are for the record')
    finish(
      what === 'record'
        ? await runRebuild(process.env, { compare, discard })
        : await runLedgerRebuild(process.env),
    )
  })

await runCommand(command)
process.exit()
