import { pipesToXml } from '@tideway/hl7v2/xml/pipes-to-xml.fixture'
import type { Entry } from '@tideway/schemas/documents/entry'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { ApiError } from '../errors.ts'
import { answerOf } from '../json/schema/stored-answer.fixture.ts'
import { EntrySource } from '../json/source.ts'
import { fieldPath } from './fields.ts'
import { bytesOf, entryFrom, eventsOf, record, shownEntry } from './sample.fixture.ts'
import { sourceMessageOf } from './source-message.ts'
import { sourcePage } from './source-page.ts'
import { askedOf } from './wanted.ts'
import { readObservationStatus } from '@tideway/record/status/observation-status'

const answer = answerOf<EntrySource>(EntrySource)

const sourceOf = (entry: Entry, name: string, field: string | null) => {
  const { byMessage, withdrawn } = askedOf(
    entry,
    shownEntry(entry),
    field === null ? null : fieldPath(field),
  )
  const messages = [
    sourceMessageOf(
      record(name),
      bytesOf(name),
      { object: 'o', position: 0 },
      byMessage.get(name) ?? [],
    ),
  ]
  return answer({ entry: entry.id, patient: 'p', field, messages, withdrawn, left: 0 })
}

const refusalOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    return error instanceof ApiError ? error.code : error
  }
  return null
}

const report = entryFrom(eventsOf('oru-r01'), 'report')

test('one value: its segment, and its position in text and bytes', () => {
  const { messages } = sourceOf(report, 'oru-r01', 'observations[0].value')
  const [segment] = messages[0]?.segments ?? []
  const [field] = segment?.fields ?? []
  expect(messages[0]?.segments.map(({ place }) => place)).toEqual(['OBX[1]'])
  expect(field).toMatchObject({
    field: 'observations[0].value',
    place: 'OBX[1]-5',
    text: '6.8',
  })
  expect(field).not.toHaveProperty('derived')
  expect(segment?.text.slice(field?.start, field?.end)).toBe('6.8')
  // The name in PID is of two bytes a letter, so bytes and characters differ before here.
  expect(bytesOf('oru-r01').subarray(field?.firstByte, field?.endByte).toString()).toBe('6.8')
  expect(bytesOf('oru-r01').subarray(segment?.firstByte, segment?.endByte).toString()).toBe(
    segment?.text,
  )
})

test('a message in XML: the element, marked between its tags', () => {
  const bytes = pipesToXml(bytesOf('oru-r01')) ?? Buffer.alloc(0)
  const { byMessage } = askedOf(report, shownEntry(report), fieldPath('observations[0].value'))
  const [segment] = sourceMessageOf(
    record('oru-r01'),
    bytes,
    { object: 'o', position: 0 },
    byMessage.get('oru-r01') ?? [],
  ).segments
  const [field] = segment?.fields ?? []
  expect(segment?.text).toMatch(/^<OBX><OBX\.1>1<.*<\/OBX>$/)
  expect(field).toMatchObject({ place: 'OBX[1]-5', text: '6.8' })
  expect(
    bytes.subarray((field?.firstByte ?? 0) - '<OBX.5>'.length, field?.endByte).toString(),
  ).toBe('<OBX.5>6.8')
})

test('FHIR in XML and JSON: the element, the value marked in it, and their positions in the bytes', () => {
  const xml =
    '<Observation xmlns="http://hl7.org/fhir"><status value="final"/><note><text value="Ruiz &amp; Núñez"/></note><valueQuantity><value value="6.8"/></valueQuantity></Observation>'
  const json =
    '{"resourceType": "Observation", "note": [{"text": "Ruiz & N\\u00fa\u00f1ez"}], "status": "final", "valueQuantity": {"value": 6.8}}'
  const trace = (name: string, said: object) => ({
    shown: [name],
    message: 'm',
    place: 'Observation',
    record: 'Observation',
    said,
    path: [name],
    rest: [],
  })
  const wanted = [
    { field: ['value'], traces: [trace('value', { value: '6.8' })] },
    { field: ['status'], traces: [trace('status', { status: 'final' })] },
  ]
  const found = (text: string) => {
    const { segments } = sourceMessageOf(
      record('oru-r01'),
      Buffer.from(text),
      { object: 'o', position: 0 },
      wanted,
    )
    for (const { text: around, firstByte, endByte, fields } of segments) {
      expect(Buffer.from(text).subarray(firstByte, endByte).toString()).toBe(around)
      for (const { start, end, firstByte: first, endByte: last, text: piece } of fields)
        expect([
          around.slice(start, end),
          Buffer.from(text).subarray(first, last).toString(),
        ]).toEqual([piece, piece])
    }
    return segments.map(({ place, text: around, fields }) => [
      place,
      around,
      fields.map(({ place: at, text: piece }) => `${at} ${piece}`),
    ])
  }
  expect(found(xml)).toEqual([
    ['Observation.status', '<status value="final"/>', ['Observation.status final']],
    [
      'Observation.valueQuantity',
      '<valueQuantity><value value="6.8"/></valueQuantity>',
      ['Observation.valueQuantity.value 6.8'],
    ],
  ])
  expect(found(json)).toEqual([
    ['Observation.status', '"status": "final"', ['Observation.status final']],
    [
      'Observation.valueQuantity',
      '"valueQuantity": {"value": 6.8}',
      ['Observation.valueQuantity.value 6.8'],
    ],
  ])
})

