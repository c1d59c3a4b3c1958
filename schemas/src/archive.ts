import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import avro from 'avsc'
import { avroType } from './event-schemas.ts'
import type { MessageReceived } from './events.generated.ts'
import { topics } from './topics.ts'

/** One record of an archive object; `archived-message.v1.avsc`. `durableAt` in milliseconds. */
export type ArchivedMessage = {
  partition: number
  offset: number
  durableAt: number
  message: MessageReceived
}

/**
 * What an object answers for: every offset from `first` to `last`. Those of `skipped` are not in
 * it, because the same message is archived already at an earlier offset.
 */
export type Coverage = { first: number; last: number; skipped: readonly number[]; archivedAt: Date }

/** An object that is no archive object of ours, or not whole. */
export class ArchiveFormatError extends Error {
  override readonly name = 'ArchiveFormatError'
}

const blockBytes = 262_144
const prefix = `${topics.rawMessages.name}/`
const type = avroType('ArchivedMessageV1')

/**
 * Object store key, from the first offset and that record's time alone: whoever archives an offset
 * arrives at the same name.
 *
 * @param durableAt  of the first offset covered, milliseconds
 */
export const objectKeyOf = (partition: number, first: number, durableAt: number): string =>
  `${dayPrefix(durableAt)}${partition}-${String(first).padStart(20, '0')}.avro`

const objectKey = /^\d{4}\/\d\d\/\d\d\/(\d+)-(\d{20})\.avro$/

/**
 * Whether a key under the topic's prefix names an archive object: records that are not of the topic
 * are kept there too, as they came.
 */
export const isObjectKey = (key: string): boolean =>
  key.startsWith(prefix) && objectKey.test(key.slice(prefix.length))

/** Partition and first offset that a key names. @throws RangeError if it names no archive object */
export const placeInKey = (key: string): { partition: number; first: number } => {
  const [, partition, first] = objectKey.exec(key.slice(prefix.length)) ?? []
  if (partition === undefined || first === undefined) throw new RangeError('no archive object')
  return { partition: Number(partition), first: Number(first) }
}

/** Prefix of the objects whose first offset became durable on that UTC day. */
export const dayPrefix = (at: number): string =>
  `${prefix}${new Date(at).toISOString().slice(0, 10).replaceAll('-', '/')}/`

/**
 * An Avro container object, deflated, that says in its metadata which offsets it covers.
 *
 * @see Apache Avro 1.12 specification, Object Container Files
 */
export const encodeObject = async (
  messages: readonly ArchivedMessage[],
  coverage: Coverage,
): Promise<Buffer> => {
  const metadata = {
    'tideway.first': Buffer.from(String(coverage.first)),
    'tideway.last': Buffer.from(String(coverage.last)),
    'tideway.skipped': Buffer.from(JSON.stringify(coverage.skipped)),
    'tideway.archivedAt': Buffer.from(coverage.archivedAt.toISOString()),
  }
  const options = {
    codec: 'deflate',
    blockSize: blockBytes,
    syncMarker: randomBytes(16),
    writeHeader: 'always' as const,
    metadata,
  }
  const encoder = new avro.streams.BlockEncoder(type, options)
  const chunks: Buffer[] = []
  encoder.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = once(encoder, 'end')
  for (const message of messages) encoder.write(message)
  encoder.end()
  await ended
  return Buffer.concat(chunks)
}

/**
 * Reads an object back, also one written with an older version of the schema.
 *
 * @throws ArchiveFormatError if it is no archive object
 */
export const decodeObject = async (
  bytes: Buffer,
): Promise<{ coverage: Coverage; messages: ArchivedMessage[] }> => {
  const decoder = new avro.streams.BlockDecoder({ readerSchema: type })
  const messages: ArchivedMessage[] = []
  let coverage: Coverage | null = null
  decoder.on(
    'metadata',
    (_type: unknown, _codec: unknown, header: { meta: Record<string, Buffer> }) => {
      coverage = coverageOf(header.meta)
    },
  )
  decoder.on('data', (message: ArchivedMessage) => messages.push(message))
  try {
    const ended = once(decoder, 'end')
    decoder.end(bytes)
    await ended
  } catch (cause) {
    throw new ArchiveFormatError('not an archive object', { cause })
  }
  if (coverage === null) throw new ArchiveFormatError('not an archive object')
  return { coverage, messages }
}

const coverageOf = (meta: Record<string, Buffer>): Coverage | null => {
  const text = (name: string) => meta[`tideway.${name}`]?.toString()
  const [first, last, skipped, archivedAt] = [
    text('first'),
    text('last'),
    text('skipped'),
    text('archivedAt'),
  ]
  if (
    first === undefined ||
    last === undefined ||
    skipped === undefined ||
    archivedAt === undefined
  )
    return null
  return {
    first: Number(first),
    last: Number(last),
    skipped: JSON.parse(skipped) as number[],
    archivedAt: new Date(archivedAt),
  }
}
