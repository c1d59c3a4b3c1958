// Over 250 lines: all tests share one set of in-memory ports, reset before each test.
import { createHash } from 'node:crypto'
import { encode, envelopeType, type Records, wrapEvent } from '@tideway/schemas/codec'
import type { MessageParked, MessageReceived } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import { type TopicName, topics } from '@tideway/schemas/topics'
import { maxSendBytes } from '@tideway/ingest/take-custody'
import { groupCommit } from '@tideway/ingest/group-commit'
import type { Outgoing } from '@tideway/kafka/client'
import { createLog } from '@tideway/runtime/log'
import { createMetrics } from '@tideway/runtime/metrics'
import { receiveClock } from '@tideway/ingest/receive-clock'
import { startTracing } from '@tideway/runtime/tracing'
import { beforeEach, describe, expect, test } from 'vitest'
import { identify } from './identify/identify.ts'
import { loadMappings } from './normalise/load-mappings.ts'
import { createMeter } from './meter.ts'
import type { MllpConnection, ReceivePorts } from './receive.ts'
import { receiveFrame } from './listen/receive-frame.ts'
import { sandboxSource } from './identify/sandbox-source.ts'
import { pipesToXml } from '@tideway/hl7v2/xml/pipes-to-xml.fixture'

const mappings = await loadMappings()
const types = new Map(
  (Object.keys(topics) as TopicName[]).map((topic) => [
    topic,
    envelopeType(topics[topic].envelope),
  ]),
)
const encoder = <T extends TopicName>(topic: T, value: Records[T]) =>
  encode(
    types.get(topic) as NonNullable<ReturnType<typeof types.get>>,
    1,
    topic === 'patientEvents' ? wrapEvent(value as Records['patientEvents']) : value,
  )
const decoded = <T>({ topic, value }: Outgoing): T =>
  types.get(topic)?.fromBuffer(value.subarray(5)) as T

const like = sandboxSource('RJZ', { maxMessageBytes: 20_000_000, idleFrameMs: 30_000 })
const trust = (ods: string, own: Partial<Source['hl7']> = {}): Source => ({
  ...like,
  ods,
  kind: 'trust',
  hl7: {
    ...like.hl7,
    authorities: { '*': ods },
    match: { ...like.hl7.match, sendingFacilities: [ods] },
    processingIds: ['P'],
    ...own,
  },
})
const sources = [
  trust('RJZ'),
  trust('RJ1', { strict: true }),
  trust('RJ2', { processingIds: ['P', 'T'], batchAcknowledgement: 'batch' }),
]

let sent: Outgoing[] = []
let uploads: Map<string, Buffer> = new Map()
let held: Promise<unknown>[] = []
let publish = async (records: readonly Outgoing[]): Promise<void> => void sent.push(...records)
let putNew = async (object: string, bytes: Buffer): Promise<boolean> => {
  uploads.set(object, bytes)
  return true
}
beforeEach(() => {
  sent = []
  uploads = new Map()
  held = []
  publish = async (records) => void sent.push(...records)
  putNew = async (object, bytes) => uploads.size !== uploads.set(object, bytes).size
})

const metrics = createMetrics()
const commit = groupCommit<Outgoing>((records) => publish(records), maxSendBytes)
const ports: ReceivePorts = {
  identify: (peer, header) => identify(sources, peer, header),
  mappings,
  policy: { production: false },
  clock: receiveClock(),
  encode: encoder,
  commit,
  store: { putNew: (object, bytes) => putNew(object, bytes) },
  tracing: startTracing('test', null),
  meter: createMeter(metrics, commit.depth),
  log: createLog('test', 'fatal'),
}
const connection: MllpConnection = {
  peer: { port: 2575, address: '192.0.2.7', certificate: null },
  label: 'mllp/2575 192.0.2.7:40112',
  holdUntil: (queued) => void held.push(queued),
}

