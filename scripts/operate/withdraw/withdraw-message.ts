import type { ActOnMessage } from '@tideway/record/withdrawal/act-on-message'
import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { pollUntil } from '../client/poll.ts'
import { UsageError } from '../command-line.ts'
import type { Line } from '../open-line.ts'
import { actRecord, ledgerRecord } from './act-records.ts'
import { isOfEarlierRelease, toldByMessage } from './told-by-message.ts'

/** Null reason: none was given, which only a restoring may. */
export type Asked = { undo: boolean; reason: string | null }

/** How long the projector is waited for; a patient with a long history takes seconds. */
const doneWithinMs = 60_000
/** Rounds in which patients are looked for that the message reached meanwhile. */
const rounds = 3

const named = ({ _id, source, type, receivedAt }: LedgerMessage) =>
  `${_id}  ${source} ${type ?? 'unknown type'} received ${receivedAt.toISOString()}`

/** @throws UsageError saying why it cannot be done and what to do instead */
const refuseUnlessPossible = async (
  line: Line,
  { _id, parked, withdrawn }: LedgerMessage,
  { undo }: Asked,
): Promise<void> => {
  if (parked?.state === 'PARKED')
    throw new UsageError(
      `Message ${_id} is parked. Release or drop it first: npm run parked -- show ${_id}`,
    )
  if (undo && withdrawn?.state !== 'WITHDRAWN')
    throw new UsageError(`Message ${_id} is not withdrawn`)
  if (await isOfEarlierRelease(line))
    throw new UsageError(
      'An earlier release began this database and did not record what each message told. Make the records anew first: npm run rebuild',
    )
}

const actOf = (line: Line, { _id }: LedgerMessage, { undo, reason }: Asked): ActOnMessage =>
  undo
    ? { type: 'MessageRestored', message: _id, by: line.by, reason }
    : { type: 'MessageWithdrawn', message: _id, by: line.by, reason: reason ?? '' }

/** Patients whose records may have something of the message. */
const patientsOf = async (line: Line, { _id, patientKeys }: LedgerMessage): Promise<string[]> => [
  ...new Set([...patientKeys, ...(await toldByMessage(line, _id)).map(({ patient }) => patient)]),
]

/** Patients for whom the projector has not carried out an act of this time yet. */
const waitingFor = async (line: Line, { _id }: LedgerMessage, at: number): Promise<string[]> =>
  (await toldByMessage(line, _id)).flatMap(({ patient, decidedAt }) =>
    (decidedAt ?? 0) < at ? [patient] : [],
  )

const plural = (count: number): string => (count === 1 ? '1 patient' : `${count} patients`)

/**
 * Withdraws one message from every record it touched, or restores it, and waits until the records
 * and the ledger say so. A patient it reaches meanwhile is asked for again.
 *
 * @returns whether all of it is done, and the line that reports it
 */
export const withdrawMessage = async (
  line: Line,
  ledger: LedgerMessage,
  asked: Asked,
): Promise<{ done: boolean; line: string }> => {
  await refuseUnlessPossible(line, ledger, asked)
  const patients = await patientsOf(line, ledger)
  if (patients.length === 0)
    throw new UsageError(`Message ${ledger._id} said nothing of any patient`)
  const at = Date.now() * 1000
  const state = asked.undo ? ('RESTORED' as const) : ('WITHDRAWN' as const)
  const act = actOf(line, ledger, asked)
  const ask = (of: readonly string[]) =>
    line.publisher.publish(of.map((patient) => actRecord(line, patient, act, at)))
  await ask(patients)
  await line.publisher.publish([ledgerRecord(line, ledger, state, asked.reason, at)])

  const asking = new Set(patients)
  let waiting = await waitingFor(line, ledger, at)
  for (let round = 0; round < rounds && waiting.length > 0; round += 1) {
    const reached = waiting.filter((patient) => !asking.has(patient))
    if (reached.length > 0) await ask(reached)
    for (const patient of reached) asking.add(patient)
    waiting = await pollUntil(
      () => waitingFor(line, ledger, at),
      (left) => left.every((patient) => !asking.has(patient)),
      doneWithinMs,
    )
  }
  const isInLedger = await pollUntil(
    async () => (await line.mongo.messages.findOne({ _id: ledger._id }))?.withdrawn?.at === at,
    (is) => is,
    doneWithinMs,
  )
  const verb = asked.undo ? 'restored ' : 'withdrawn'
  if (waiting.length > 0 || !isInLedger)
    return {
      done: false,
      line: `${verb}  ${named(ledger)}: asked for, and ${waiting.length > 0 ? `not done yet for ${plural(waiting.length)}: is the projector running?` : 'not in the ledger yet: is the archiver running?'}`,
    }
  return {
    done: true,
    line: `${verb}  ${named(ledger)}: ${asked.undo ? 'in the records of' : 'gone from the records of'} ${plural(asking.size)}${asked.undo ? ' again' : '; the archive keeps it'}`,
  }
}
