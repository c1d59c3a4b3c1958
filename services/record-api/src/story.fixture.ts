import { readObservationStatus } from '@tideway/record/status/observation-status'
import { entryIdIn, evolveEntry } from '@tideway/record/entries/entry'
import { evolveHead, newHead } from '@tideway/record/demographics/head'
import { withLines } from '@tideway/record/summary/head-lines'
import type { Entry } from '@tideway/schemas/documents/entry'
import type { ArchiveObject, LedgerMessage } from '@tideway/schemas/documents/ledger'
import { type PatientEvent, unsaid } from '@tideway/schemas/events.generated'
import { details, eventsOf, named, observation, result, visit, ward } from './events.fixture.ts'

export const nhsNumber = '9434765919'
export const birthDate = '2019-05-04'
export const kings = 'RJZ|K1'
export const evelina = 'RJ1|E1'
const event = eventsOf(Date.parse('2026-11-22T09:00:00Z'))
const identity = { nhsNumber, birthDate, sex: 'MALE', names: [named('EXAMPLE', 'Robin')] }
const attachment = {
  hash: 'ab',
  object: 'payloads/ab',
  pointer: null,
  contentType: 'application/pdf',
  size: 3,
  title: 'Chart',
}
const letter = { ...unsaid.DocumentReported(), at: '2026-11-22', attachment }

/**
 * The child at King's, then at the Evelina; somebody else's birth date under the same number at
 * Lewisham.
 */
export const story: PatientEvent[] = [
  event(
    'RJZ',
    kings,
    'PID[1]',
    details({
      ...identity,
      identifiers: [
        { ...unsaid.Identifier(), value: 'K1', authority: 'KCH', organisation: 'RJZ', type: 'MR' },
      ],
    }),
  ),
  event('RJZ', kings, 'PV1[1]', {
    type: 'PatientAdmitted',
    encounterId: 'V1',
    at: '2026-11-20T08:00:00+00:00',
    visit: visit({ patientClass: 'INPATIENT', location: ward('ED', '1') }),
  }),
  event('RJZ', kings, 'PV1[1]', {
    type: 'PatientTransferred',
    encounterId: 'V1',
    at: '2026-11-20T11:00:00+00:00',
    visit: visit({ patientClass: 'INPATIENT', location: ward('PICU', '4') }),
  }),
  event('8J998', kings, 'PID[1]', details({ ...identity, sex: 'FEMALE' })),
  event(
    'RJZ',
    kings,
    'OBR[1]',
    result({
      status: 'F',
      encounterId: 'V1',
      observations: [observation('K', '4.6', 'F'), observation('CREA', '88', 'F', 2)],
    }),
  ),
  event(
    'RJZ',
    kings,
    'OBR[1]',
    result({
      status: 'C',
      encounterId: 'V1',
      observations: [observation('K', '6.4', 'C'), observation('CREA', '88', 'W', 2)],
    }),
  ),
  event('RJZ', kings, 'OBX[1]', {
    ...letter,
    documentId: 'D1',
    title: 'Anaesthetic chart',
    ...readObservationStatus('F', 'HL70085'),
  }),
  event('RJZ', kings, 'OBX[1]', {
    ...letter,
    documentId: 'D2',
    title: 'Not his',
    ...readObservationStatus('W', 'HL70085'),
  }),
  event('RJ1', evelina, 'PID[1]', details(identity)),
  {
    ...event('RJ1', evelina, 'PV1[1]', {
      type: 'PatientAdmitted',
      encounterId: 'V9',
      at: '2026-11-22T12:00:00+00:00',
      visit: visit({ patientClass: 'INPATIENT', location: ward('SNOW', '2') }),
    }),
    notShown: { count: 2, places: ['PV2[1]-12', 'PV2[1]-41'] },
  },
  event('RJ2', 'RJ2|L1', 'PID[1]', details({ ...identity, birthDate: '2011-01-20' })),
]

export const fold = (events: readonly PatientEvent[]) => {
  const entries = new Map<string, Entry>()
  for (const each of events) {
    const entry = evolveEntry(entries.get(entryIdIn(each) ?? '') ?? null, each)
    if (entry !== null) entries.set(entry._id, entry)
  }
  const [{ patientKey }] = events as readonly [PatientEvent]
  return {
    entries: [...entries.values()],
    head: withLines(events.reduce(evolveHead, newHead(patientKey)), [...entries.values()]).head,
  }
}

export const ledger = (
  { messageId, source, patientKey }: PatientEvent,
  offset: number,
): LedgerMessage => ({
  _id: messageId,
  source,
  controlId: messageId,
  type: 'ADT^A01',
  characterSet: 'utf-8',
  answered: 'AA',
  receivedAt: new Date(),
  received: offset,
  durableAt: new Date(),
  partition: 1,
  offset: offset + 100,
  size: 10,
  events: 1,
  patientKeys: [patientKey],
  unused: [],
  problem: null,
  parked: null,
  duplicates: [],
})

export const archived: ArchiveObject = {
  _id: 'raw-messages.v1/2026/11/22/1-00000000000000000100.avro',
  partition: 1,
  first: 100,
  last: 108,
  skipped: [101],
  messages: 8,
  bytes: 80,
  archivedAt: new Date(),
  firstReceivedAt: new Date(),
  lastReceivedAt: new Date(),
}
