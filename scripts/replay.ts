import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { archivedMessages } from '@tideway/archiver/archive/read-archive'
import type { ArchivedMessage } from '@tideway/schemas/archive'
import { messageIdOf } from '@tideway/schemas/public-id'
import { bytesOf } from '@tideway/object-store/archived-message'
import { readArguments, readTime, runCommand, UsageError } from './operate/command-line.ts'
import { findMessages, messageInArchive } from './operate/message-in-archive.ts'
import { openLine, openStores, type Stores } from './operate/open-line.ts'
import { replayMessages, type Tally } from './operate/replay/replay-messages.ts'

const usage = `
npm run replay -- --from TIME --to TIME [--source ODS] [--dry-run]   publish the events of archived messages again
npm run replay -- --message ID [--dry-run]                           the same for one message
npm run replay -- --message ID --bytes > FILE                        the message as it came, to standard output
npm run replay -- (--message ID | --from TIME --to TIME) --out DIR   the messages as they came, one file each

TIME is the time of receipt, e.g. 2026-11-22 or 2026-11-22T09:30 (this machine's time zone) or 2026-11-22T09:30:00Z; from it, and before the other.`

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  source: { type: 'string' },
  message: { type: 'string' },
  bytes: { type: 'boolean' },
  out: { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const

type Chosen = ReturnType<typeof readArguments<typeof options>>['values']

const progressEveryMs = 1_000

async function* oneMessage(line: Stores, start: string): AsyncGenerator<ArchivedMessage> {
  const [ledger, other] = await findMessages(line, start)
  if (ledger === undefined)
    throw new UsageError(
      `No message ${start} in the ledger (an id has 32 hex digits; its first 6 or more will do)`,
    )
  if (other !== undefined)
    throw new UsageError(`More than one message starts with ${start}: give more of its id`)
  const found = await messageInArchive(line, ledger)
  if (found === null)
    throw new UsageError(
      `Message ${ledger._id} is not in the archive yet: look whether the archiver is well, and try again`,
    )
  yield {
    partition: ledger.partition,
    offset: ledger.offset,
    durableAt: ledger.durableAt.getTime(),
    message: found.message,
  }
}

async function* chosen(line: Stores, values: Chosen): AsyncGenerator<ArchivedMessage> {
  if (values.message !== undefined) return yield* oneMessage(line, values.message)
  if (values.from === undefined || values.to === undefined)
    throw new UsageError(`--from and --to, or --message, say what to replay\n${usage}`)
  const range = { from: readTime('from', values.from, usage), to: readTime('to', values.to, usage) }
  for await (const record of archivedMessages(line.store, range))
    if (values.source === undefined || record.message.source === values.source) yield record
}

/** The bytes, once they are known to be those that came. @throws Error if they are not */
const provenBytes = async (
  line: Stores,
  { message }: ArchivedMessage,
): Promise<{ bytes: Buffer; sha256: string }> => {
  const bytes = await bytesOf(line.store, message)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (
    messageIdOf(message.source, bytes) !== message.id ||
    (message.payload !== null && message.payload.hash !== sha256)
  )
    throw new Error(`message ${message.id}: the archived bytes are not those that came`)
  return { bytes, sha256 }
}

const writeBytes = async (line: Stores, values: Chosen): Promise<boolean> => {
  let count = 0
  if (values.out !== undefined) await mkdir(values.out, { recursive: true })
  for await (const record of chosen(line, values)) {
    const { bytes, sha256 } = await provenBytes(line, record)
    count += 1
    if (values.out === undefined) process.stdout.write(bytes)
    else await writeFile(join(values.out, `${record.message.id}.hl7`), bytes)
    if (values.message !== undefined)
      console.error(`${record.message.id}  ${bytes.length} bytes, sha256 ${sha256}`)
  }
  console.error(
    values.out === undefined
      ? `wrote ${count} to standard output`
      : `wrote ${count} ${count === 1 ? 'file' : 'files'} to ${values.out}`,
  )
  return count > 0
}

const seconds = (since: number) => ((performance.now() - since) / 1000).toFixed(1)

const progress = (began: number) => {
  let shownAt = began
  return (tally: Tally, { message }: ArchivedMessage) => {
    if (performance.now() - shownAt < progressEveryMs) return
    shownAt = performance.now()
    const rate = Math.round((tally.read * 1000) / (shownAt - began))
    process.stderr.write(
      `${process.stderr.isTTY ? '\r\x1b[K' : ''}  ${tally.read} read, ${tally.replayed} replayed, now at ${new Date(message.receivedAt / 1000).toISOString()}, ${rate}/s${process.stderr.isTTY ? '' : '\n'}`,
    )
  }
}

const summary = (tally: Tally, began: number, dryRun: boolean): string => {
  const verb = dryRun ? 'would be published' : 'published'
  const lines = [
    `replayed ${tally.replayed} of ${tally.read} messages in ${seconds(began)} s: ${tally.events} events ${verb}`,
  ]
  if (tally.waiting > 0)
    lines.push(`  ${tally.waiting} parked or dropped, left alone: npm run parked -- list`)
  if (tally.refused > 0) lines.push(`  ${tally.refused} refused when they came, left alone`)
  for (const [reason, count] of [...tally.unmapped].sort((a, b) => b[1] - a[1]))
    lines.push(`  ${count} cannot be mapped: ${reason}`)
  return lines.join('\n')
}

await runCommand(async () => {
  const { values } = readArguments(process.argv.slice(2), options, usage)
  if (values.bytes === true && values.message === undefined)
    throw new UsageError(
      `--bytes writes one message: give --message, or --out for several\n${usage}`,
    )
  const dryRun = values['dry-run'] === true
  const stores =
    values.bytes === true || values.out !== undefined ? await openStores(process.env) : null
  if (stores !== null) return writeBytes(stores, values).finally(stores.close)
  const line = await openLine(process.env)
  try {
    const began = performance.now()
    const tally = await replayMessages(chosen(line, values), line, dryRun, progress(began))
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
    console.log(summary(tally, began, dryRun))
    return tally.unmapped.size === 0
  } finally {
    await line.close()
  }
})
