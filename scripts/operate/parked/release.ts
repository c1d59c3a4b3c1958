import { randomBytes } from 'node:crypto'
import { cloudEventHeaders } from '@tideway/schemas/cloud-events'
import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import type { MessageParked } from '@tideway/schemas/events.generated'
import type { Outgoing } from '@tideway/kafka/client'
import { releaseRecord } from '@tideway/ingest/release-record'
import { numberKeyOf } from '@tideway/schemas/public-id'
import { pollUntil } from '../client/poll.ts'
import { lineKnowing } from '../replay/known-now.ts'
import { renormalise } from '../replay/renormalise.ts'
import { messageInArchive } from '../message-in-archive.ts'
import type { Line } from '../open-line.ts'
import { publishInOrder } from '../replay/publish-in-order.ts'

/** Whether a message was released or dropped, and the line that reports it. */
export type Done = { done: boolean; line: string }

const microseconds = () => Date.now() * 1000
const settledWithinMs = 10_000

const traceparent = () =>
  `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`

const named = ({ _id, source, type, receivedAt }: LedgerMessage) =>
  `${_id}  ${source} ${type ?? 'unknown type'} received ${receivedAt.toISOString()}`

/**
 * The record that tells the other services what became of a parked message; its key is that of the
 * record that parked it.
 */
const statement = (
  line: Line,
  ledger: LedgerMessage,
  state: MessageParked['state'],
  reason: string | null,
): Outgoing => {
  const patientKey = ledger.patientKeys.length === 1 ? (ledger.patientKeys[0] as string) : null
  const at = microseconds()
  const { parked } = ledger
  const problem = { code: parked?.code ?? 'UNEXPECTED', place: parked?.place ?? 'unknown' }
  const value: MessageParked = {
    messageId: ledger._id,
    eventId: null,
    source: ledger.source,
    patientKey,
    stage: parked?.stage ?? 'NORMALISE',
    state,
    problem,
    at,
    by: line.by,
    reason,
    patientKeys: ledger.patientKeys,
  }
  return {
    topic: 'parkedMessages',
    key: patientKey ?? ledger._id,
    value: line.encode('parkedMessages', value),
    headers: cloudEventHeaders({
      id: `${ledger._id}.${state.toLowerCase()}-${at}`,
      type: 'MessageParked',
      source: `/sources/${ledger.source}`,
      at,
      traceparent: traceparent(),
    }),
  }
}

const stateIs = (line: Line, id: string, state: string): Promise<boolean> =>
  pollUntil(
    async () =>
      (await line.mongo.messages.findOne({ _id: id }, { projection: { parked: 1 } }))?.parked
        ?.state === state,
    (is) => is,
    settledWithinMs,
  )

/**
 * Maps the message with the current sources and mappings; if that works, publishes its events with
 * their first receive time.
 */
const releaseMessage = async (line: Line, ledger: LedgerMessage): Promise<Done> => {
  const found = await messageInArchive(line, ledger)
  if (found === null)
    return { done: false, line: `not released  ${named(ledger)}: not in the archive yet` }
  const rules = await lineKnowing(line)(ledger.parked?.code)
  const { events, normalised, problem, inPart } = renormalise(found.message, found.bytes, rules)
  if (problem !== null || normalised === null)
    return {
      done: false,
      line: `not released  ${named(ledger)}: still ${problem?.code} at ${problem?.place}`,
    }
  const { patientKeys, unused } = normalised
  const publishing = publishInOrder(line)
  await publishing.add(events, normalised.attachments)
  await publishing.add([statement(line, ledger, 'RELEASED', null)], [])
  await publishing.flush()
  await line.mongo.messages.updateOne(
    { _id: ledger._id },
    { $set: { events: events.length, patientKeys, unused, ...(inPart && { problem: inPart }) } },
  )
  await stateIs(line, ledger._id, 'RELEASED')
  return {
    done: true,
    line: `released      ${named(ledger)}: ${events.length} events for ${patientKeys.length} ${patientKeys.length === 1 ? 'patient' : 'patients'}`,
  }
}

/** Patients for whom events of the message are held. */
const patientsHeld = async ({ mongo }: Line, { _id }: LedgerMessage): Promise<string[]> => [
  ...new Set(
    (await mongo.held.find({ message: _id }, { projection: { patient: 1 } }).toArray()).map(
      ({ patient }) => numberKeyOf(patient),
    ),
  ),
]