test('every value shown: only the segments that hold one, none of another report', () => {
  const source = sourceOf(report, 'oru-r01', null)
  expect([...Value.Errors(EntrySource, source)]).toEqual([])
  expect(source.messages[0]?.segments.map(({ place }) => place)).toEqual([
    'NTE[1]',
    'PV1[1]',
    'ORC[1]',
    'OBR[1]',
    'NTE[2]',
    'NTE[4]',
    'OBX[1]',
    'NTE[5]',
    'OBX[2]',
    'OBX[3]',
    'SPM[1]',
  ])
})

test('every value of an encounter is located', () => {
  const encounter = entryFrom(eventsOf('adt-a01'), 'encounter')
  const fields =
    sourceOf(encounter, 'adt-a01', null).messages[0]?.segments.flatMap(({ fields: some }) =>
      some.map(({ field, text }) => [field, text]),
    ) ?? []
  expect(Object.fromEntries(fields)).toMatchObject({
    admittedAt: '20260701090500',
    'location.bed': '05',
    'reason.text': 'Acute kidney injury',
    'attending[1].family': 'CONSULTANT',
    patientClass: 'I',
    encounterId: 'V100200301',
  })
})

test('a document shows its place, with data abridged', () => {
  const letter = entryFrom(eventsOf('oru-r01'), 'document')
  expect(sourceOf(letter, 'oru-r01', 'title').messages[0]?.segments[0]?.fields[0]).toMatchObject({
    place: 'OBX[8]-3.2',
    text: 'Echo report',
  })
})

const withdrawnEvents = (code: string) => {
  const status = readObservationStatus(code, 'HL70085')
  return eventsOf('oru-r01', 'later', 60_000_000).map((event) => {
    const { body } = event
    if (body.type === 'DocumentReported') return { ...event, body: { ...body, ...status } }
    return body.type === 'ResultReported'
      ? {
          ...event,
          body: {
            ...body,
            observations: body.observations.map((one) => ({ ...one, ...status, analysedAt: null })),
          },
        }
      : event
  })
}

test.each(['W', 'D'])('a withdrawn value (%s) cannot be read through its source', (status) => {
  const later = [...eventsOf('oru-r01'), ...withdrawnEvents(status)]
  const taken = entryFrom(later, 'report')
  for (const field of [
    'observations[1]',
    'observations[1].value',
    'observations[1].code.code',
    'observations[1].earlier[0].value',
  ])
    expect(refusalOf(() => sourceOf(taken, 'oru-r01', field))).toBe('WITHDRAWN')
  const source = sourceOf(taken, 'oru-r01', null)
  expect(source.withdrawn).toContain('observations[1]')
  expect(JSON.stringify(source)).not.toMatch(/OBX\[[23]\]|C-reactive/)
  const document = entryFrom(later, 'document')
  for (const field of [null, 'at', 'documentId', 'title'])
    expect(refusalOf(() => sourceOf(document, 'oru-r01', field))).toBe('WITHDRAWN')
})

test('a field without a value, and one derived from no message', () => {
  expect(refusalOf(() => sourceOf(report, 'oru-r01', 'observations[9].value'))).toBe(
    'NO_SUCH_FIELD',
  )
  expect(refusalOf(() => sourceOf(report, 'oru-r01', 'receivedAt'))).toBe('NO_SUCH_FIELD')
  expect(fieldPath('__proto__')).toBeNull()
  expect(refusalOf(() => sourceOf(report, 'oru-r01', 'constructor'))).toBe('NO_SUCH_FIELD')
})

test('a specimen is marked by its values, never as a whole', () => {
  const fields = sourceOf(report, 'oru-r01', 'more.specimens').messages.flatMap(({ segments }) =>
    segments.flatMap(({ text, fields: some }) => some.map((one) => [one.field, one.text === text])),
  )
  expect(fields.length).toBeGreaterThan(0)
  expect(fields.filter(([field, isWhole]) => isWhole || String(field).endsWith('.place'))).toEqual(
    [],
  )
})

test('the page marks the piece and escapes everything else', () => {
  const source = sourceOf(report, 'oru-r01', 'observations[1].value')
  expect(sourcePage(source)).toContain('||<mark>&lt;^5</mark>|mg/L')
  const [message] = source.messages
  if (message === undefined) throw new Error('no message')
  const hostile = sourcePage({
    ...source,
    messages: [{ ...message, controlId: '<script>alert(1)</script>' }],
  })
  expect(hostile).not.toContain('<script')
})
