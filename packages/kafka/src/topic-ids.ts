import type { Kafka } from 'kafkajs'

/**
 * Ids that Kafka gives topics when they are created: a topic that was deleted and made anew has
 * another. kafkajs 2.2.4 knows Metadata up to version 6, which has none; this sends version 12 over
 * one of its connections, with its TLS and authentication.
 *
 * @see Kafka protocol, Metadata API; KIP-516 topic identifiers
 */
const apiKeyMetadata = 3
const version = 12
const noError = 0
const unknownTopic = 3
const uuidBytes = 16

type Connection = {
  send: <T>(request: {
    request: { apiKey: number; apiVersion: number; apiName: string; encode: () => Promise<object> }
    response: {
      decode: (payload: Buffer) => Promise<T>
      parse: (decoded: T) => Promise<T>
    }
  }) => Promise<T>
}
type Cluster = {
  connect: () => Promise<void>
  disconnect: () => Promise<void>
  brokerPool: { seedBroker: { connectionPool: Connection } }
}

const openCluster = (kafka: Kafka): Cluster => {
  const create = Object.getOwnPropertySymbols(kafka).find(
    ({ description }) => description === 'private:Kafka:createCluster',
  )
  if (create === undefined) throw new Error('kafkajs is not the version this was written for')
  return (kafka as unknown as Record<symbol, (options: object) => Cluster>)[create]?.({
    allowAutoTopicCreation: false,
  }) as Cluster
}

/** Topic names and other lengths here fit in one byte of an unsigned varint. */
const short = (length: number): Buffer => {
  if (length > 126) throw new RangeError('too long')
  return Buffer.from([length + 1])
}
const noTags = Buffer.from([0])

/** Body of the request, after the tags that end a flexible request header. */
export const encodeMetadataRequest = (names: readonly string[]): Buffer =>
  Buffer.concat([
    noTags,
    short(names.length),
    ...names.flatMap((name) => [
      Buffer.alloc(uuidBytes),
      short(Buffer.byteLength(name)),
      Buffer.from(name),
      noTags,
    ]),
    Buffer.from([0, 0]),
    noTags,
  ])

const readerOf = (bytes: Buffer) => {
  let at = 0
  const varint = (): number => {
    let [value, shift] = [0, 0]
    for (;;) {
      const byte = bytes.readUInt8(at)
      at += 1
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
      shift += 7
    }
  }
  const take = (length: number): Buffer => {
    at += length
    return bytes.subarray(at - length, at)
  }
  const tags = (): void => {
    for (let left = varint(); left > 0; left -= 1) {
      varint()
      take(varint())
    }
  }
  const list = <T>(item: () => T): T[] =>
    Array.from({ length: Math.max(0, varint() - 1) }, () => item())
  return {
    take,
    tags,
    list,
    text: (): string | null => {
      const length = varint() - 1
      return length < 0 ? null : take(length).toString()
    },
    int16: () => take(2).readInt16BE(),
    int32: () => take(4).readInt32BE(),
  }
}

/** Topics of a response, after its correlation id. @throws Error if Kafka reports one */
export const decodeMetadataResponse = (payload: Buffer): Map<string, string> => {
  const { take, tags, list, text, int16, int32 } = readerOf(payload)
  const partition = () => {
    take(2 + 4 + 4 + 4)
    for (let kind = 0; kind < 3; kind += 1) list(int32)
    tags()
  }
  const topic = () => {
    const [error, name, id] = [int16(), text(), take(uuidBytes).toString('base64url')]
    take(1)
    list(partition)
    int32()
    tags()
    return { error, name, id }
  }
  tags()
  int32()
  list(() => {
    int32()
    text()
    int32()
    text()
    tags()
  })
  text()
  int32()
  const found = new Map<string, string>()
  for (const { error, name, id } of list(topic))
    if (error === noError && name !== null) found.set(name, id)
    else if (error !== unknownTopic) throw new Error(`Kafka reports error ${error} of a topic`)
  return found
}

/** Ids by topic; one that does not exist is absent. */
export const fetchTopicIds = async (
  kafka: Kafka,
  names: readonly string[],
): Promise<Map<string, string>> => {
  const cluster = openCluster(kafka)
  await cluster.connect()
  try {
    const body = encodeMetadataRequest(names)
    return await cluster.brokerPool.seedBroker.connectionPool.send({
      request: {
        apiKey: apiKeyMetadata,
        apiVersion: version,
        apiName: 'Metadata',
        encode: async () => ({ buf: body, buffer: body, size: () => body.length }),
      },
      response: {
        decode: async (payload) => decodeMetadataResponse(payload),
        parse: async (decoded) => decoded,
      },
    })
  } finally {
    await cluster.disconnect()
  }
}