type Head = {
  facility?: string
  type?: string
  id?: string
  processing?: string
  accept?: string
  application?: string
}
const msh = ({
  facility = 'RJZ',
  type = 'ADT^A01',
  id = 'MSG1',
  processing = 'P',
  accept = '',
  application = '',
}: Head = {}) =>
  `MSH|^~\\&|PAS|${facility}|SCR|ICS|20260701091500||${type}|${id}|${processing}|2.4|||${accept}|${application}\r`
const pid = 'PID|1||123456^^^X^MR||TEST^PERSON||19800101|F\r'
const admission = (head: Head = {}) =>
  `${msh(head)}EVN|A01|20260701091500\r${pid}PV1|1|I|WARD^BAY^1||||||||||||||||V1^^^X^VN|||||||||||||||||||||||||20260701091500\r`
const answersTo = async (text: string | Buffer) =>
  (await receiveFrame(Buffer.from(text as string), connection, ports)).map((answer) =>
    answer.toString('latin1'),
  )
const msaOf = (answer: string | undefined) =>
  answer?.split('\r').find((segment) => segment.startsWith('MSA'))
const errOf = (answer: string | undefined) =>
  answer?.split('\r').find((segment) => segment.startsWith('ERR'))
const received = () =>
  sent
    .filter(({ topic }) => topic === 'rawMessages')
    .map((record) => decoded<MessageReceived>(record))
const parked = () =>
  sent
    .filter(({ topic }) => topic === 'parkedMessages')
    .map((record) => decoded<MessageParked>(record))

describe('a valid message', () => {
  test('is on the log with its events and original bytes before AA', async () => {
    const bytes = admission()
    const [answer] = await answersTo(bytes)
    expect(msaOf(answer)).toBe('MSA|AA|MSG1')
    expect(errOf(answer)).toBeUndefined()
    const [message] = received()
    expect(message).toMatchObject({
      source: 'RJZ',
      controlId: 'MSG1',
      type: 'ADT^A01',
      answered: 'AA',
      problem: null,
      parked: false,
      connection: connection.label,
      payload: null,
    })
    expect(message?.bytes?.toString()).toBe(bytes)
    const events = sent.filter(({ topic }) => topic === 'patientEvents')
    expect(events.length).toBe(message?.events)
    expect(events.length).toBeGreaterThan(0)
    expect(events.map(({ key }) => key)).toEqual(events.map(() => 'RJZ|123456'))
    expect(parked()).toEqual([])
  })

  test('has CloudEvents headers and one traceparent on all its records', async () => {
    await answersTo(admission())
    const id = sent.at(-1)?.key
    const [event, message] = [sent[0] as Outgoing, sent.at(-1) as Outgoing].map(
      (record) => record.headers,
    ) as [Outgoing['headers'], Outgoing['headers']]
    expect(message).toMatchObject({
      ce_specversion: '1.0',
      ce_id: id,
      ce_type: 'tideway.MessageReceived',
      ce_source: '/sources/RJZ',
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
    })
    expect(Date.parse(message['ce_time'] ?? '')).toBeGreaterThan(0)
    expect(event).toMatchObject({
      ce_id: `${id}.0`,
      ce_type: expect.stringMatching(/^tideway\.Patient/),
    })
    expect(new Set(sent.map((record) => record.headers['traceparent'])).size).toBe(1)
  })

  test('the same bytes again give the same ids', async () => {
    await answersTo(admission())
    const ids = sent.splice(0).map((record) => record.headers['ce_id'])
    await answersTo(admission())
    expect(sent.map((record) => record.headers['ce_id'])).toEqual(ids)
  })
})

