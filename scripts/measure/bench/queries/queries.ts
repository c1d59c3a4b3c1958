import { randomBytes } from 'node:crypto'
import { feedStore } from '@tideway/archiver/ledger/feed-store'
import { ledgerStore } from '@tideway/archiver/ledger/ledger-store'
import { parkedStore } from '@tideway/archiver/ledger/parked-store'
import type { Mongo } from '@tideway/mongo/client'
import { rulesVersion } from '@tideway/projector/rules-version'
import { projectorStore } from '@tideway/projector/store/store'
import type { Subject } from '@tideway/record-api/chart/access'
import { chartsOf } from '@tideway/record-api/chart/open-chart'
import { nothingSeen } from '@tideway/record-api/completeness/line-view'
import { recordStore } from '@tideway/record-api/chart/store'
import { ledgerStore as messageStore } from '@tideway/record-api/ledger/ledger-store'
import { openLedger } from '@tideway/record-api/ledger/open-ledger'
import { readEntries } from '@tideway/record-api/read/entries'
import { readMessage, readMessages } from '@tideway/record-api/read/messages'
import { readRecord } from '@tideway/record-api/read/record'
import type { MessageParked } from '@tideway/schemas/events.generated'
import { idSeal } from '@tideway/schemas/id-seal'
import { publicId } from '@tideway/schemas/public-id'
import { findMessages as findById, placeOf } from '../../../operate/message-in-archive.ts'
import * as made from './documents.ts'
import { ledgerRead, recordRead } from './read-names.ts'
import type { Template } from './template.ts'

/** @param index  a message in the store, a different one each time */
export type Query = { service: string; name: string; run: (index: number) => Promise<unknown> }

const subjectOf = (role: Subject['role']): Subject => ({
  who: 'bench',
  name: null,
  role,
  organisation: 'RJZ',
  level: null,
})

const patientOf = (index: number): number => Math.floor(index / made.perPatient)

/** As public ids are made and read in answers, by a key of this run. */
const ids = idSeal([randomBytes(32)])

const readers = (mongo: Mongo, template: Template): Query[] => {
  const store = recordStore(mongo)
  const charts = chartsOf({
    store,
    archive: { get: async () => null },
    ids,
    line: () => nothingSeen,
    habitsOf: () => ({ gaps: null, planned: [] }),
  })
  const ledger = openLedger(messageStore(mongo), subjectOf('operator'))
  const clinician = subjectOf('clinician')
  const chartAt = (index: number) => charts.openChart(clinician, idAt(index), 'TREAT')
  const storedIdAt = (index: number) => publicId(made.keyOf(patientOf(index)))
  const idAt = (index: number) => ids.seal(storedIdAt(index))
  const headAt = (index: number) => made.headOf(template, patientOf(index))
  const entryAt = (index: number) => made.entriesOf(template, patientOf(index))[0] as { id: string }
  const keysAt = (index: number) => {
    const first = patientOf(index) - (patientOf(index) % 2)
    return [made.keyOf(first), made.keyOf(first + 1)]
  }
  const look = (controlId: string, source: string | null) =>
    readMessages(ledger, { controlId, source, from: null, to: null, type: null, state: null }, null)
  const rows: [string, Query['run']][] = [
    [recordRead, async (index) => readRecord(await chartAt(index), new Map(), new Date())],
    [
      'a page of one section',
      async (index) => readEntries(await chartAt(index), 'report', null, 20, new Date()),
    ],
    ['one entry', (index) => store.entry([entryAt(index).id])],
    [
      'search by NHS number and birth date',
      (index) => charts.findPatients(clinician, byNumber(index), 'TREAT'),
    ],
    [
      'search by identifier',
      (index) => charts.findPatients(clinician, byIdentifier(index), 'TREAT'),
    ],
    ['head by public id', (index) => store.head([storedIdAt(index)])],
    [
      'heads that carry an NHS number',
      (index) => store.carriers(headAt(index).nhsNumber ?? '', 200),
    ],
    ['statements of a patient', (index) => store.statements([headAt(index)])],
    ['entries with content not shown', (index) => store.notShown([headAt(index)._id])],
    ['parked, dropped and used in part', (index) => store.countMissing(keysAt(index))],
    ['held events', (index) => store.countHeld(keysAt(index))],
    ['freshness of the sources', () => store.feeds(made.organisations)],
    [
      'generations of numbers used again',
      (index) => store.families(made.entriesOf(template, patientOf(index)).map(({ _id }) => _id)),
    ],
    ['places in the archive (20 messages)', (index) => store.archiveOf(messagesNear(index))],
    [ledgerRead, (index) => look(`C${index - (index % 100)}`, null)],
    ['ledger by control id and source', (index) => look(`C${index - (index % 100)}`, 'RJZ')],
    ['ledger by a control id many messages carry', () => look(made.sharedControlId, null)],
    ['the same, of one source', () => look(made.sharedControlId, 'RJZ')],
    ['ledger by message id', (index) => readMessage(ledger, made.messageIdAt(index))],
  ]
  const byNumber = (index: number) =>
    ({
      by: 'nhsNumber',
      nhsNumber: headAt(index).nhsNumber ?? '',
      birthDate: headAt(index).birthDate ?? '',
    }) as const
  const byIdentifier = (index: number) => {
    const [organisation = '', identifier = ''] = made.keyOf(patientOf(index)).split('|')
    return { by: 'identifier', organisation, identifier } as const
  }
  return rows.map(([name, run]) => ({ service: 'record-api', name, run }))
}

