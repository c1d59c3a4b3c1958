import { deserialize, serialize } from 'node:v8'
import type { Projection, DecidedMessage } from '@tideway/schemas/documents/ledger'
import type { MessageParked, PatientEvent, RecordChanged } from '@tideway/schemas/events.generated'
import type { IdentityConflict } from '@tideway/schemas/documents/identity-conflict'
import { type ApplyPorts, applyBatch } from '../apply/apply.ts'
import { folds } from '../apply/apply-events.ts'
import type { Arrival } from '../apply/arrival.ts'
import type { Act } from '../history/acts.ts'
import type { Store } from '../store/store.ts'
import { memoryStore } from './memory-store.ts'

const encode = (event: PatientEvent): Buffer => serialize(event)
/** An event at a place of the log. */
export const arrivalAt = (event: PatientEvent, offset: number): Arrival => ({
  patient: event.patientKey,
  offset,
  event,
  record: encode(event),
  messageId: event.messageId,
  eventId: event.id,
  source: event.source,
  traceparent: null,
})
/** An operator's act as an event. */
export const act = (body: Act['body'], patientKey: string, at: number): PatientEvent => ({
  id: `${body.message}.act-${at}.0`,
  messageId: `${body.message}.act-${at}`,
  source: 'tideway',
  patientKey,
  receivedAt: at,
  sentAt: null,
  place: 'message',
  body,
  notShown: null,
})

export const withdrawn = (message: string, patient: string, at: number): PatientEvent =>
  act({ type: 'MessageWithdrawn', message, by: 'operator', reason: 'test' }, patient, at)
export const restored = (message: string, patient: string, at: number): PatientEvent =>
  act({ type: 'MessageRestored', message, by: 'operator', reason: 'test' }, patient, at)
const versionless = <T extends { version: number }>(document: T) => {
  const { version: _, ...rest } = document
  return rest
}
/** Writes documents one by one, each after a tick. */
const oneByOne =
  <T>(save: (documents: readonly T[]) => Promise<number>, tick: () => void) =>
  async (documents: readonly T[]): Promise<number> => {
    let lost = 0
    for (const document of documents) {
      tick()
      lost += await save([document])
    }
    return lost
  }

/**
 * One patient's documents and history in memory, with the projector's own code around them. Each
 * event is read from its bytes again, as from the log.
 *
 * @param tick  called before each write; throws as if the process were killed
 */
export const openPatient = (tick: () => void = () => undefined) => {
  const { store: documents, heads, entries } = memoryStore(async () => [])
  const projections = new Map<string, Projection>()
  const withdrawals = new Map<string, DecidedMessage>()
  const changes: RecordChanged[] = []
  const parked: MessageParked[] = []
  const conflicts = new Map<string, IdentityConflict>()
  const put = (told: readonly Projection[]) => {
    for (const one of told) {
      tick()
      projections.set(one._id, one)
    }
  }
  const isWithdrawn = (message: string) => withdrawals.get(message)?.state === 'WITHDRAWN'
  const store: Store = {
    ...documents,
    load: async (touched) => {
      const loaded = await documents.load(touched)
      const known = touched.projections.flatMap((id) => projections.get(id) ?? [])
      return {
        ...loaded,
        applied: new Map(
          known.flatMap(({ _id, received, pending }) => (pending ? [] : [[_id, received]])),
        ),
        told: new Map(known.map((one) => [one._id, one])),
        withdrawn: new Set(
          touched.projections.map((id) => id.slice(0, id.indexOf('|'))).filter(isWithdrawn),
        ),
      }
    },
    saveEntries: oneByOne(documents.saveEntries, tick),
    saveHeads: oneByOne(documents.saveHeads, tick),
    removeEntries: async (ids) => {
      for (const id of ids) {
        tick()
        await documents.removeEntries([id])
      }
    },
    saveProjections: async (applied) => put(applied.filter(({ _id }) => !projections.has(_id))),
    saveTold: async (told) => put(told),
    saveWithdrawals: async (decided) => {
      for (const one of decided)
        if ((withdrawals.get(one._id)?.at ?? -1) < one.at) withdrawals.set(one._id, one)
    },
    withdrawnAmong: async (ids) =>
      ids.map((id) => id.slice(0, id.indexOf('|'))).filter(isWithdrawn),
    everythingOf: async (patient) => ({
      head: heads.get(patient) ?? null,
      entries: [...entries.values()].filter((entry) => entry.patient === patient),
      told: [...projections.values()].filter((one) => one.patient === patient),
    }),
    hasWholeHistory: async () => true,
    unhold: async () => undefined,
    saveConflicts: async (some) => {
      for (const one of some) {
        tick()
        if (!conflicts.has(one._id)) conflicts.set(one._id, one)
      }
    },
  }
  const ports: ApplyPorts = {
    store,
    folds,
    decode: async (record) => deserialize(record) as PatientEvent,
    publish: async (announcements) => {
      tick()
      for (const { change } of announcements) if (change !== null) changes.push(change)
      parked.push(...announcements.flatMap((one) => one.parked))
    },
    now: () => 0,
    onLostRaces: () => {
      throw new Error('no other writer')
    },
  }
  let offset = 0
  return {
    changes,
    parked,
    conflicts,
    projections,
    /** Applies events in batches of this size; a batch that was killed is delivered again. */
    apply: async (events: readonly PatientEvent[], batch = 50, beginning = false) => {
      for (let from = 0; from < events.length; from += batch) {
        const some = events.slice(from, from + batch).map((event) => arrivalAt(event, offset++))
        await applyBatch(0, some, beginning, ports).catch((cause: unknown) => {
          if ((cause as Error).message !== 'killed') throw cause
          return applyBatch(0, some, true, ports)
        })
      }
    },
    /** Everything a reader sees. */
    seen: () => ({
      heads: [...heads.values()].filter(({ gone }) => gone !== true).map(versionless),
      entries: [...entries.values()]
        .map(({ dissolved: _, ...entry }) => versionless(entry))
        .toSorted((a, b) => (a._id < b._id ? -1 : 1)),
    }),
  }
}
