import { atOnce } from '@tideway/fhir/cooperative-scheduler'
import type { Outgoing } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { startTracing } from '@tideway/runtime/tracing'
import type {
  FhirResource,
  MessageParked,
  MessageReceived,
  PatientEvent,
} from '@tideway/schemas/events.generated'
import { unwrapEvent } from '@tideway/schemas/codec'
import type { FhirSource } from '@tideway/schemas/source'
import { createMeter } from '../meter.ts'
import { receive } from '../receive.ts'
import { bytesOf, decoder, encoder, publicIds, rules, trust } from '../sender.fixture.ts'
import { createReferences } from './references.ts'
import { openView } from './view.ts'

/** A log that processes share, with what was written to it. */
export const sharedLog = () => {
  const records: Outgoing[] = []
  const of = <T>(topic: Outgoing['topic']): T[] =>
    records.filter((record) => record.topic === topic).map((record) => decoder<T>(record))
  return {
    records,
    /** Fails to write so many times next. */
    failures: { after: Number.POSITIVE_INFINITY },
    events: (): PatientEvent[] =>
      of<Parameters<typeof unwrapEvent>[0]>('patientEvents').map(unwrapEvent),
    parked: () => of<MessageParked>('parkedMessages'),
    messages: () => of<MessageReceived>('rawMessages'),
    resources: () =>
      records
        .filter(({ topic }) => topic === 'fhirResources')
        .map((record) => ({ key: record.key, record: decoder<FhirResource>(record) })),
  }
}

type SharedLog = ReturnType<typeof sharedLog>

/** One process of the service on a log; `readOn` reads what others wrote. */
export const startProcess = (log: SharedLog, source: FhirSource = trust) => {
  const view = openView()
  const shared = {
    rules,
    encode: encoder,
    runInSlices: async <T>(steps: Parameters<typeof atOnce<T>>[0]) => atOnce(steps),
    commit: {
      submit: async (items: readonly Outgoing[]) => {
        if (log.failures.after <= 0) throw new Error('log is down')
        log.failures.after -= 1
        log.records.push(...items)
      },
      depth: () => ({ waiting: 0, waitingBytes: 0, inFlight: 0 }),
    },
    store: { putNew: async () => true, get: async () => null },
    tracing: startTracing('test', null),
    meter: createMeter(
      createMetrics(),
      () => ({ waiting: 0, waitingBytes: 0, inFlight: 0 }),
      () => 0,
    ),
    log: createLog('test', 'fatal'),
  }
  let read = 0
  const readOn = () => {
    const all = log.resources()
    references.noteRead(all.slice(read))
    read = all.length
  }
  const catchUp = { reads: true }
  const references = createReferences({
    ...shared,
    view,
    sources: () => [source],
    caughtUp: async () => {
      if (catchUp.reads) readOn()
      return catchUp.reads
    },
  })
  readOn()
  references.begin()
  const send = (method: 'POST' | 'PUT', resource: object, client = 'client-x99') => {
    const { resourceType: type, id } = resource as { resourceType: string; id?: string }
    return receive(
      bytesOf(resource),
      { id: client, source, scopes: 'system/*.cu' },
      {
        method,
        type: type === 'Bundle' ? null : type,
        id: method === 'PUT' ? (id ?? null) : null,
        onlyMessages: false,
        ifNoneExist: null,
        ifMatch: null,
        prefer: 'minimal',
        origin: 'https://record.example',
        connection: 'fhir/8085 192.0.2.7:50123 client',
        traceparent: null,
      },
      { ...shared, publicIds, base: '/fhir', clock: () => Date.now() * 1000, references },
    )
  }
  return {
    put: (resource: object, client?: string) => send('PUT', resource, client),
    post: (resource: object, client?: string) => send('POST', resource, client),
    readOn,
    /** Whether a request that misses something may read on first. */
    catchUp,
    references,
  }
}
