import { defineCommand, finish, runCommand, UsageError } from './operate/command-line.ts'
import { openLine } from './operate/open-line.ts'
import { findMessage } from './operate/parked/find.ts'
import { type Asked, withdrawMessage } from './operate/withdraw/withdraw-message.ts'

const withdraw = async (start: string, asked: Asked): Promise<boolean> => {
  const line = await openLine(process.env)
  try {
    const result = await withdrawMessage(line, await findMessage(line, start), asked)
    console.log(result.line)
    return result.done
  } finally {
    await line.close()
  }
}

await runCommand(
  defineCommand({
    name: 'npm run withdraw --',
    purpose:
      'Withdraws a message that turned out to be wrong: everything it said disappears from every record it touched, as if it had never been sent, and a copy of it that comes later changes nothing. The archive keeps it, the ledger says who withdrew it and why, and --undo restores it. The first 6 or more characters of the message id are enough.',
    examples: [
      'npm run withdraw -- 3fa85f64 --reason "sent for the wrong patient"',
      'npm run withdraw -- 3fa85f64 --undo',
    ],
  })
    .argument('<message>', 'message id')
    .option('--reason <words>', 'why, for later readers; nothing clinical and no names')
    .option('--undo', 'restore it', false)
    .action(async (message, { reason, undo }) => {
      const words = reason?.trim() ?? ''
      if (words === '' && !undo) throw new UsageError('Give --reason: why it is withdrawn')
      finish(await withdraw(message, { undo, reason: words === '' ? null : words }))
    }),
)
