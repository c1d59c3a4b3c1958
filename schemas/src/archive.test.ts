import { expect, test } from 'vitest'
import {
  type ArchivedMessage,
  ArchiveFormatError,
  decodeObject,
  encodeObject,
  isObjectKey,
  objectKeyOf,
} from './archive.ts'
import { archivePlace } from './documents/archive-place.ts'

const archived = (offset: number, bytes: Buffer | null): ArchivedMessage => ({
  partition: 2,
  offset,
  durableAt: 1_795_000_000_000 + offset,
  message: {
    id: `id-${offset}`,
    source: 'X99',
    bytes,
    payload: bytes === null ? { hash: 'ab', object: 'payloads/ab', size: 900_000 } : null,
    connection: 'mllp/2575 192.0.2.7:40112',
    receivedAt: 1_795_000_000_000_123 + offset,
    sentAt: null,
    controlId: 'C1',
    type: 'ADT^A01',
    characterSet: 'utf-8',
    answered: 'AA',
    problem: { code: 'MISSING_FIELD', place: 'PV1-19' },
    parked: true,
    patientKeys: ['X99|1'],
    events: 0,
    unused: ['ZU1-3'],
    submission: null,
  },
})
const coverage = {
  first: 10,
  last: 13,
  skipped: [11],
  archivedAt: new Date('2026-11-22T10:00:00.000Z'),
}

test('an object gives back what was put in, byte for byte, and which offsets it answers for', async () => {
  const messages = [
    archived(10, Buffer.from([0, 255, 0x1c, 13])),
    archived(12, null),
    archived(13, Buffer.alloc(600_000, 'x')),
  ]
  const read = await decodeObject(await encodeObject(messages, coverage))
  expect(read.messages.map((message) => ({ ...message, message: { ...message.message } }))).toEqual(
    messages,
  )
  expect(read.coverage).toEqual(coverage)
})

test('an object of duplicates alone is empty, and still says what it covers', async () => {
  const empty = { first: 20, last: 21, skipped: [20, 21], archivedAt: coverage.archivedAt }
  expect(await decodeObject(await encodeObject([], empty))).toEqual({
    coverage: empty,
    messages: [],
  })
})

test('half an object is refused', async () => {
  const whole = await encodeObject([archived(10, Buffer.alloc(100_000, 'x'))], coverage)
  await expect(decodeObject(whole.subarray(0, whole.length / 2))).rejects.toThrow(
    ArchiveFormatError,
  )
  await expect(decodeObject(Buffer.from('not avro'))).rejects.toThrow(ArchiveFormatError)
})

test('the name follows from the first offset and its time', () => {
  expect(objectKeyOf(3, 42, Date.parse('2026-11-22T23:59:59.999Z'))).toBe(
    'raw-messages.v1/2026/11/22/3-00000000000000000042.avro',
  )
})

test.each([
  [objectKeyOf(11, 42, 0), true],
  ['raw-messages.v1/undecodable/3-42.bin', false],
  ['payloads/2026/11/22/3-00000000000000000042.avro', false],
])('%s names an archive object: %s', (key, is) => expect(isObjectKey(key)).toBe(is))

test.each([
  [9, null],
  [10, 0],
  [11, null],
  [12, 1],
  [13, 2],
  [14, null],
])('offset %i is at position %s', (offset, position) => {
  const place = archivePlace({ _id: 'object', ...coverage }, offset)
  expect(place).toEqual(position === null ? null : { object: 'object', position })
})
