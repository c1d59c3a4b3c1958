import { Option } from '@commander-js/extra-typings'
import { openApi } from './operate/client/api.ts'
import { defineCommand, finish, runCommand, timeOf, wholeNumber } from './operate/command-line.ts'
import { fetchMessages, messageStates } from './operate/messages/fetch-messages.ts'
import { messagesTable } from './operate/messages/messages-table.ts'
import { readAddresses } from './stack/addresses.ts'

const iso = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString()

await runCommand(
  defineCommand({
    name: 'npm run messages --',
    purpose:
      'Lists received messages from the ledger of the running stack, newest first. Times are times of receipt, e.g. 2026-11-22 or 2026-11-22T09:30 (time zone of this machine).',
    examples: [
      'npm run messages',
      "npm run messages -- --source RJZ --from 2026-11-22 --type 'ADT^A01'",
      'npm run messages -- --state parked',
    ],
  })
    .option('--source <ods>', 'of one source only')
    .option('--from <time>', 'received at this time or later', timeOf)
    .option('--to <time>', 'received before this time', timeOf)
    .option('--type <type>', "message type and trigger event, e.g. 'ADT^A01'")
    .addOption(new Option('--state <state>', 'parked now, or once').choices(messageStates))
    .option('--control-id <id>', 'MSH-10, exactly')
    .option('--limit <number>', 'how many at most', wholeNumber(1, 10_000), 100)
    .action(async ({ from, to, limit, ...filters }) => {
      const user = { role: 'operator', organisation: 'RJ1' } as const
      const api = await openApi(readAddresses(process.env), user, process.env)
      const found = await fetchMessages(api, { ...filters, from: iso(from), to: iso(to) }, limit)
      console.log(messagesTable(found.messages, found.more))
      finish(found.messages.length > 0)
    }),
)