test.each([
  ['taken', (xml: string) => xml, '<MSA.1>AA</MSA.1><MSA.2>MSG1</MSA.2></MSA></ACK>', 1],
  [
    'an entity bomb',
    (xml: string) => xml.replace('<ANY', '<!DOCTYPE a [<!ENTITY b "c">]><ANY'),
    '<MSA.1>AR</MSA.1><MSA.3>NOT_HL7</MSA.3>',
    0,
  ],
  ['cut off', (xml: string) => xml.slice(0, -20), '<MSA.2>MSG1</MSA.2><MSA.3>NOT_HL7</MSA.3>', 0],
  [
    'a batch',
    (xml: string) => xml.replace('<MSH>', '<FHS><FHS.1>|</FHS.1></FHS><MSH>'),
    '<MSA.1>AR</MSA.1><MSA.3>XML_BATCH</MSA.3>',
    0,
  ],
  [
    'several messages',
    (xml: string) => xml.replace(/<MSH>.*<\/MSH>/s, '$&$&'),
    '<MSA.1>AR</MSA.1><MSA.2>MSG1</MSA.2><MSA.3>XML_BATCH</MSA.3>',
    0,
  ],
])('XML is received and answered as XML: %s', async (_, change, msa, kept) => {
  expect((await answersTo(change(String(pipesToXml(Buffer.from(admission()))))))[0]).toContain(msa)
  expect(received().map(({ problem }) => problem)).toEqual(Array(kept).fill(null))
})

describe('invalid input', () => {
  test.each([
    ['not HL7', 'GET / HTTP/1.1', 'MSA|AR||NOT_HL7', 'MSH^1'],
    ['an empty frame', '', 'MSA|AR||NOT_HL7', 'MSH^1'],
    ['no MSH', pid, 'MSA|AR||NOT_HL7', 'MSH^1'],
    ['an empty batch', 'BHS|^~\\&\rBTS|0\r', 'MSA|AR||NOT_HL7', 'MSH^1'],
    [
      'an unknown sender',
      admission({ facility: 'RXX' }),
      'MSA|AR|MSG1|UNKNOWN_SOURCE',
      'MSH^1^4|204',
    ],
    ['a missing MSH-10', admission({ id: '' }), 'MSA|AR||MISSING_CONTROL_ID', 'MSH^1^10|101'],
    ['a test message', admission({ processing: 'T' }), 'MSA|AR|MSG1|TEST_MESSAGE', 'MSH^1^11|202'],
    [
      'a debugging message',
      admission({ processing: 'D' }),
      'MSA|AR|MSG1|TEST_MESSAGE',
      'MSH^1^11|202',
    ],
  ])('%s is refused, and nothing of it is kept', async (_, text, msa, err) => {
    const [answer] = await answersTo(text)
    expect(msaOf(answer)).toBe(msa)
    expect(errOf(answer)).toContain(err)
    expect(sent).toEqual([])
  })

  test('a test message is accepted if the source allows it; an unknown or empty MSH-11 does not mark a test', async () => {
    expect(msaOf((await answersTo(admission({ facility: 'RJ2', processing: 'T' })))[0])).toBe(
      'MSA|AA|MSG1',
    )
    expect(msaOf((await answersTo(admission({ processing: '' })))[0])).toBe('MSA|AA|MSG1')
  })

  test.each([
    ['type not mapped', `${msh({ type: 'XYZ^Z99' })}${pid}`, 'UNSUPPORTED_TYPE'],
    ['field missing', `${msh()}EVN|A01|20260701\rPID|1\rPV1|1|I\r`, 'MISSING_FIELD'],
    [
      'field malformed',
      `${msh()}EVN|A01|20260701\rPID|1||1^^^X^MR^^^20200101\rPV1|1|I\r`,
      'INVALID_FIELD',
    ],
  ])('%s: AA, archived, parked with code and place', async (_, text, code) => {
    const [answer] = await answersTo(text)
    expect(msaOf(answer)).toBe('MSA|AA|MSG1')
    expect(received()[0]).toMatchObject({
      parked: true,
      answered: 'AA',
      problem: { code },
      events: 0,
    })
    expect(parked()[0]).toMatchObject({
      state: 'PARKED',
      stage: 'NORMALISE',
      problem: { code, place: expect.any(String) },
      messageId: received()[0]?.id,
    })
  })

  test('one odd field: AA, archived, used in part', async () => {
    const [answer] = await answersTo(admission().replace('19800101', 'yesterday'))
    expect(msaOf(answer)).toBe('MSA|AA|MSG1')
    expect(received()[0]).toMatchObject({
      parked: false,
      problem: { code: 'USED_IN_PART', place: 'PID-7' },
      events: 2,
      unused: expect.arrayContaining(['PID-7']),
    })
    expect(parked()).toEqual([])
  })

  test('a strict source is answered AE if a part could not be used; the rest is used', async () => {
    const [answer] = await answersTo(
      admission({ facility: 'RJ1' }).replace('19800101', 'yesterday'),
    )
    expect(msaOf(answer)).toBe('MSA|AE|MSG1|USED_IN_PART')
    expect(errOf(answer)).toContain('PID^1^7')
    expect(received()[0]).toMatchObject({ answered: 'AE', parked: false, events: 2 })
  })

  test('a strict source is answered AE with segment and field; the message is still kept and parked', async () => {
    const [answer] = await answersTo(
      admission({ facility: 'RJ1' }).replace('^MR', '^MR^^^20200101'),
    )
    expect(msaOf(answer)).toBe('MSA|AE|MSG1|INVALID_FIELD')
    expect(errOf(answer)).toContain('PID^1^3')
    expect(received()[0]).toMatchObject({ answered: 'AE', parked: true })
    expect(parked()).toHaveLength(1)
  })

  test('MRG equal to PID: AR 205 at MRG-1, archived, not parked', async () => {
    const [answer] = await answersTo(
      `${msh({ type: 'ADT^A40' })}EVN|A40|20260701091500\r${pid}MRG|123456^^^X^MR\r`,
    )
    expect(msaOf(answer)).toBe('MSA|AR|MSG1|SAME_PATIENT_MERGED')
    expect(errOf(answer)).toContain('MRG^1^1|205')
    expect(received()[0]).toMatchObject({
      answered: 'AR',
      parked: false,
      problem: { code: 'SAME_PATIENT_MERGED' },
      events: 0,
    })
    expect(parked()).toEqual([])
  })
})

