import { patientKeyOf, publicId } from '@tideway/schemas/public-id'
import { tokenFor } from '../../operate/client/api.ts'
import type { Attack, Outcome } from './finding.ts'
import { monitored, registration } from './messages.ts'
import type { AttackTarget } from './target.ts'

/** Every id that differs from this one in one character. */
export const changedIds = (id: string): string[] =>
  [...id].map(
    (character, at) => `${id.slice(0, at)}${character === 'A' ? 'B' : 'A'}${id.slice(at + 1)}`,
  )

/** An answer without what differs by its nature: the address asked for, and the time. */
export const likeness = (status: number, body: string, asked: readonly string[]): string =>
  asked.reduce((text, part) => text.replaceAll(part, ''), `${status} ${body}`)

/** A report under 12 and a patient `12|report|Q`, whose keys were alike without escaping. */
const separators = async (target: AttackTarget): Promise<Outcome> => {
  const [mrn, filler] = [`${target.newId()}12`, 'Q']
  const ids = [target.newId(), target.newId(), target.newId()] as const
  const twelve = { mrn, family: 'TWELVE' }
  const hostile = { mrn: `${mrn}\\F\\report\\F\\${filler}`, family: 'HOSTILE' }
  await target.send(monitored(twelve, filler, { first: 0, count: 1 }, ids[0]), ids[0])
  await target.send(registration(hostile, ids[1]), ids[1])
  await target.send(monitored(hostile, filler, { first: 1, count: 1 }, ids[2]), ids[2])
  await target.settle()
  const [own, other] = [
    await target.recordOf(mrn),
    await target.recordOf(`${mrn}|report|${filler}`),
  ]
  const codes = (record: typeof own) =>
    record?.reports
      .flatMap(({ observations }) => observations.map(({ code }) => code?.code))
      .join(' ') ?? 'no record'
  const family = (record: typeof own) => record?.patients[0]?.name?.family ?? null
  return {
    tried: `MRN ${mrn}\\F\\report\\F\\${filler} beside report ${filler} of patient ${mrn}`,
    held:
      codes(own) === 'HR0' &&
      codes(other) === 'HR1' &&
      own?.patients.length === 1 &&
      family(own) === 'TWELVE' &&
      family(other) === 'HOSTILE' &&
      own.id !== other?.id,
    figure: `${mrn} has ${codes(own)} of ${family(own)}, the other has ${codes(other)} of ${family(other)}`,
  }
}

const asker = async (target: AttackTarget) => {
  const user = { role: 'clinician', organisation: 'RJZ' } as const
  const authorization = `Bearer ${await tokenFor(target.issuer, user, target.env)}`
  return async (path: string, id: string): Promise<{ status: number; like: string }> => {
    const response = await fetch(`${target.recordApi}${path}`, { headers: { authorization } })
    return {
      status: response.status,
      like: likeness(response.status, await response.text(), [path, id]),
    }
  }
}

/** Asks for every id. */
const askEach = async (
  target: AttackTarget,
  ids: readonly string[],
  path: (id: string) => string,
) => {
  const ask = await asker(target)
  const answers = await Promise.all(ids.map((id) => ask(path(id), id)))
  const kinds = new Set(answers.map(({ like }) => like))
  return {
    held: answers.every(({ status }) => status === 404) && kinds.size === 1,
    figure: `${ids.length} answers, statuses ${[...new Set(answers.map(({ status }) => status))].join(' ')}, ${kinds.size === 1 ? 'all alike' : `${kinds.size} DIFFERENT ANSWERS`}`,
  }
}

const guesses = async (target: AttackTarget): Promise<Outcome[]> => {
  const [mrn, controlId] = [target.newId(), target.newId()]
  const patient = { mrn, family: 'GUESSED' }
  await target.send(monitored(patient, 'G', { first: 0, count: 1 }, controlId), controlId)
  await target.settle()
  const record = await target.recordOf(mrn)
  const entry = record?.reports[0]?.id
  if (record === null || entry === undefined) throw new Error('the patient sent is not there')
  const stored = publicId(patientKeyOf('RJZ', mrn))
  const [storedEntry] = (
    await target.line.mongo.entries.find({ patient: patientKeyOf('RJZ', mrn) }).toArray()
  ).map(({ _id }) => publicId(_id))
  return [
    {
      tried:
        'the id of a patient guessed from organisation and number, and the true id with one character changed',
      ...(await askEach(
        target,
        [stored, ...changedIds(record.id)],
        (id) => `/api/patients/${id}/record`,
      )),
    },
    {
      tried: 'the same for an entry',
      ...(await askEach(
        target,
        [storedEntry ?? '', ...changedIds(entry)],
        (id) => `/api/patients/${record.id}/entries/${id}`,
      )),
    },
  ]
}

export const keysWithSeparators: Attack = {
  name: 'keys',
  attempt: async (target) => [await separators(target)],
}

export const guessedIds: Attack = { name: 'public ids', attempt: guesses }
