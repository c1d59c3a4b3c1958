import './patches/install-avsc.ts'
import { COMPATIBILITY, SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry'
import {
  encode,
  envelopeType,
  payloadOf,
  type Records,
  schemaIdOf,
  unwrapEvent,
  wrapEvent,
} from '@tideway/schemas/codec'
import { composeSchema } from '@tideway/schemas/event-schemas'
import { subjectOf, type TopicName, topics } from '@tideway/schemas/topics'
import avro from 'avsc'
import pRetry from 'p-retry'

/** Milliseconds; jitter may double it. */
const registerRetry = { retries: 4, minTimeout: 150, factor: 1, randomize: true }

type Decode = (payload: Buffer) => unknown

const recordOf = <T extends TopicName>(topic: T, value: unknown): Records[T] =>
  (topic === 'patientEvents'
    ? unwrapEvent(value as { body: Record<string, object> })
    : value) as Records[T]

const orRangeError = <R>(read: () => R): R => {
  try {
    return read()
  } catch (cause) {
    throw new RangeError('does not decode as a record of this topic', { cause })
  }
}

const readWith = <T extends TopicName>(topic: T, decode: Decode, framed: Buffer): Records[T] =>
  orRangeError(() => recordOf(topic, decode(payloadOf(framed))))

const nullIfRange = (cause: unknown): null => {
  if (cause instanceof RangeError) return null
  throw cause
}

const orNull = <R>(read: () => R): R | null => {
  try {
    return read()
  } catch (cause) {
    return nullIfRange(cause)
  }
}

const unknownSchema = (cause: { status?: number }): never => {
  if (cause.status === 404) throw new RangeError('unknown schema id', { cause })
  throw cause
}

/** Reads what was written with another schema of the topic. */
const decodeOf = (reader: avro.Type, written: avro.Type): Decode => {
  const writer = avro.Type.forSchema(
    JSON.parse(JSON.stringify(written.schema({ exportAttrs: true }))) as avro.Schema,
    { wrapUnions: 'auto' },
  )
  if (writer.fingerprint().equals(reader.fingerprint()))
    return (payload) => reader.fromBuffer(payload)
  const resolver = reader.createResolver(writer)
  return (payload) => reader.fromBuffer(payload, resolver)
}

/**
 * Encodes and decodes records of every topic with the schemas of the registry.
 *
 * `register` registers the schemas of this release. A record is decoded with the schema it was
 * written with, resolved to this release's; each schema is fetched once from the registry.
 *
 * @throws Error if the registry rejects a schema as incompatible (BACKWARD_TRANSITIVE)
 */
export const connectRegistry = (url: string) => {
  const registry = new SchemaRegistry({ host: url, retry: { retries: 3 } })
  const types = new Map<TopicName, avro.Type>()
  const ids = new Map<TopicName, number>()
  const decoders = new Map<string, Promise<Decode>>()

  const typeOf = (topic: TopicName): avro.Type => {
    const type = types.get(topic) ?? envelopeType(topics[topic].envelope)
    types.set(topic, type)
    return type
  }

  const register = async (topic: TopicName): Promise<void> => {
    const schema = JSON.stringify(composeSchema(topics[topic].envelope))
    const { id } = await registry.register(
      { type: SchemaType.AVRO, schema },
      { subject: subjectOf(topics[topic]), compatibility: COMPATIBILITY.BACKWARD_TRANSITIVE },
    )
    ids.set(topic, id)
  }

  /**
   * When several processes register a schema at the same time, the registry rejects some of them or
   * returns an outdated answer; a retry gives all of them its id.
   */
  const registerWithRetry = (topic: TopicName): Promise<void> =>
    pRetry(() => register(topic), registerRetry)

  const decoderFor = async (topic: TopicName, id: number): Promise<Decode> => {
    const reader = typeOf(topic)
    const written = (await registry.getSchema(id).catch(unknownSchema)) as unknown as avro.Type
    return orRangeError(() => decodeOf(reader, written))
  }

  const decoder = (topic: TopicName, id: number): Promise<Decode> => {
    const key = `${topic}/${id}`
    const found = decoders.get(key) ?? decoderFor(topic, id)
    decoders.set(key, found)
    found.catch(() => decoders.delete(key))
    return found
  }

  return {
    /** Registers the schemas of these topics. Required before `encode`. */
    register: async (names: readonly TopicName[]): Promise<void> =>
      void (await Promise.all(names.map(registerWithRetry))),

    encode<T extends TopicName>(topic: T, value: Records[T]): Buffer {
      const id = ids.get(topic)
      if (id === undefined) throw new Error(`schema of ${topics[topic].name} is not registered`)
      return encode(
        typeOf(topic),
        id,
        topic === 'patientEvents' ? wrapEvent(value as Records['patientEvents']) : value,
      )
    },

    /**
     * @throws RangeError if the bytes are not a record of this topic or the schema is unknown, and
     *   the registry's own error if it does not respond
     */
    async decode<T extends TopicName>(topic: T, framed: Buffer): Promise<Records[T]> {
      return readWith(topic, await decoder(topic, schemaIdOf(framed)), framed)
    },

    /**
     * Fetches the schemas of a batch of records, so that each can be decoded synchronously.
     *
     * @returns a function that decodes one of `records`; null if it is not a record of this topic
     * @throws the registry's own error if it does not respond
     */
    async reader<T extends TopicName>(
      topic: T,
      records: readonly Buffer[],
    ): Promise<(framed: Buffer) => Records[T] | null> {
      const schemas = new Set(records.flatMap((framed) => orNull(() => schemaIdOf(framed)) ?? []))
      const known = new Map<number, Decode>()
      for (const id of schemas) {
        const found = await decoder(topic, id).catch(nullIfRange)
        if (found !== null) known.set(id, found)
      }
      return (framed) =>
        orNull(() => {
          const decode = known.get(schemaIdOf(framed))
          return decode === undefined ? null : readWith(topic, decode, framed)
        })
    },

    answers: async () =>
      (await fetch(`${url}/subjects`, { signal: AbortSignal.timeout(1_500) })).ok,
  }
}

export type Registry = ReturnType<typeof connectRegistry>
