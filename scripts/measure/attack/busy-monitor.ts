import type { ReportAnswer } from '@tideway/record-api/json/report'
import { partitionOf } from '@tideway/kafka/murmur2'
import { patientKeyOf } from '@tideway/schemas/public-id'
import { pollUntil } from '../../operate/client/poll.ts'
import { type Attack, inSeconds, type Outcome } from './finding.ts'
import { type Invented, monitored, registration } from './messages.ts'
import type { AttackTarget } from './target.ts'

const messages = 50
const valuesEach = 100
const filler = 'MONITOR'
/** Age at which a message must be in an answer that says `complete`, milliseconds. */
const boundMs = 5_000

/** A patient whose messages go the way of another's: the same partition. */
const besides = async (target: AttackTarget, mrn: string): Promise<string> => {
  const partitions = await target.partitions()
  const wanted = partitionOf(patientKeyOf('RJZ', mrn), partitions)
  for (;;) {
    const other = target.newId()
    if (partitionOf(patientKeyOf('RJZ', other), partitions) === wanted) return other
  }
}

const append = async (target: AttackTarget, patient: Invented): Promise<void> => {
  for (let index = 0; index < messages; index += 1) {
    const id = target.newId()
    const values = { first: index * valuesEach, count: valuesEach }
    await target.send(monitored(patient, filler, values, id), id)
  }
}

/** Sends names of another patient one after another. @returns how long each took to be readable */
const updates = async (
  target: AttackTarget,
  mrn: string,
  isOver: () => boolean,
): Promise<number[]> => {
  const took: number[] = []
  do {
    const id = target.newId()
    await target.send(registration({ mrn, family: id }, id), id)
    const began = performance.now()
    await pollUntil(
      () => target.recordOf(mrn),
      (record) => record?.patients[0]?.name?.family === id,
      10 * boundMs,
      50,
    )
    took.push(performance.now() - began)
  } while (!isOver())
  return took
}

const delay = async (target: AttackTarget, monitor: Invented): Promise<Outcome> => {
  const other = await besides(target, monitor.mrn)
  let over = false
  const appended = append(target, monitor)
    .then(target.settle)
    .finally(() => {
      over = true
    })
  const [took] = await Promise.all([updates(target, other, () => over), appended])
  const longest = Math.max(...took)
  return {
    tried: `a monitor appends ${messages * valuesEach} values to one filler number while a patient of the same partition is updated ${took.length} times`,
    held: longest < boundMs,
    figure: `the slowest update was readable after ${inSeconds(longest)} (bound ${inSeconds(boundMs)})`,
  }
}

/** All observations of a report, read part by part. */
const readParts = async (
  { clinician }: AttackTarget,
  patient: string,
  { observations, parts = [] }: ReportAnswer,
): Promise<{ codes: Set<string | undefined>; largest: number }> => {
  const codes = new Set(observations.map(({ code }) => code?.code))
  let largest = 0
  for (const { id } of parts) {
    const part = await clinician.get<ReportAnswer>(`/api/patients/${patient}/entries/${id}`)
    largest = Math.max(largest, JSON.stringify(part).length)
    for (const { code } of part.observations) codes.add(code?.code)
  }
  return { codes, largest }
}

const readable = async (target: AttackTarget, { mrn }: Invented): Promise<Outcome> => {
  await target.settle()
  const record = await target.recordOf(mrn)
  const report = record?.reports[0]
  if (record === null || report === undefined) throw new Error('the report sent is not there')
  const { codes, largest } = await readParts(target, record.id, report)
  const bytes = JSON.stringify(record).length
  return {
    tried: 'that report is read by page',
    held: codes.size === messages * valuesEach && bytes < 1_000_000,
    figure: `${codes.size} of ${messages * valuesEach} values in ${report.parts?.length ?? 0} parts of at most ${Math.round(largest / 1_000)} KB, the record has ${Math.round(bytes / 1_000)} KB`,
  }
}

export const busyMonitor: Attack = {
  name: 'busy monitor',
  attempt: async (target) => {
    const monitor = { mrn: target.newId(), family: 'MONITORED' }
    return [await delay(target, monitor), await readable(target, monitor)]
  },
}
