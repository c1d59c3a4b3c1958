import { entryIdIn } from '@tideway/record/entries/entry'
import { expect, test } from 'vitest'
import { names, number, of, subject } from './numbered-resources.fixture.ts'
import { remembering } from '../references/client.fixture.ts'
import { system } from '../sender.fixture.ts'
import { answerTo } from '../http/answer.ts'
import { bundle, patient, post, publicIds } from '../sender.fixture.ts'

const client = () => {
  const sender = remembering()
  sender.put({ ...patient('A1'), id: '123' })
  return sender
}
type Sent = ReturnType<ReturnType<typeof client>['put']>
const entries = (sent: Sent) => {
  expect(sent.faults).toEqual([])
  return [...new Set(sent.events.map((event) => entryIdIn(event as never)))]
}

test.each(names)('%s: two ids with one identifier and two codes are two', (name) => {
  for (const method of ['put', 'post'] as const) {
    const sender = client()
    const first = entries(sender[method](of(name, '1', { id: 'a' })))
    const second = entries(sender[method](of(name, '2', { id: 'b' })))
    expect(first).not.toEqual(second)
    expect(entries(sender[method](of(name, '2', { id: 'b', language: 'en' })))).toEqual(second)
    expect(entries(sender[method](of(name, '1', { id: 'a', language: 'en' })))).toEqual(first)
  }
})

test.each(names)('%s: an update changes the same entry, whatever it says now', (name) => {
  const sender = client()
  const first = entries(sender.put(of(name, '1', { id: 'a' })))
  expect(entries(sender.put(of(name, '2', { id: 'a' })))).toEqual(first)
  const other = of(name, '3', { id: 'a' })
  expect(entries(sender.put({ ...other, identifier: number('N2') }))).toEqual(first)
  const { identifier: _, ...bare } = other
  expect(entries(sender.put(bare))).toEqual(first)
})

test.each(names)('%s: the same under another id is one thing', (name) => {
  const sender = client()
  const first = entries(sender.put(of(name, '1', { id: 'a' })))
  const other = entries(sender.put(of(name, '2', { id: 'b' })))
  expect(entries(sender.put(of(name, '1', { id: 'c' })))).toEqual(first)
  expect(entries(sender.put(of(name, '2', { id: 'd' })))).toEqual(other)
})

test.each(names)('%s: two in one Bundle are two, and stay the two they are', (name) => {
  const sender = client()
  const both = (...ids: [string, string]) =>
    sender.post(
      bundle(
        'transaction',
        post(of(name, '1'), `urn:uuid:${ids[0]}`),
        post(of(name, '2'), `urn:uuid:${ids[1]}`),
      ),
    )
  const sent = both('11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222')
  const first = entries(sent)
  expect(first).toHaveLength(2)
  const answer = answerTo(sent, 'POST', '/fhir', 'X99', 'minimal', publicIds).body as {
    entry: { response: { location: string } }[]
  }
  expect(new Set(answer.entry.map(({ response }) => response.location)).size).toBe(2)
  expect(
    entries(both('33333333-3333-4333-8333-333333333333', '44444444-4444-4444-8444-444444444444')),
  ).toEqual(first)
})

test('an identifier used again on another day, specimen or site is of another thing', () => {
  const specimen = (value: string) => ({
    contained: [
      { resourceType: 'Specimen', id: 's', identifier: [{ value }], type: { text: 'Blood' } },
    ],
    specimen: { reference: '#s' },
  })
  const pairs = [
    [{ effectiveDateTime: '2026-01-05' }, { effectiveDateTime: '2026-07-05' }],
    [specimen('S1'), specimen('S2')],
    [{ bodySite: { text: 'Left arm' } }, { bodySite: { text: 'Right arm' } }],
  ]
  for (const [one = {}, other = {}] of pairs) {
    const sender = client()
    const first = entries(sender.put(of('Observation', '1', { id: 'a', ...one })))
    const second = entries(sender.put(of('Observation', '1', { id: 'b', ...other })))
    expect(second).not.toEqual(first)
    expect(entries(sender.put(of('Observation', '1', { id: 'c', ...one })))).toEqual(first)
    const sent = entries(sender.post(of('Observation', '1', { effectiveDateTime: '2027-01-01' })))
    expect(sent).not.toEqual(one)
  }
})

test('parts of a visit with its number stay one visit', () => {
  const sender = client()
  const visit = (id: string, code: string) => ({
    resourceType: 'Encounter',
    id,
    identifier: [{ system: system('X99', 'visit'), value: 'V1' }],
    status: 'in-progress',
    class: { code },
    subject,
    period: { start: '2026-11-30T09:00:00Z' },
  })
  expect(entries(sender.put(visit('e1', 'EMER')))).toEqual(entries(sender.put(visit('e2', 'IMP'))))
})

test('a condition that several have retracts all of them', () => {
  const sender = client()
  const keys = ['1', '2'].flatMap((code) =>
    entries(sender.put(of('Condition', code, { id: `c${code}` }))),
  )
  const retracted = sender.post(
    bundle('transaction', {
      request: {
        method: 'DELETE',
        url: `Condition?identifier=${system('X99', 'report')}|N1&patient.identifier=${system('X99')}|A1`,
      },
    }),
  )
  expect(entries(retracted)).toEqual(keys)
})