describe('custody', () => {
  test('AE 207 when it cannot be written to the log', async () => {
    publish = () => Promise.reject(new Error('broker away'))
    const [answer] = await answersTo(admission())
    expect(msaOf(answer)).toBe('MSA|AE|MSG1|LOG_UNAVAILABLE')
    expect(errOf(answer)).toContain('207')
  })

  test('AE 207 when a large message cannot be stored; nothing is written to the log', async () => {
    putNew = () => Promise.reject(new Error('store away'))
    const [answer] = await answersTo(`${admission()}NTE|1||${'x'.repeat(600_000)}\r`)
    expect(msaOf(answer)).toBe('MSA|AE|MSG1|STORE_UNAVAILABLE')
    expect(sent).toEqual([])
  })

  test('a message over 512 KiB is stored under its hash before it is published, and later messages wait for it', async () => {
    const bytes = `${admission()}NTE|1||${'x'.repeat(600_000)}\r`
    const hash = createHash('sha256').update(bytes).digest('hex')
    expect(msaOf((await answersTo(bytes))[0])).toBe('MSA|AA|MSG1')
    expect(received()[0]).toMatchObject({
      bytes: null,
      payload: { hash, object: `payloads/${hash.slice(0, 2)}/${hash}`, size: bytes.length },
    })
    expect(uploads.get(`payloads/${hash.slice(0, 2)}/${hash}`)?.toString()).toBe(bytes)
    expect(held).toHaveLength(1)
  })

  test('enhanced mode: CA once durable, and no answer if none is requested', async () => {
    expect(msaOf((await answersTo(admission({ accept: 'AL', application: 'NE' })))[0])).toBe(
      'MSA|CA|MSG1',
    )
    expect(received()[0]?.answered).toBe('CA')
    expect(await answersTo(admission({ accept: 'NE', application: 'NE' }))).toEqual([])
    expect(await answersTo(admission({ accept: 'ER' }))).toEqual([])
    expect(received()).toHaveLength(3)
  })
})

