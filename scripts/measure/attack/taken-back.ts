import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { isArchived } from '../../operate/message-in-archive.ts'
import { chooseMessages } from '../../operate/replay/choose-messages.ts'
import { replayMessages } from '../../operate/replay/replay-messages.ts'
import { withdrawMessage } from '../../operate/withdraw/withdraw-message.ts'
import { pollUntil } from '../../operate/client/poll.ts'
import type { Attack, Outcome } from './finding.ts'
import { monitored, registration } from './messages.ts'
import type { AttackTarget } from './target.ts'

const archivedWithinMs = 60_000

/** A patient with two messages in ledger and record, the second a result. */
const patientWithResult = async (target: AttackTarget) => {
  const mrn = target.newId()
  const ids = [target.newId(), target.newId()] as const
  const patient = { mrn, family: 'TAKENBACK' }
  await target.send(registration(patient, ids[0]), ids[0])
  await target.send(monitored(patient, 'W', { first: 0, count: 1 }, ids[1]), ids[1])
  await target.settle()
  const [named, result] = await Promise.all(ids.map(target.inLedger))
  if (!named || !result) throw new Error('the messages sent are not in the ledger')
  return { mrn, named, result }
}

const withdrawal = async (target: AttackTarget): Promise<Outcome> => {
  const { mrn, result } = await patientWithResult(target)
  const reports = async () => (await target.recordOf(mrn))?.reports.length ?? 0
  const before = await reports()
  const gone = await withdrawMessage(target.line, result, { undo: false, reason: 'attack' })
  const without = await reports()
  const withdrawn = await target.line.mongo.messages.findOne({ _id: result._id })
  const back = await withdrawMessage(target.line, withdrawn ?? result, { undo: true, reason: null })
  const after = await reports()
  return {
    tried: 'a result is withdrawn, and restored',
    held: gone.done && back.done && before === 1 && without === 0 && after === 1,
    figure: `reports before, without and after: ${before}, ${without}, ${after}`,
  }
}

const untilArchived = async ({ line }: AttackTarget, message: LedgerMessage): Promise<void> => {
  const isThere = await pollUntil(
    () => isArchived(line, message),
    (is) => is,
    archivedWithinMs,
  )
  if (!isThere) throw new Error('the messages sent are not archived')
}

const replay = async (target: AttackTarget): Promise<Outcome> => {
  const { named, result } = await patientWithResult(target)
  const messages = [named, result]
  for (const message of messages) await untilArchived(target, message)
  const [events, changes] = [
    await target.endOf('patientEvents'),
    await target.endOf('recordChanges'),
  ]
  let replayed = 0
  for (const { _id } of messages) {
    const chosen = chooseMessages(target.line, { message: _id })
    replayed += (await replayMessages(chosen, target.line, false, () => undefined)).replayed
  }
  await target.settle()
  const again = (await target.endOf('patientEvents')) - events
  const announced = (await target.endOf('recordChanges')) - changes
  return {
    tried: 'messages in the record are replayed (nothing else may be sent meanwhile)',
    held: replayed === messages.length && again > 0 && announced === 0,
    figure: `${replayed} messages and ${again} records on the log again, ${announced} changes announced`,
  }
}

export const takenBack: Attack = {
  name: 'withdrawing',
  attempt: async (target) => [await withdrawal(target)],
}
export const replayed: Attack = {
  name: 'replay',
  attempt: async (target) => [await replay(target)],
}
