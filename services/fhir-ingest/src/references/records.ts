import { randomUUID } from 'node:crypto'
import { cloudEventHeaders } from '@tideway/schemas/cloud-events'
import { keyPart } from '@tideway/schemas/key-part'
import type { Encode } from '@tideway/ingest/message-records'
import type { Outgoing } from '@tideway/kafka/client'
import type {
  FhirResource,
  MessageParked,
  PatientEvent,
  Problem,
  ResourceKnown,
  WaitingMessage,
} from '@tideway/schemas/events.generated'
import type { MissedMove } from './view.ts'
import type { Waiting } from './waiting-messages.ts'
import { withdrawalOf } from './withdrawal.ts'

/** This process: it does not read again what it wrote. */
export const writer = randomUUID()

/** A record of `fhir-resources.v1` and its key: of one key the topic keeps the newest. */
export type Keyed = { key: string; record: FhirResource }

type Sender = Pick<FhirResource, 'source' | 'client'>

/**
 * The resources of one message, at least one. One alone takes the place of what was said of it
 * before; several are one record, because each record costs as much as ten resources in it.
 */
export const resourcesRecord = (sender: Sender, resources: readonly ResourceKnown[]): Keyed => {
  const [{ names = [], messageId = '', from = null } = {}, ...more] = resources
  const name = more.length === 0 ? names[0] : `message ${messageId}${from === null ? '' : ' moved'}`
  return {
    key: `${keyPart(sender.client, ' ')} ${name}`,
    record: { ...sender, resources: [...resources], waiting: null },
  }
}

const waitingKey = (client: string, messageId: string): string =>
  `${keyPart(client, ' ')} waiting ${messageId}`

export const waitingRecord = (sender: Sender, waiting: WaitingMessage): Keyed => ({
  key: waitingKey(sender.client, waiting.messageId),
  record: { ...sender, resources: [], waiting },
})

/** Says that a message no longer waits. */
export const settledRecord = ({ source, client, message }: Waiting): Keyed => ({
  key: waitingKey(client, message.messageId),
  record: { source, client, resources: [], waiting: null },
})

/**
 * For the log. All records of one sender are in one partition, so that they are read in the order
 * in which they were written.
 */
export const outgoingOf = ({ key, record }: Keyed, encode: Encode): Outgoing => ({
  topic: 'fhirResources',
  key,
  partitionKey: record.source,
  value: encode('fhirResources', record),
  headers: { writer },
})

/**
 * What became of a message that waited, for the ledger; its key is that of the record that parked
 * it.
 */
export const parkedRecord = (
  { source, message: { messageId, patientKeys } }: Waiting,
  state: MessageParked['state'],
  problem: Problem,
  at: number,
  traceparent: string,
  encode: Encode,
): Outgoing => {
  const patientKey = patientKeys.length === 1 ? (patientKeys[0] as string) : null
  const value: MessageParked = {
    messageId,
    eventId: null,
    source,
    patientKey,
    stage: 'NORMALISE',
    state,
    problem,
    at,
    by: null,
    reason: null,
    patientKeys,
  }
  return {
    topic: 'parkedMessages',
    key: patientKey ?? messageId,
    value: encode('parkedMessages', value),
    headers: cloudEventHeaders({
      id: `${messageId}.${state.toLowerCase()}-${at}`,
      type: 'MessageParked',
      source: `/sources/${source}`,
      at,
      traceparent,
    }),
  }
}

/**
 * The event that withdraws what an update moved, where the process that received the update did not
 * know yet of the statement before it. Every process that sees both says so, in the same words;
 * null if there is nothing to withdraw.
 */
export const missedWithdrawal = (
  source: string,
  { older, newer, messageId }: MissedMove,
  traceparent: string,
  encode: Encode,
): Outgoing<'patientEvents'> | null => {
  const draft = withdrawalOf(older, `${older.type}.subject`)
  if (draft === null) return null
  const { patientKey, place, body } = draft
  const id = `${messageId}.moved`
  const event: PatientEvent = {
    id,
    messageId,
    source,
    patientKey,
    receivedAt: newer.saidAt,
    // After the older statement, even if both were said in the same millisecond.
    sentAt: Math.floor(newer.saidAt / 1000) + 1,
    notShown: null,
    place,
    body,
  }
  return {
    topic: 'patientEvents',
    key: patientKey,
    value: encode('patientEvents', event),
    headers: cloudEventHeaders({
      id,
      type: body.type,
      source: `/sources/${source}`,
      at: newer.saidAt,
      traceparent,
    }),
  }
}
