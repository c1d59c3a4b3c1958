import { randomBytes, randomUUID } from 'node:crypto'
import { connectKafka, type Outgoing } from '@tideway/kafka/client'
import { connectRegistry } from '@tideway/kafka/registry'
import { connectMongo, type Mongo } from '@tideway/mongo/client'
import { ensureIndexes } from '@tideway/mongo/indexes'
import { watermarkStore } from '@tideway/mongo/watermark-store'
import { evolveHead, newHead } from '@tideway/record/demographics/head'
import { evolveEntry } from '@tideway/record/entries/entry'
import { details, event } from '@tideway/record/entries/histories.fixture'
import { ownerOf } from '@tideway/record/entries/statement-version'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { startTracing } from '@tideway/runtime/tracing'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { StoredPerson } from '@tideway/schemas/documents/identity'
import { compactEntry, compactHead } from '@tideway/schemas/documents/storage-format'
import {
  type EventBody,
  type PatientDetailsReported,
  type PatientEvent,
  type PersonChanged,
  unsaid,
} from '@tideway/schemas/events.generated'
import { idSeal } from '@tideway/schemas/id-seal'
import { type OpenPorts, openIdentity } from './consume/open-identity.ts'
import { personPublisher } from './consume/publish.ts'
import { identityMetrics } from './metrics.ts'

const address = (name: string): string => {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set`)
  return value
}

export const until = async <T>(
  read: () => Promise<T> | T,
  holds: (value: T) => boolean,
): Promise<T> => {
  for (;;) {
    const value = await read()
    if (holds(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Demographics of one woman, as a hospital sends them. */
export const demographics = (said: Partial<PatientDetailsReported> = {}): PatientDetailsReported =>
  details({
    nhsNumber: '9449305552',
    nhsNumberStatus: '01',
    names: [{ ...unsaid.PersonName(), family: 'Okafor', given: ['Grace'] }],
    birthDate: '1961-03-04',
    sex: 'FEMALE',
    ...said,
  })

/**
 * Real Kafka, registry and MongoDB; a database for each test file, and its own consumer group. What
 * the projector does is done here by hand: heads folded, saved and announced.
 */
export const connectIdentity = async (run: string, of: Mongo | null = null) => {
  const log = createLog('identity-test', 'error')
  const mongo =
    of ?? (await connectMongo(address('MONGODB_URL'), `identity-${randomUUID().slice(0, 8)}`))
  await ensureIndexes(mongo)
  const kafka = connectKafka(address('KAFKA_BROKERS').split(','), 'identity-test', log)
  await kafka.ensureTopics(1)
  const registry = connectRegistry(address('SCHEMA_REGISTRY_URL'))
  await registry.register(['patientEvents', 'recordChanges', 'personEvents'])
  const publisher = await kafka.publisher()
  const heads = new Map<string, PatientHead>()
  const published: PersonChanged[] = []
  const ids = idSeal([randomBytes(32)])
  let said = 0

  const keyOf = (patient: string) => {
    const [organisation, identifier] = patient.split('|')
    return `${organisation}|${run}-${identifier}`
  }

  const recordOf = (patientEvent: PatientEvent): Outgoing => ({
    topic: 'patientEvents',
    key: patientEvent.patientKey,
    value: registry.encode('patientEvents', patientEvent),
    headers: { ce_id: patientEvent.id },
  })

  const changeOf = ({ _id, id, version }: PatientHead, messages: string[]): Outgoing => ({
    topic: 'recordChanges',
    key: _id,
    value: registry.encode('recordChanges', {
      ...{ patientKey: _id, patientId: id, version, messages },
      readableAt: Date.now() * 1000,
      changes: [],
    }),
    headers: {},
  })

  return {
    mongo,
    kafka,
    registry,
    published,
    keyOf,

    /** A message about a patient, `RJZ|1`: folded, saved, announced; an entry is said once. */
    async say(patient: string, body: EventBody): Promise<void> {
      said += 1
      const key = keyOf(patient)
      const stated = event(body, said, {
        ...{ patientKey: key, source: ownerOf(key) },
        ...{ id: `${run}-m${said}.0`, messageId: `${run}-m${said}` },
      })
      const before = heads.get(key) ?? { ...newHead(key), version: 0 }
      const folded = evolveHead(before, stated)
      const { nhsNumber = before.nhsNumber, birthDate = before.birthDate } =
        body.type === 'PatientDetailsReported' ? body : {}
      const head = { ...folded, nhsNumber, birthDate, version: before.version + 1 }
      heads.set(key, head)
      const entry = evolveEntry(null, stated)
      if (entry !== null)
        await mongo.entries.replaceOne({ _id: entry._id }, compactEntry(entry), { upsert: true })
      await mongo.patients.replaceOne({ _id: key }, compactHead(head), { upsert: true })
      await publisher.publish([recordOf(stated), changeOf(head, [stated.messageId])])
    },

    /** A decision of a steward, under the key of each patient. */
    async decide(decision: string, patients: readonly string[]): Promise<string> {
      said += 1
      const decisionId = `${run}-d${said}`
      const patientKeys = patients.map(keyOf)
      await publisher.publish(
        patientKeys.map((patientKey, nth) =>
          recordOf(
            event(
              {
                ...unsaid.IdentityDecided(),
                ...{ decisionId, decision, patientKeys, by: 'steward', reason: 'checked' },
              },
              said,
              { patientKey, source: 'tideway', id: `${decisionId}.${nth}`, messageId: decisionId },
            ),
          ),
        ),
      )
      return decisionId
    },

    /** The person of a patient; null if there is none, or more than one. */
    async personOf(patient: string): Promise<StoredPerson | null> {
      const found = await mongo.persons.find({ 'members.patient': keyOf(patient) }).toArray()
      return found.length === 1 ? (found[0] as StoredPerson) : null
    },

    async membersOf(patient: string): Promise<string[]> {
      const found = await mongo.persons.find({ 'members.patient': keyOf(patient) }).toArray()
      return found.flatMap(({ members }) =>
        members.map((member) => member.patient.replace(`${run}-`, '')),
      )
    },

    open: (more: Partial<OpenPorts> = {}) =>
      openIdentity({
        ...{ mongo, kafka, registry, log },
        publish: personPublisher(publisher, registry, ids),
        watermarks: watermarkStore(mongo, 'test'),
        group: `identity-${run}`,
        gatherMs: 20,
        metrics: identityMetrics(createMetrics()),
        tracing: startTracing('identity', null),
        onCrash: (cause) => {
          throw cause
        },
        ...more,
      }),

    follow: () =>
      kafka.consumer({
        topics: ['personEvents'],
        groupId: `person-events-${run}`,
        gatherMs: 20,
        registry,
        onBatch: async (_, { records }) => {
          for (const { value } of records)
            if (value?.members.some(({ patientKey }) => patientKey.includes(run)) === true)
              published.push(value)
        },
        onCrash: () => undefined,
      }),

    async close(): Promise<void> {
      await publisher.close()
      if (of !== null) return
      await mongo.drop()
      await mongo.close()
    },
  }
}
