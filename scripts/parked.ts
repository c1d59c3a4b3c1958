import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { readArguments, runCommand, UsageError } from './operate/command-line.ts'
import { findMessages, messageInArchive, placeOf } from './operate/message-in-archive.ts'
import { type Line, openLine, openStores, type Stores } from './operate/open-line.ts'
import { ledgerFacts, parkedTable } from './operate/parked-table.ts'
import { drop, release } from './operate/release.ts'

const usage = `
npm run parked -- list [--source ODS]                  what waits, why and where
npm run parked -- show ID [--bytes]                    what the ledger knows; --bytes: the message itself, to standard output
npm run parked -- release ID... | --all [--source ODS] try again with the sources and mappings of today
npm run parked -- drop ID... --reason "WORDS"          give it up; it stays in the archive, what waited behind it is applied

The first 6 or more characters of an ID will do.`

const options = {
  source: { type: 'string' },
  bytes: { type: 'boolean' },
  all: { type: 'boolean' },
  reason: { type: 'string' },
} as const
const shownAtMost = 200

const find = async (line: Stores, start: string): Promise<LedgerMessage> => {
  const [message, other] = await findMessages(line, start.toLowerCase())
  if (message === undefined) throw new UsageError(`No message ${start} in the ledger`)
  if (other !== undefined)
    throw new UsageError(`More than one message starts with ${start}: give more of its id`)
  return message
}

/** In receive order, which is also the order of each patient's. */
const findAll = async (line: Stores, starts: readonly string[]): Promise<LedgerMessage[]> => {
  if (starts.length === 0) throw new UsageError(`Say which message\n${usage}`)
  const messages: LedgerMessage[] = []
  for (const start of starts) messages.push(await find(line, start))
  return messages.sort((a, b) => a.received - b.received)
}

const waiting = (line: Stores, source: string | undefined) =>
  line.mongo.messages
    .find({ 'parked.state': 'PARKED', ...(source === undefined ? {} : { source }) })
    .sort({ received: 1 })

const list = async (line: Stores, source: string | undefined): Promise<boolean> => {
  const messages = await waiting(line, source).limit(shownAtMost).toArray()
  const total = await line.mongo.messages.countDocuments({
    'parked.state': 'PARKED',
    ...(source === undefined ? {} : { source }),
  })
  console.log(parkedTable(messages, total, new Date()))
  return true
}

const show = async (
  line: Stores,
  start: string | undefined,
  withBytes: boolean,
): Promise<boolean> => {
  if (start === undefined) throw new UsageError(`Say which message\n${usage}`)
  const message = await find(line, start)
  if (withBytes) {
    const found = await messageInArchive(line, message)
    if (found === null) throw new UsageError(`Message ${message._id} is not in the archive yet`)
    process.stdout.write(found.bytes)
    console.error(`${message._id}  ${found.bytes.length} bytes`)
    return true
  }
  const place = await placeOf(line, message)
  console.log(
    ledgerFacts(message, place === null ? null : `${place.object}, record ${place.position}`),
  )
  return true
}

const releaseAll = async (line: Line, messages: readonly LedgerMessage[]): Promise<boolean> => {
  let released = 0
  for (const message of messages) {
    const { done, line: said } = await release(line, message)
    console.log(said)
    if (done) released += 1
  }
  if (messages.length !== 1)
    console.log(
      messages.length === 0 ? 'Nothing is parked.' : `released ${released} of ${messages.length}`,
    )
  return released === messages.length
}

const dropAll = async (
  line: Line,
  messages: readonly LedgerMessage[],
  reason: string | undefined,
): Promise<boolean> => {
  if (reason === undefined || reason.trim() === '')
    throw new UsageError(
      `--reason says why, for whoever asks later; nothing clinical and no names\n${usage}`,
    )
  const done = []
  for (const message of messages) {
    const result = await drop(line, message, reason.trim())
    console.log(result.line)
    done.push(result.done)
  }
  return done.every(Boolean)
}

const withOpen = async <T extends Stores>(
  open: (env: NodeJS.ProcessEnv) => Promise<T>,
  use: (opened: T) => Promise<boolean>,
): Promise<boolean> => {
  const opened = await open(process.env)
  try {
    return await use(opened)
  } finally {
    await opened.close()
  }
}

await runCommand(async () => {
  const { values, positionals } = readArguments(process.argv.slice(2), options, usage)
  const [command, ...ids] = positionals
  if (!['list', 'show', 'release', 'drop'].includes(command ?? ''))
    throw new UsageError(usage.trim())
  if (command === 'list') return withOpen(openStores, (stores) => list(stores, values.source))
  if (command === 'show')
    return withOpen(openStores, (stores) => show(stores, ids[0], values.bytes === true))
  return withOpen(openLine, async (line) => {
    if (command === 'drop') return dropAll(line, await findAll(line, ids), values.reason)
    return releaseAll(
      line,
      values.all === true ? await waiting(line, values.source).toArray() : await findAll(line, ids),
    )
  })
})
