import type { PatientRecord } from '@tideway/record-api/json/record'
import { watermarkId } from '@tideway/schemas/documents/watermark'
import { type TopicName, topics } from '@tideway/schemas/topics'
import { openApi } from '../../operate/client/api.ts'
import { pollUntil } from '../../operate/client/poll.ts'
import { openLine } from '../../operate/open-line.ts'
import { readAddresses, requireAddresses } from '../../stack/addresses.ts'
import { addressOf, openConnection } from '../load/connection.ts'

const answerWithinMs = 60_000
const settledWithinMs = 120_000
const read = ['rawMessages', 'patientEvents', 'parkedMessages'] as const

/** The stack under attack, as its senders, its readers and its operator reach it. */
export const openTarget = async (env: NodeJS.ProcessEnv) => {
  const addresses = readAddresses(env)
  const { mllp, issuer, recordApi, fhirIngest } = requireAddresses(
    addresses,
    'mllp',
    'issuer',
    'recordApi',
    'fhirIngest',
  )
  const line = await openLine(env)
  const clinician = await openApi(addresses, { role: 'clinician', organisation: 'RJZ' }, env)
  const log = line.kafka.ends([...read, 'recordChanges'])
  const run = `X${Date.now().toString(36).toUpperCase()}`
  let ids = 0

  const endsOf = async (name: TopicName & (typeof read)[number]) => (await log.look()).ends[name]

  /** Whether everything up to these ends is in ledger and records. */
  const isStored = async (ends: ReadonlyMap<string, number>): Promise<boolean> => {
    const marks = await line.mongo.watermarks.find({ _id: { $in: [...ends.keys()] } }).toArray()
    const next = new Map(marks.map((mark) => [mark._id, mark.next]))
    return [...ends].every(([id, end]) => (next.get(id) ?? 0) >= end)
  }

  return {
    ...{ env, addresses, line, clinician, issuer, recordApi, fhirIngest },
    mllp: addressOf(mllp),
    /** Unlike any before: a control id, or a number of a patient. */
    newId: (): string => {
      ids += 1
      return `${run}N${ids}`
    },
    /** Sends one message over a connection of its own. @returns its answer */
    send: async (message: Buffer, controlId: string) => {
      const connection = await openConnection(addressOf(mllp))
      try {
        const [answer] = await connection.exchange(message, [controlId], answerWithinMs)
        return { code: answer?.code ?? '', error: answer?.error ?? null }
      } finally {
        await connection.close()
      }
    },
    /** The record of a patient by number; null if there is none. */
    recordOf: async (identifier: string, organisation = 'RJZ'): Promise<PatientRecord | null> => {
      const { patients } = await clinician.post<{ patients: { id: string }[] }>(
        '/api/patients/search',
        { organisation, identifier },
      )
      return patients[0] === undefined
        ? null
        : clinician.get<PatientRecord>(`/api/patients/${patients[0].id}/record`)
    },
    /** Where a topic ends, all partitions together. */
    endOf: async (name: (typeof read)[number] | 'recordChanges'): Promise<number> =>
      (await log.look()).ends[name].reduce((sum, end) => sum + end, 0),
    partitions: async (): Promise<number> => (await endsOf('patientEvents')).length,
    /** Waits until all that is on the log is in ledger and records. @throws Error if it is not */
    settle: async (): Promise<void> => {
      const { ends } = await log.look()
      const wanted = new Map(
        read.flatMap((name) =>
          ends[name].map((end, partition) => [watermarkId(topics[name].name, partition), end]),
        ),
      )
      const isDone = await pollUntil(
        () => isStored(wanted),
        (done) => done,
        settledWithinMs,
        100,
      )
      if (!isDone) throw new Error(`not all in ledger and records within ${settledWithinMs} ms`)
    },
    inLedger: (controlId: string) => line.mongo.messages.findOne({ controlId }),
    close: async (): Promise<void> => {
      log.close()
      await line.close()
    },
  }
}

export type AttackTarget = Awaited<ReturnType<typeof openTarget>>
