import type { ResourceKnown, WaitingMessage } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { resourcesRecord, settledRecord, waitingRecord } from './records.ts'
import { openView } from './view.ts'

const sender = { source: 'X99', client: 'c' }
const resource = (more: Partial<ResourceKnown> = {}): ResourceKnown => ({
  names: ['Observation/1'],
  type: 'Observation',
  patientKey: 'X99|A',
  event: 'ResultReported',
  key: '~Observation/1',
  parts: [{ key: 'K||1', code: 'K', text: null }],
  json: null,
  base: null,
  isUpdate: true,
  from: null,
  messageId: 'm1',
  saidAt: 1_000_000,
  ...more,
})
const waiting = (more: Partial<WaitingMessage> = {}): WaitingMessage => ({
  messageId: 'w1',
  names: ['Patient/1', 'Patient/2'],
  method: 'POST',
  base: '/fhir',
  isConditional: false,
  receivedAt: 1,
  until: 5_000_000,
  bytes: Buffer.from('{"é": 1}'),
  payload: null,
  place: 'Observation.subject',
  patientKeys: [],
  ...more,
})
const resourceRecord = (by: typeof sender, one: ResourceKnown) => resourcesRecord(by, [one])
const opened = () => {
  const view = openView()
  const note = (...all: ReturnType<typeof resourceRecord>[]) =>
    all.map(({ key, record }) => view.note(key, record))
  return { view, note }
}

test('a resource is found by each of its names, by its own client only', () => {
  const { view, note } = opened()
  note(
    resourceRecord(
      sender,
      resource({ names: ['Observation/1', 'https://e.example/Observation/1'] }),
    ),
  )
  for (const name of ['Observation/1', 'https://e.example/Observation/1'])
    expect(view.find('c', name)).toMatchObject({
      names: [name],
      type: 'Observation',
      patientKey: 'X99|A',
      key: '~Observation/1',
      parts: [{ key: 'K||1', code: 'K', text: null }],
      saidAt: 1_000_000,
    })
  expect([view.find('d', 'Observation/1'), view.find('c', 'Observation/2')]).toEqual([null, null])
})

test('of two statements the one said later counts, in whatever order they are read', () => {
  const [older, newer] = [
    resource(),
    resource({ patientKey: 'X99|B', from: 'X99|A', saidAt: 2_000_000 }),
  ]
  for (const order of [
    [older, newer],
    [newer, older],
  ]) {
    const { view, note } = opened()
    note(...order.map((one) => resourceRecord(sender, one)))
    expect(view.find('c', 'Observation/1')?.patientKey).toBe('X99|B')
  }
})

test('an update that did not know of the patient before it is found out, in whatever order', () => {
  const [older, newer] = [
    resource(),
    resource({ patientKey: 'X99|B', messageId: 'm2', saidAt: 2_000_000 }),
  ]
  for (const order of [
    [older, newer],
    [newer, older],
  ]) {
    const [, last] = opened().note(...order.map((one) => resourceRecord(sender, one)))
    expect(last?.missed).toMatchObject([
      { older: { patientKey: 'X99|A' }, newer: { patientKey: 'X99|B' } },
    ])
  }
})

test.each([
  ['knew of it', { from: 'X99|A' }],
  ['is of the same patient', { patientKey: 'X99|A' }],
  ['was no update', { isUpdate: false }],
  ['has no patient', { patientKey: null }],
])('nothing was missed by a statement that %s', (_why, more) => {
  const { note } = opened()
  const later = resource({ patientKey: 'X99|B', saidAt: 2_000_000, ...more })
  const [, last] = note(resourceRecord(sender, resource()), resourceRecord(sender, later))
  expect(last?.missed).toEqual([])
})

test('a message that waits is due when any of what it waits for comes, and no more when settled', () => {
  const { view, note } = opened()
  expect(note(waitingRecord(sender, waiting()))[0]?.due).toEqual([])
  expect([view.waiting(), view.dueMessages()]).toEqual([1, []])
  const came = resource({ names: ['Patient/2'], type: 'Patient' })
  expect(note(resourceRecord({ ...sender, client: 'd' }, came))[0]?.due).toEqual([])
  expect(note(resourceRecord(sender, came))[0]?.due).toEqual(['w1'])
  expect(view.dueMessages()).toEqual(['w1'])
  const message = view.waitingMessage('w1')
  expect(message).toMatchObject({
    source: 'X99',
    client: 'c',
    message: { messageId: 'w1', method: 'POST' },
  })
  expect(message?.message.bytes?.toString()).toBe('{"é": 1}')
  note(settledRecord({ ...sender, message: waiting() }))
  expect([view.waiting(), view.dueMessages(), view.waitingMessage('w1')]).toEqual([0, [], null])
  expect(note(resourceRecord(sender, came))[0]?.due).toEqual([])
})

test('a message that is read after what it waits for is due at once', () => {
  const { note } = opened()
  note(resourceRecord(sender, resource({ names: ['Patient/1'], type: 'Patient' })))
  expect(note(waitingRecord(sender, waiting()))[0]?.due).toEqual(['w1'])
})

test('a message read twice waits once, and is late when its time is over', () => {
  const { view, note } = opened()
  note(waitingRecord(sender, waiting()), waitingRecord(sender, waiting()))
  expect(view.waiting()).toBe(1)
  expect([view.lateMessages(5_000_000), view.lateMessages(5_000_001)]).toEqual([[], ['w1']])
})

test('a large message waits by reference', () => {
  const { view, note } = opened()
  const payload = { hash: 'h', object: 'payloads/h', size: 600_000 }
  note(waitingRecord(sender, waiting({ bytes: null, payload })))
  expect(view.waitingMessage('w1')?.message).toMatchObject({ bytes: null, payload })
})