const messagesNear = (index: number): string[] => {
  const first = index - (index % made.perPatient)
  return Array.from({ length: made.perPatient }, (_, step) => made.messageIdAt(first + step))
}

const projector = (mongo: Mongo, template: Template): Query[] => {
  const store = projectorStore(mongo, rulesVersion())
  const entriesAt = (index: number) => made.entriesOf(template, patientOf(index))
  const documentId = template.entries.flatMap(({ data }) =>
    data.kind === 'document' ? [data.documentId] : [],
  )[0]
  const batch = (index: number) => {
    const patients = Array.from({ length: 10 }, (_, step) => Math.max(0, patientOf(index) - step))
    return [...new Set(patients)]
  }
  const load = (index: number) =>
    store.load({
      patients: batch(index).map(made.keyOf),
      entries: batch(index).flatMap((patient) =>
        made.entriesOf(template, patient).map(({ _id }) => _id),
      ),
      alone: batch(index).map((patient) => `${made.keyOf(patient)}|observation|none`),
      sharing: [],
      projections: messagesNear(index).map((id) => `${id}|${made.keyOf(patientOf(index))}`),
    })
  const saveAgain = async (index: number) => {
    const [entry] = (
      await store.load({
        patients: [],
        entries: entriesAt(index)
          .slice(0, 1)
          .map(({ _id }) => _id),
        alone: [],
        sharing: [],
        projections: [],
      })
    ).entries.values()
    return entry === undefined ? 0 : store.saveEntries([{ ...entry, version: entry.version + 1 }])
  }
  const rows: [string, Query['run']][] = [
    ['load what a batch touches (10 patients)', load],
    ['load and save one entry', saveAgain],
    ['note messages as applied', (index) => store.saveProjections([made.projectionAt(index)])],
    ['newest encounters', (index) => store.newest(made.keyOf(patientOf(index)), 'encounter')],
    ['newest reports', (index) => store.newest(made.keyOf(patientOf(index)), 'report')],
    ['newest allergies', (index) => store.newest(made.keyOf(patientOf(index)), 'allergy')],
    [
      'documents that follow one',
      (index) =>
        store.inheritors([{ patient: made.keyOf(patientOf(index)), documentId: documentId ?? '' }]),
    ],
    ['allergies of ten patients', (index) => store.allergies(batch(index).map(made.keyOf))],
    ['held events of a patient', (index) => store.held([made.keyOf(patientOf(index))])],
    ['release held events', () => store.unhold(['none'])],
    ['remove entries that are parts of others', () => store.removeEntries(['none'])],
  ]
  return rows.map(([name, run]) => ({ service: 'projector', name, run }))
}

const parkedAgain = (index: number): MessageParked => ({
  ...{ messageId: made.messageIdAt(index), eventId: null, source: 'RJZ', patientKey: null },
  ...{ stage: 'PROJECT', state: 'RELEASED', at: Date.now() * 1000, by: null, reason: null },
  problem: { code: 'INVALID_RECORD', place: 'MRG[1]' },
  patientKeys: [],
})

const archiver = (mongo: Mongo): Query[] => {
  const ledger = ledgerStore(mongo)
  const parked = parkedStore(mongo)
  const feeds = feedStore(mongo)
  const rows: [string, Query['run']][] = [
    ['record messages that are there (100)', (index) => ledger.record(again(index))],
    [
      'the object that covers an offset',
      (index) => {
        const { partition, offset } = made.placeAt(index)
        return ledger.coveredUntil(partition, offset)
      },
    ],
    [
      'state of a parked message',
      (index) => parked.record([parkedAgain(index - (index % 1_000) + 999)]),
    ],
    ['settle what was parked early', () => parked.settle()],
    [
      'when a source was heard',
      () => {
        feeds.note('RJZ', new Date(), 'ADT^A08')
        return feeds.save()
      },
    ],
  ]
  const again = (index: number) =>
    Array.from({ length: 100 }, (_, step) => made.ledgerAt(Math.max(0, index - step)))
  return rows.map(([name, run]) => ({ service: 'archiver', name, run }))
}

const operators = (mongo: Mongo): Query[] => {
  const waiting = { 'parked.state': 'PARKED', source: 'RJZ' } as const
  const rows: [string, Query['run']][] = [
    [
      'message by the start of its id',
      (index) => findById({ mongo }, made.messageIdAt(index).slice(0, 12)),
    ],
    ['place in the archive', (index) => placeOf({ mongo }, made.ledgerAt(index))],
    [
      'parked messages of a source (200)',
      () => mongo.messages.find(waiting).sort({ received: 1 }).limit(200).toArray(),
    ],
    [
      'held events of a message',
      (index) => mongo.held.find({ message: made.messageIdAt(index) }).toArray(),
    ],
  ]
  return rows.map(([name, run]) => ({ service: 'operators', name, run }))
}

/** Every query of the services and the operators' commands, made by their own functions. */
export const queriesOf = (mongo: Mongo, template: Template): Query[] => [
  ...readers(mongo, template),
  ...projector(mongo, template),
  ...archiver(mongo),
  ...operators(mongo),
]
