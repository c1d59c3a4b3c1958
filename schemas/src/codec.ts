import type avro from 'avsc'
import {
  type FhirResource,
  type MessageParked,
  type MessageReceived,
  type PatientEvent,
  type PersonChanged,
  type RecordChanged,
  unsaid,
} from './events.generated.ts'
import { avroType, newestVersion } from './event-schemas.ts'
import { upcast } from './upcast.ts'

/** What each topic's records mean once decoded. */
export type Records = {
  rawMessages: MessageReceived
  patientEvents: PatientEvent
  recordChanges: RecordChanged
  personEvents: PersonChanged
  parkedMessages: MessageParked
  fhirResources: FhirResource
}

const magic = 0
const headerBytes = 5

/**
 * Where records are put together before they are copied out: a third faster than `toBuffer`, which
 * fills and copies once more.
 */
let scratch = Buffer.allocUnsafe(65_536)

/**
 * Bytes for the topic: Confluent wire format, a zero byte, the schema id in four bytes big-endian,
 * then Avro binary.
 *
 * @see Confluent Schema Registry, Wire format
 */
export const encode = (type: avro.Type, schemaId: number, value: unknown): Buffer => {
  let end = type.encode(value, scratch, headerBytes)
  if (end < 0) {
    scratch = Buffer.allocUnsafe(scratch.length - end)
    end = type.encode(value, scratch, headerBytes)
  }
  const framed = Buffer.allocUnsafe(end)
  scratch.copy(framed, headerBytes, headerBytes, end)
  framed[0] = magic
  framed.writeUInt32BE(schemaId, 1)
  return framed
}

/** @throws RangeError if the bytes are not in Confluent wire format */
export const schemaIdOf = (framed: Buffer): number => {
  if (framed.length < headerBytes || framed[0] !== magic)
    throw new RangeError('not in Confluent wire format')
  return framed.readUInt32BE(1)
}

export const payloadOf = (framed: Buffer): Buffer => framed.subarray(headerBytes)

const prefix = 'tideway.events.'
/** Avro's branch name of each type of body: the newest version. */
const branches = new Map<string, string>()

const branchOf = (type: string): string => {
  const branch = branches.get(type) ?? `${prefix}${newestVersion(type)}`
  branches.set(type, branch)
  return branch
}

/** The event as Avro encodes it: the body under the branch name of its newest version. */
export const wrapEvent = (event: PatientEvent): unknown => ({
  ...event,
  body: { [branchOf(event.body.type)]: event.body },
})

const defaults: Readonly<Record<string, (() => object) | undefined>> = unsaid

/**
 * The event as decoded by Avro; a body of an older version is upcast to the newest, and has the
 * fields that only the newest has.
 */
export const unwrapEvent = (wrapped: { body: Record<string, object> }): PatientEvent => {
  const [branch, body] = Object.entries(wrapped.body)[0] as [string, object]
  const name = branch.slice(prefix.length)
  const type = name.replace(/V\d+$/, '')
  const added = branch === branchOf(type) ? null : (defaults[type]?.() ?? null)
  return { ...wrapped, body: { ...added, type, ...upcast(name, body) } } as unknown as PatientEvent
}

/** Avro types of this release, made once by whoever needs them. */
export const envelopeType = (envelope: string): avro.Type => avroType(envelope)