describe('batches', () => {
  const batch = (facility: string) =>
    `FHS|^~\\&|PAS|${facility}||||||\rBHS|^~\\&|PAS|${facility}|||||||B1\r${admission({ facility, id: 'A' })}${admission({ facility, id: 'B' })}BTS|2\rFTS|1\r`

  test('answered per message, each with its own custody', async () => {
    const answers = await answersTo(batch('RJZ'))
    expect(answers.map(msaOf)).toEqual(['MSA|AA|A', 'MSA|AA|B'])
    expect(received().map(({ controlId }) => controlId)).toEqual(['A', 'B'])
    expect(received()[0]?.bytes?.toString()).toBe(admission({ id: 'A' }))
  })

  const unwrapped = `${admission({ facility: 'RJ2', id: 'A' })}${admission({ facility: 'RJ2', id: 'B' })}`
  test('without FHS and BHS: one by one', async () =>
    expect((await answersTo(unwrapped)).map(msaOf)).toEqual(['MSA|AA|A', 'MSA|AA|B']))

  test('answered as one batch if the source is so configured', async () => {
    const answers = await answersTo(batch('RJ2'))
    const segments = answers
      .join('MORE')
      .split('\r')
      .filter((segment) => /^(FHS|BHS|MSA|BTS|FTS)/.test(segment))
    expect(segments).toEqual([
      expect.stringMatching(/^FHS\|/),
      expect.stringMatching(/^BHS\|.*\|B1$/),
      'MSA|AA|A',
      'MSA|AA|B',
      'BTS|2',
      'FTS|1',
    ])
  })

  test('one bad message does not affect the others; a batch of an unknown source is rejected message by message', async () => {
    const answers = await answersTo(batch('RJZ').replace('|P|2.4', '|T|2.4'))
    expect(answers.map(msaOf)).toEqual(['MSA|AR|A|TEST_MESSAGE', 'MSA|AA|B'])
    expect((await answersTo(batch('RXX'))).map(msaOf)).toEqual([
      'MSA|AR|A|UNKNOWN_SOURCE',
      'MSA|AR|B|UNKNOWN_SOURCE',
    ])
  })

  test('order is kept when the first message of a batch must be stored first', async () => {
    putNew = (object, bytes) =>
      new Promise((resolve) => setTimeout(() => resolve(uploads.set(object, bytes).size > 0), 30))
    const large = `${admission({ id: 'A' })}NTE|1||${'x'.repeat(600_000)}\r`
    await answersTo(`BHS|^~\\&|PAS|RJZ\r${large}${admission({ id: 'B' })}BTS|2\r`)
    expect(received().map(({ controlId }) => controlId)).toEqual(['A', 'B'])
  })
})

test('counts by source, type and outcome, and rejections by port and certificate', async () => {
  await answersTo(admission())
  await receiveFrame(
    Buffer.from(admission({ facility: 'RXX' })),
    {
      ...connection,
      peer: {
        port: 2600,
        address: '192.0.2.7',
        certificate: { commonName: 'engine.example', alternativeNames: [], fingerprint: 'ab' },
      },
    },
    ports,
  )
  await answersTo(
    `${msh({ type: 'ORU' })}${pid}OBR|1||F1|UE^Urea^LOCAL\rOBX|1|NM|K^Potassium^L||4.1|furlongs|||||F\rNTE|1||one\rtwo\r`,
  )
  const text = await metrics.text()
  for (const field of ['OBR-4', 'OBX-3', 'OBX-6'])
    expect(text).toContain(`tideway_untranslated_codes_total{source="RJZ",field="${field}"} 1`)
  expect(text).toContain('tideway_continued_fields_total{source="RJZ"} 1')
  expect(text).toMatch(
    /tideway_messages_received_total\{source="RJZ",type="ADT\^A01",outcome="OK",answer="AA"\} \d+/,
  )
  expect(text).toContain(
    'tideway_messages_refused_total{code="UNKNOWN_SOURCE",port="2600",certificate="engine.example"} 1',
  )
})