/** Asks the projector to retry what is held for patients; it publishes the outcome. */
const tryAgain = async (
  line: Line,
  ledger: LedgerMessage,
  patients: readonly string[],
  givenUp: { droppedMessage: string | null; reason: string | null },
): Promise<void> => {
  const asked = {
    about: ledger._id,
    at: microseconds(),
    traceparent: traceparent(),
    by: line.by,
    ...givenUp,
  }
  const again = (patientKey: string): Outgoing =>
    releaseRecord({ ...asked, patientKey }, line.encode)
  if (patients.length > 0) await line.publisher.publish(patients.map(again))
}

/** Releases a message whose events are held: the projector retries them. */
const releaseHeld = async (line: Line, ledger: LedgerMessage): Promise<Done> => {
  if (ledger.parked?.code === 'IDENTITY_CONFLICT')
    return {
      done: false,
      line: `not released  ${named(ledger)}: it contradicts who the patient is; a steward decides (npm run identity)`,
    }
  await tryAgain(line, ledger, await patientsHeld(line, ledger), {
    droppedMessage: null,
    reason: null,
  })
  if (await stateIs(line, ledger._id, 'RELEASED'))
    return {
      done: true,
      line: `released      ${named(ledger)}: applied, with what waited behind it`,
    }
  const [still] = await line.mongo.held
    .find({ message: ledger._id, problem: { $ne: null } })
    .toArray()
  const why = still?.problem
    ? `still ${still.problem.code} at ${still.problem.place}`
    : 'the projector has not answered yet'
  return { done: false, line: `not released  ${named(ledger)}: ${why}` }
}

/**
 * Drops the held events of the message itself; the projector retries those that waited behind them.
 */
const dropHeld = async (
  line: Line,
  ledger: LedgerMessage,
  patients: readonly string[],
  reason: string,
): Promise<Done> => {
  await tryAgain(line, ledger, patients, { droppedMessage: ledger._id, reason })
  if (!(await stateIs(line, ledger._id, 'DROPPED')))
    return {
      done: false,
      line: `not dropped   ${named(ledger)}: the projector has not answered yet`,
    }
  const still = await line.mongo.patients.countDocuments({
    _id: { $in: [...patients] },
    incomplete: { $ne: null },
  })
  const behind =
    still === 0
      ? 'what waited behind it is applied'
      : 'another message of the same patient still holds what came after it'
  return {
    done: true,
    line: `dropped       ${named(ledger)}: ${reason} (it stays in the archive; ${behind})`,
  }
}

const dropMessage = async (line: Line, ledger: LedgerMessage, reason: string): Promise<Done> => {
  await line.publisher.publish([statement(line, ledger, 'DROPPED', reason)])
  await stateIs(line, ledger._id, 'DROPPED')
  return { done: true, line: `dropped       ${named(ledger)}: ${reason} (it stays in the archive)` }
}

/** The message as the ledger has it now; if it is not parked, the line that says so. */
const waitingNow = async (line: Line, ledger: LedgerMessage): Promise<LedgerMessage | Done> => {
  const now = await line.mongo.messages.findOne({ _id: ledger._id })
  if (now?.parked?.state === 'PARKED') return now
  return {
    done: false,
    line: `not parked    ${named(ledger)}${now?.parked ? `: ${now.parked.state.toLowerCase()} already` : ''}`,
  }
}

/**
 * Releases one parked message; if it still cannot be mapped or applied, says why and leaves it
 * parked.
 */
export const release = async (line: Line, ledger: LedgerMessage): Promise<Done> => {
  const now = await waitingNow(line, ledger)
  if ('done' in now) return now
  return now.parked?.stage === 'NORMALISE' ? releaseMessage(line, now) : releaseHeld(line, now)
}

/**
 * Drops a message for good, with the operator's reason. It stays in the archive, and the records of
 * its patients say that a message was dropped.
 *
 * If the message could not be applied, events applied before the failure stay, its other events are
 * not applied, and events that waited behind them are. Sending the same bytes again is a new
 * attempt, which holds the patient again if it fails. `replay` skips the message.
 */
export const drop = async (line: Line, ledger: LedgerMessage, reason: string): Promise<Done> => {
  const now = await waitingNow(line, ledger)
  if ('done' in now) return now
  const patients = await patientsHeld(line, now)
  return patients.length === 0
    ? dropMessage(line, now, reason)
    : dropHeld(line, now, patients, reason)
}
