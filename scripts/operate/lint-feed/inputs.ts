import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { archivedMessages } from '@tideway/archiver/archive/read-archive'
import { bytesOf } from '@tideway/object-store/archived-message'
import { readHeader } from '@tideway/hl7v2/lexer/header'
import { sandboxSource } from '@tideway/hl7-ingest/identify/sandbox-source'
import type { Source } from '@tideway/schemas/source'
import { framesOf } from '../../measure/corpus/split.ts'
import type { OperatorStores } from '../open-line.ts'
import { UsageError } from '../command-line.ts'
import type { FeedMessage } from './feed.ts'

const limits = { maxMessageBytes: 50_000_000, idleFrameMs: 30_000 }

/**
 * The files given, and every file in the folders given, sorted by name. @throws UsageError if one
 * does not exist
 */
export const filesAt = (paths: readonly string[]): string[] =>
  paths.flatMap((path) => {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat === undefined) throw new UsageError(`${path} is not there`)
    if (!stat.isDirectory()) return [path]
    const inside = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()
    return inside.map((file) => join(path, file)).filter((file) => statSync(file).isFile())
  })

/**
 * Messages of a file, also in batches or MLLP frames. Without a source they are read as the sandbox
 * reads them.
 */
export const messagesIn = (file: string, source: Source | null): FeedMessage[] =>
  framesOf(file, readFileSync(file)).flatMap(({ messages }) =>
    messages.map(({ bytes }) => ({
      bytes,
      source: source ?? sandboxSource(readHeader(bytes)?.sendingFacility ?? null, limits),
      receivedAt: null,
    })),
  )

/** Archived messages of one source, received from `from` on and before `to`, milliseconds. */
export async function* messagesOf(
  stores: Pick<OperatorStores, 'store'>,
  ods: string,
  source: Source | null,
  from: number,
  to: number,
): AsyncGenerator<FeedMessage> {
  for await (const { message } of archivedMessages(stores.store, { from, to })) {
    if (message.source !== ods) continue
    yield {
      bytes: await bytesOf(stores.store, message),
      source: source ?? sandboxSource(ods, limits),
      receivedAt: message.receivedAt / 1000,
    }
  }
}
