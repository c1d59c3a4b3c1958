import type { PatientRecord } from '@tideway/record-api/json/record'
import { setTimeout as pause } from 'node:timers/promises'
import { homeOf } from '../../stack/home.ts'
import { pidFiles } from '../../stack/processes/pid-files.ts'
import { pollUntil } from '../../operate/client/poll.ts'
import { killAndWait } from '../chaos/kill.ts'
import { type Attack, inSeconds, type Outcome } from './finding.ts'
import { admissionWithoutVisit, merge, mergeOfNothing, registration } from './messages.ts'
import type { AttackTarget } from './target.ts'

/** Nothing acknowledged longer ago may be missing from an answer that says `complete`. */
const boundMs = 5_000
const againWithinMs = 60_000

/** Freezes a process of the stack. @returns thaws it */
const freeze = ({ env }: AttackTarget, name: string): (() => void) => {
  const pid = pidFiles(homeOf(env).pids).running(name)
  if (pid === null) throw new Error(`${name} is not a process of this stack`)
  process.kill(pid, 'SIGSTOP')
  return () => {
    if (pidFiles(homeOf(env).pids).running(name) === pid) process.kill(pid, 'SIGCONT')
  }
}

const codesOf = (record: PatientRecord | null): string[] =>
  record?.completeness.reasons.map(({ code }) => code) ?? []

/** State and reasons, as in the output. */
const said = (record: PatientRecord | null): string =>
  record === null ? 'no record' : [record.completeness.state, ...codesOf(record)].join(' ')

const untilComplete = (target: AttackTarget, mrn: string): Promise<PatientRecord | null> =>
  pollUntil(
    () => target.recordOf(mrn),
    (record) => record?.complete === true,
    againWithinMs,
  )

type Patient = { mrn: string; name: () => Promise<string> }

/** A patient whose record is complete, and who is given one new name after another. */
const completePatient = async (target: AttackTarget): Promise<Patient> => {
  const mrn = target.newId()
  const name = async () => {
    const family = target.newId()
    await target.send(registration({ mrn, family }, family), family)
    return family
  }
  await name()
  const record = await untilComplete(target, mrn)
  if (record?.complete !== true) throw new Error(`a new record says ${said(record)}`)
  return { mrn, name }
}

const familyIn = (record: PatientRecord | null) => record?.patients[0]?.name?.family ?? null

const behind = async (target: AttackTarget): Promise<Outcome[]> => {
  const { mrn, name } = await completePatient(target)
  const thaw = freeze(target, 'projector')
  let family = ''
  let saidAfter = Number.NaN
  let claimed: PatientRecord | null = null
  try {
    family = await name()
    const acknowledged = performance.now()
    const record = await pollUntil(
      () => target.recordOf(mrn),
      (read) => codesOf(read).includes('projection-behind'),
      3 * boundMs,
      50,
    )
    saidAfter = codesOf(record).includes('projection-behind')
      ? performance.now() - acknowledged
      : Number.POSITIVE_INFINITY
    await pause(1_000)
    claimed = await target.recordOf(mrn)
  } finally {
    thaw()
  }
  const after = await untilComplete(target, mrn)
  return [
    {
      tried: 'the projector is frozen, and a message is acknowledged',
      held: saidAfter <= boundMs && claimed?.complete === false,
      figure: `the answer said projection-behind ${inSeconds(saidAfter)} after it (bound ${inSeconds(boundMs)}), then ${said(claimed)}`,
    },
    {
      tried: 'the projector goes on',
      held: after?.complete === true && familyIn(after) === family,
      figure: `${said(after)}, ${familyIn(after) === family ? 'with the message' : 'WITHOUT THE MESSAGE'}`,
    },
  ]
}

const killed = async (target: AttackTarget): Promise<Outcome> => {
  const { mrn, name } = await completePatient(target)
  const killing = killAndWait(homeOf(target.env).root, target.addresses.health, ['projector'])
  const family = await name()
  const acknowledged = performance.now()
  let wrong = 0
  let answers = 0
  const readOnce = async () => {
    const isDue = performance.now() - acknowledged > boundMs
    const record = await target.recordOf(mrn)
    answers += 1
    if (isDue && record?.complete === true && familyIn(record) !== family) wrong += 1
    return record
  }
  const after = await pollUntil(
    readOnce,
    (record) => record?.complete === true && familyIn(record) === family,
    againWithinMs,
    50,
  )
  const { recoveredMs } = await killing
  return {
    tried: 'the projector is killed (-9) as a message is acknowledged',
    held: wrong === 0 && recoveredMs !== null && after?.complete === true,
    figure: `${wrong} of ${answers} answers complete without it, ready again after ${recoveredMs === null ? 'NEVER' : inSeconds(recoveredMs)}, then ${said(after)}`,
  }
}

/** A message after which the record of its patient must not say `complete`. */
const incompleteBy = async (
  target: AttackTarget,
  tried: string,
  reason: string,
  message: (mrn: string, controlId: string) => Buffer,
): Promise<Outcome> => {
  const { mrn } = await completePatient(target)
  const id = target.newId()
  const { code } = await target.send(message(mrn, id), id)
  await target.settle()
  const record = await pollUntil(
    () => target.recordOf(mrn),
    (read) => codesOf(read).includes(reason),
    boundMs,
  )
  return {
    tried,
    held: record?.complete === false && codesOf(record).includes(reason),
    figure: `answered ${code}, the record says ${said(record)}`,
  }
}

const family = 'MISSING'

export const falseCompleteness: Attack = {
  name: 'completeness',
  attempt: async (target) => [
    ...(await behind(target)),
    await killed(target),
    await incompleteBy(target, 'a message is parked', 'parked', (mrn, id) =>
      mergeOfNothing({ mrn, family }, id),
    ),
    await incompleteBy(target, 'a message is used in part', 'used-in-part', (mrn, id) =>
      admissionWithoutVisit({ mrn, family }, id),
    ),
    await incompleteBy(target, 'another number is merged', 'merge-not-followed', (mrn, id) =>
      merge({ mrn, family }, `${mrn}M`, id),
    ),
  ],
}
