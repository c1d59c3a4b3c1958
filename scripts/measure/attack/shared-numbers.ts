import type { PatientRecord } from '@tideway/record-api/json/record'
import type { Attack, Outcome } from './finding.ts'
import { header } from './messages.ts'
import type { AttackTarget } from './target.ts'

type Person = { name: string; birthDate: string; sex: 'F' | 'M' }

const oldMan: Person = { name: 'OLDMAN^JOHN', birthDate: '19310512', sex: 'M' }
const newborn: Person = { name: 'SMITH^BABY', birthDate: '20260630', sex: 'F' }
const mary: Person = { name: 'GREEN^MARY', birthDate: '19620203', sex: 'F' }
const eve: Person = { name: 'BROWN^EVE', birthDate: '19811123', sex: 'F' }

const joined = (...segments: string[]): Buffer => Buffer.from(`${segments.join('\r')}\r`)
const pid = (number: string, { name, birthDate, sex }: Person): string =>
  `PID|1||${number}^^^RJZ^MR||${name}||${birthDate}|${sex}`

const registered = (number: string, person: Person, id: string): Buffer =>
  joined(header('ADT^A28', id), pid(number, person))

const reported = (number: string, person: Person, value: string, id: string): Buffer =>
  joined(
    header('ORU^R01', id),
    pid(number, person),
    `OBR|1||${id}|T^Test^LOCAL|||20260701093000+0000${'|'.repeat(18)}F`,
    `OBX|1|ST|T^Test^LOCAL||${value}||||||F`,
  )

const sayIt = (record: PatientRecord | null): string =>
  record === null
    ? 'no record'
    : `${record.reports.length} reports, ${[record.completeness.state, ...record.completeness.reasons.map(({ code }) => code)].join(' ')}`

/** Somebody is known under a number, then a result of another person comes under it. */
const ofAnother = async (
  target: AttackTarget,
  tried: string,
  known: Person,
  other: Person,
): Promise<Outcome> => {
  const [number, first, second] = [target.newId(), target.newId(), target.newId()] as const
  await target.send(registered(number, known, first), first)
  const { code } = await target.send(reported(number, other, 'OTHERS', second), second)
  await target.settle()
  const record = await target.recordOf(number)
  const isSaid = record?.completeness.reasons.some(({ code: one }) => one === 'identity-conflict')
  return {
    tried,
    held: record !== null && !JSON.stringify(record).includes('OTHERS') && isSaid === true,
    figure: `answered ${code}, the record has ${sayIt(record)}`,
  }
}

const underPlaceholder = async (target: AttackTarget, number: string): Promise<Outcome> => {
  const ids = [target.newId(), target.newId()] as const
  await target.send(reported(number, oldMan, 'OLD', ids[0]), ids[0])
  await target.send(reported(number, eve, 'YOUNG', ids[1]), ids[1])
  await target.settle()
  const messages = await Promise.all(ids.map(target.inLedger))
  const keys = messages.flatMap((message) => message?.patientKeys ?? [])
  const shared = await target.recordOf(number)
  return {
    tried: `two people are sent under the number ${number}`,
    held: new Set(keys).size === 2 && shared === null,
    figure: `${new Set(keys).size} patients, ${shared === null ? 'none' : 'ONE'} with that number`,
  }
}

export const sharedNumbers: Attack = {
  name: 'shared numbers',
  attempt: async (target) => [
    await ofAnother(target, "an old man's result under a newborn's number", newborn, oldMan),
    await ofAnother(target, "a woman's result under a mistyped number", mary, eve),
    await underPlaceholder(target, 'UNKNOWN'),
    await underPlaceholder(target, '0000000'),
  ],
}
