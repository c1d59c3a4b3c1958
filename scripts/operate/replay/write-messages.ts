import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bytesOf } from '@tideway/object-store/archived-message'
import type { ArchivedMessage } from '@tideway/schemas/archive'
import { isMessageIdOf } from '@tideway/schemas/public-id'
import type { OperatorStores } from '../open-line.ts'
import { chooseMessages, type ReplayOptions } from './choose-messages.ts'

/** @throws Error if the archived bytes do not have the hash of those received */
const verifiedBytes = async (
  line: OperatorStores,
  { message }: ArchivedMessage,
): Promise<{ bytes: Buffer; sha256: string }> => {
  const bytes = await bytesOf(line.store, message)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (
    !isMessageIdOf(message.id, message.source, bytes, message.receivedAt) ||
    (message.payload !== null && message.payload.hash !== sha256)
  )
    throw new Error(`message ${message.id}: the archived bytes are not those that were received`)
  return { bytes, sha256 }
}

/**
 * Writes messages as they were received, one file each in `folder`; without a folder, to standard
 * output.
 *
 * @returns whether there was one
 */
export const writeMessages = async (
  line: OperatorStores,
  options: ReplayOptions,
  folder: string | undefined,
): Promise<boolean> => {
  let count = 0
  if (folder !== undefined) await mkdir(folder, { recursive: true })
  for await (const record of chooseMessages(line, options)) {
    const { bytes, sha256 } = await verifiedBytes(line, record)
    count += 1
    if (folder === undefined) process.stdout.write(bytes)
    else await writeFile(join(folder, `${record.message.id}.hl7`), bytes)
    if (options.message !== undefined)
      console.error(`${record.message.id}  ${bytes.length} bytes, sha256 ${sha256}`)
  }
  console.error(
    folder === undefined
      ? `wrote ${count} to standard output`
      : `wrote ${count} ${count === 1 ? 'file' : 'files'} to ${folder}`,
  )
  return count > 0
}
