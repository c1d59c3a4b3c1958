import { once } from 'node:events'
import { connect } from 'node:net'
import { sendFhir } from './send-fhir.ts'
import type { Attack, Outcome } from './finding.ts'
import { header, merge, registration } from './messages.ts'
import type { AttackTarget } from './target.ts'

const other = 'RJ1'
const closedWithinMs = 20_000

/** Nothing may stand under the other organisation's number. */
const inOtherHl7 = async (target: AttackTarget): Promise<Outcome> => {
  const id = target.newId()
  const { code } = await target.send(
    registration({ mrn: id, family: 'FALSE' }, id, { authority: other }),
    id,
  )
  await target.settle()
  const record = await target.recordOf(id, other)
  return {
    tried: `a message of RJZ about a number of ${other}`,
    held: record === null,
    figure: `answered ${code}, ${record === null ? 'no record' : 'A RECORD'} under that number of ${other}`,
  }
}

const inOtherFhir = async (target: AttackTarget): Promise<Outcome> => {
  const id = target.newId()
  const status = await sendFhir(target, 'Patient', {
    resourceType: 'Patient',
    identifier: [{ system: 'https://rj1.example/id/patient', value: id }],
    name: [{ family: 'FALSE' }],
  })
  await target.settle()
  const record = await target.recordOf(id, other)
  return {
    tried: `a Patient of ${other} with the token of RJZ`,
    held: status >= 400 && record === null,
    figure: `answered ${status}, ${record === null ? 'no record' : 'A RECORD'} under that number of ${other}`,
  }
}

const unknownSender = async (target: AttackTarget): Promise<Outcome> => {
  const id = target.newId()
  const patient = { mrn: id, family: 'NOBODY' }
  const { code, error } = await target.send(registration(patient, id, { sender: 'NOBODY' }), id)
  await target.settle()
  const inLedger = (await target.inLedger(id)) !== null
  return {
    tried: 'a message of a sender that no file names',
    held: code === 'AR' && !inLedger,
    figure: `answered ${code} ${error}, ${inLedger ? 'IN THE LEDGER' : 'not in the ledger'}`,
  }
}

const mergedWithItself = async (target: AttackTarget): Promise<Outcome> => {
  const id = target.newId()
  const patient = { mrn: id, family: 'ITSELF' }
  const { code, error } = await target.send(merge(patient, id, id), id)
  await target.settle()
  const kept = await target.inLedger(id)
  const record = await target.recordOf(id)
  return {
    tried: 'a merge whose MRG is its PID',
    held: code === 'AR' && record === null && (kept?.events ?? 0) === 0,
    figure: `answered ${code} ${error}, ${kept === null ? 'not in the ledger' : `in the ledger as refused (evidence) with ${kept.events} events`}, ${record === null ? 'no record' : 'A RECORD'}`,
  }
}

/** Sends bytes and waits until the other side ends the connection. @returns what it answered */
const answerTo = async ({ mllp }: AttackTarget, bytes: Buffer): Promise<string | null> => {
  const socket = connect(mllp).on('error', () => undefined)
  let answer = ''
  socket.on('data', (chunk: Buffer) => {
    answer += chunk.toString('latin1')
  })
  socket.write(bytes)
  const closed = await once(socket, 'close', { signal: AbortSignal.timeout(closedWithinMs) }).then(
    () => true,
    () => false,
  )
  socket.destroy()
  return closed || answer !== '' ? answer : null
}

/** MSA-1 of an acknowledgement. */
const codeIn = (answer: string): string | null => /\rMSA\|(\w\w)/.exec(answer)?.[1] ?? null

const oversized = async (target: AttackTarget, tried: string, frame: (id: string) => string) => {
  const id = target.newId()
  const answer = await answerTo(target, Buffer.from(frame(id)))
  await target.settle()
  const inLedger = (await target.inLedger(id)) !== null
  const code = answer === null ? null : codeIn(answer)
  return {
    tried,
    held: answer !== null && code !== 'AA' && !inLedger,
    figure: `${answer === null ? 'NOT ANSWERED' : `${code === null ? '' : `answered ${code}, `}connection closed`}, ${inLedger ? 'IN THE LEDGER' : 'not in the ledger'}`,
  }
}

export const falseSenders: Attack = {
  name: 'false senders',
  attempt: async (target) => [
    await inOtherHl7(target),
    await inOtherFhir(target),
    await unknownSender(target),
    await mergedWithItself(target),
    await oversized(target, 'a frame whose header of 80 KB has no end', (id) =>
      `\x0b${header('ADT^A28', id)}|`.padEnd(80_000, 'x'),
    ),
    await oversized(target, 'a frame of 21 MB', (id) =>
      `\x0b${header('ADT^A28', id)}\rPID|1||`.padEnd(21_000_000, 'x'),
    ),
  ],
}
