import { sandboxSource } from '@tideway/hl7-ingest/identify/sandbox-source'
import { loadMappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { normalise } from '@tideway/hl7-ingest/normalise/normalise'
import { statementKinds } from '@tideway/schemas/documents/statement'
import { expect, test } from 'vitest'
import { ApiError } from '../errors.ts'
import { sourceMessageOf } from '../provenance/source-message.ts'
import { record as archived } from '../provenance/sample.fixture.ts'
import { askedOf } from '../provenance/wanted.ts'
import { answerOf } from './schema/stored-answer.fixture.ts'
import { AnyEntry, entryOf } from './any-entry.ts'
import { recordIn, stored } from './withdrawn-record.fixture.ts'

const mappings = await loadMappings()
const source = sandboxSource('X99', { maxMessageBytes: 1_000_000, idleFrameMs: 1_000 })
const answer = answerOf<AnyEntry>(AnyEntry)

const bytesOf = (hour: number, type: string, segments: readonly string[]): Buffer =>
  Buffer.from(
    [
      `MSH|^~\\&|LIS|X99|TW|REG|202609010${hour}0000||${type}|S${hour}|P|2.5.1`,
      'PID|1||1^^^X99^MR||Testcase^Ada||19700101|F',
      ...segments,
      '',
    ].join('\r'),
  )

/** Events of the message of an hour. */
const eventsOf = (hour: number, type: string, ...segments: string[]) =>
  normalise(
    {
      source,
      bytes: bytesOf(hour, type, segments),
      receivedAt: Date.UTC(2026, 8, 1, hour) * 1000,
    },
    mappings,
    { production: false },
  ).events

const obr = 'OBR|1|P1|F1|UE^Urea and electrolytes|||20260901080000|||||||||||||||||CH|F'
const unread = 'OBX|1|NM|K^Potassium||4.0|mmol/L|||||F|||yesterday'
const whole = 'OBX|1|NM|K^Potassium||4.0|mmol/L|||||F|||20260901080000'

test('a report says how much of it is not shown, where it stands and where to read it', () => {
  const documents = stored(eventsOf(1, 'ORU^R01', obr, unread))
  const record = recordIn(documents)
  const [report] = record.reports
  const { patient, id } = report as NonNullable<typeof report>
  expect(report?.notShown).toEqual({
    count: 1,
    places: ['OBX[1]-14'],
    source: `/api/patients/${patient}/entries/${id}/source?field=notShown`,
  })
  expect(record.summary.notShown).toEqual({
    count: 1,
    lines: [
      { entry: id, organisation: 'X99', patient, count: 1, source: report?.notShown?.source },
    ],
    cut: false,
  })
})

test('a corrected message that is read whole clears it', () => {
  const record = recordIn(
    stored(eventsOf(1, 'ORU^R01', obr, unread), eventsOf(2, 'ORU^R01', obr, whole)),
  )
  expect(record.reports[0]).not.toHaveProperty('notShown')
  expect(record.summary.notShown).toEqual({ count: 0, lines: [], cut: false })
})

test('a later one that is not read whole sets it', () => {
  const record = recordIn(
    stored(eventsOf(1, 'ORU^R01', obr, whole), eventsOf(2, 'ORU^R01', obr, unread)),
  )
  expect(record.summary.notShown.count).toBe(1)
})

test('what is in no entry is said of the source patient', () => {
  const record = recordIn(
    stored(eventsOf(1, 'ADT^A08', 'PV1|1|I|PICU||||||||||||||||V1', 'XYZ|1|Adrenaline pen')),
  )
  const [patient] = record.patients
  expect(patient?.notShown).toEqual({
    count: 2,
    places: ['XYZ[1]-1', 'XYZ[1]-2'],
    source: `/api/patients/${patient?.id}/source`,
  })
  expect(record.summary.notShown).toMatchObject({
    count: 2,
    lines: [{ patient: patient?.id, count: 2 }],
  })
})

test('the source shows the segment, and marks what is not shown', () => {
  const documents = stored(eventsOf(1, 'ORU^R01', obr, unread))
  const [entry] = [...documents.entries.values()].filter(({ kind }) => kind === 'report')
  if (entry === undefined) throw new Error('no report')
  const shown = answer(entryOf(entry, { archive: new Map() }))
  const { byMessage } = askedOf(entry, shown, ['notShown'])
  const [[, wanted] = []] = [...byMessage]
  const { segments } = sourceMessageOf(
    archived('oru-r01'),
    bytesOf(1, 'ORU^R01', [obr, unread]),
    { object: 'o', position: 0 },
    wanted ?? [],
  )
  expect(
    segments.map(({ place, fields }) => [place, fields.map(({ field, text }) => [field, text])]),
  ).toEqual([['OBX[1]', [['notShown.places[0]', 'yesterday']]]])
})

test('where a value was withdrawn its message is not opened for the rest', () => {
  const documents = stored(
    eventsOf(1, 'ORU^R01', obr, unread, 'OBX|2|NM|NA^Sodium||140|mmol/L|||||W'),
  )
  const [entry] = [...documents.entries.values()].filter(({ kind }) => kind === 'report')
  if (entry === undefined) throw new Error('no report')
  const shown = answer(entryOf(entry, { archive: new Map() }))
  expect(() => askedOf(entry, shown, ['notShown'])).toThrow(ApiError)
  expect(shown.notShown?.count).toBe(1)
})

test('every kind of entry can say it', () => {
  const kinds = ['encounter', 'report', 'document', ...statementKinds]
  const schemas = (AnyEntry as unknown as { anyOf: { properties: Record<string, object> }[] }).anyOf
  expect(schemas.length).toBe(kinds.length)
  for (const { properties } of schemas) expect(properties).toHaveProperty('notShown')
})

test('of very many entries the newest are listed, and all are counted', () => {
  const messages = Array.from({ length: 15 }, (_, n) =>
    eventsOf(
      1,
      'ORU^R01',
      obr.replace('F1', `F${n}`).replace('20260901080000', `202608${10 + n}080000`),
      unread,
    ),
  )
  const { notShown } = recordIn(stored(...messages)).summary
  expect([notShown.count, notShown.lines.length, notShown.cut]).toEqual([15, 12, true])
})
