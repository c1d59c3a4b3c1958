import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type {
  ArchiveObject,
  HeldEvent,
  LedgerMessage,
  Projection,
} from '@tideway/schemas/documents/ledger'
import { publicId } from '@tideway/schemas/public-id'
import { partitionsAtFirst } from '@tideway/schemas/topics'
import { nhsNumberOf } from '@tideway/record/demographics/nhs-number'
import { suffixOf, type Template } from './template.ts'

/** Messages of each patient; the patients of `n` messages are the first `n / perPatient`. */
export const perPatient = 20
const partitions = partitionsAtFirst.development
const objectMessages = 400
const reportsEach = 3
/** Milliseconds between two messages; a million of them cover most of a year. */
const apartMs = 25_000
/** Time of message 0, the newest; messages added later are older. */
const newest = Date.now()

/** Control id of one message in a hundred, as from a laboratory that does not number them. */
export const sharedControlId = 'SHARED'
/** One patient in two hundred has held events. */
const heldEvery = 200

export const organisations = ['RJZ', 'RJ1'] as const
export const sourceOf = (patient: number): string => organisations[patient % 2] as string
export const keyOf = (patient: number): string => `${sourceOf(patient)}|Q${patient}`

/** Two source patients of two organisations are one person. */
export const nhsNumberOfPatient = (patient: number): string => {
  const person = Math.floor(patient / 2)
  for (let lead = 400_000_000; ; lead += 50_000_000)
    for (let digit = 0; digit < 10; digit++) {
      const number = nhsNumberOf(`${lead + person}${digit}`)
      if (number !== null) return number
    }
}

/** A message id, spread evenly like a digest. */
export const messageIdAt = (index: number): string =>
  `${((index * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0')}${index.toString(16).padStart(24, '0')}`

export const placeAt = (index: number) => ({
  partition: index % partitions,
  offset: Math.floor(index / partitions),
})

const receivedAt = (index: number) => new Date(newest - index * apartMs)
export const receivedOf = (index: number): number => receivedAt(index).getTime() * 1000

/** One in a hundred is parked, one in a thousand was dropped, one in fifty was used in part. */
const stateAt = (index: number): Pick<LedgerMessage, 'parked' | 'problem'> => {
  const state = index % 1_000 === 13 ? 'DROPPED' : index % 100 === 7 ? 'PARKED' : null
  if (state === null)
    return {
      parked: null,
      problem: index % 50 === 3 ? { code: 'VISIT_NOT_IDENTIFIED', place: 'PV1' } : null,
    }
  const problem = { code: 'MISSING_FIELD', place: 'PV1-19' }
  return {
    problem,
    parked: {
      ...{ ...problem, state, stage: 'NORMALISE', since: receivedAt(index) },
      ...{ at: receivedOf(index), by: null, reason: null },
    },
  }
}

export const ledgerAt = (index: number): LedgerMessage => {
  const patient = Math.floor(index / perPatient)
  return {
    _id: messageIdAt(index),
    source: sourceOf(patient),
    controlId: index % 100 === 50 ? sharedControlId : `C${index}`,
    type: index % 3 === 0 ? 'ORU^R01' : 'ADT^A08',
    characterSet: 'utf-8',
    answered: 'AA',
    receivedAt: receivedAt(index),
    received: receivedOf(index),
    durableAt: receivedAt(index),
    ...placeAt(index),
    size: 900,
    events: 2,
    patientKeys: [keyOf(patient)],
    unused: ['PV1-3', 'PID-4'],
    ...stateAt(index),
    duplicates: [],
  }
}

export const projectionAt = (index: number): Projection => ({
  _id: `${messageIdAt(index)}|${keyOf(Math.floor(index / perPatient))}`,
  received: receivedOf(index),
  projectedAt: receivedAt(index),
})

/** Archive objects whose first message is one of those from number `from` to `to`. */
export const archiveObjects = (from: number, to: number): ArchiveObject[] => {
  const objects: ArchiveObject[] = []
  for (let index = from; index < to; index++) {
    const { partition, offset } = placeAt(index)
    if (offset % objectMessages !== 0) continue
    objects.push({
      _id: `raw-messages.v1/${partition}/${offset}.avro`,
      ...{ partition, first: offset, last: offset + objectMessages - 1 },
      ...{ skipped: [], messages: objectMessages, bytes: objectMessages * 400 },
      archivedAt: receivedAt(index),
      firstReceivedAt: receivedAt(index),
      lastReceivedAt: receivedAt(index + objectMessages * partitions),
    })
  }
  return objects
}

export const headOf = ({ head }: Template, patient: number): PatientHead => ({
  ...head,
  _id: keyOf(patient),
  id: publicId(keyOf(patient)),
  organisation: sourceOf(patient),
  nhsNumber: nhsNumberOfPatient(patient),
  birthDate: `19${String(40 + (Math.floor(patient / 2) % 60))}-02-14`,
})

/** Each entry of the template once, and its reports several times. */
export const entriesOf = ({ entries }: Template, patient: number): Entry[] => {
  const key = keyOf(patient)
  const copies = entries.flatMap((entry) =>
    entry.kind === 'report'
      ? Array.from({ length: reportsEach }, (_, copy) => ({ entry, suffix: `|${copy}` }))
      : [{ entry, suffix: '' }],
  )
  return copies.map(({ entry, suffix }, index) => {
    const _id = `${key}${suffixOf(entry)}${suffix}`
    const message = patient * perPatient + (index % perPatient)
    return {
      ...entry,
      ...{ _id, id: publicId(_id), patient: key, sortAt: receivedAt(message) },
      origins: entry.origins.map((origin) => ({ ...origin, message: messageIdAt(message) })),
    }
  })
}

export const heldOf = (patient: number): HeldEvent[] =>
  patient % heldEvery !== 0
    ? []
    : [1, 2, 3].map((step) => {
        const index = patient * perPatient + step
        const { partition, offset } = placeAt(index)
        return {
          _id: `${keyOf(patient)}|${String(offset).padStart(20, '0')}.${step}`,
          ...{ patient: keyOf(patient), partition, offset, record: Buffer.alloc(500) },
          ...{ message: messageIdAt(index), source: sourceOf(patient) },
          problem: step === 1 ? { code: 'INVALID_RECORD', place: 'MRG[1]' } : null,
          since: receivedAt(index),
        }
      })
