import { idSeal } from '@tideway/schemas/id-seal'
import { publicId } from '@tideway/schemas/public-id'
import { expect, test } from 'vitest'
import { normalise } from './normalise.ts'
import { bytesOf, patient, rules, trust } from '../sender.fixture.ts'
import { idOf } from './answered-id.ts'

const [former, current] = [1, 2].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer]

const created = (keys: readonly Buffer[]) => {
  const publicIds = idSeal(keys)
  const sent = normalise(
    {
      source: trust,
      bytes: bytesOf(patient('A1')),
      receivedAt: 1,
      submitter: { client: 'client-x99', method: 'POST', base: '/fhir' },
    },
    { ...rules, publicIds },
  )
  const [entry] = sent.sent?.entries ?? []
  return {
    id: idOf(entry as never, trust, sent.bytesId, publicIds),
    names: sent.stated.flatMap(({ names }) => names),
  }
}

test('a created resource is answered an id that its number does not tell', () => {
  const { id } = created([current])
  expect(id).toMatch(/^[A-Za-z0-9.-]{22}$/)
  const plain = publicId('X99|Patient|https://x99.example/id/mrn|A1').replaceAll('_', '.')
  expect([plain, created([former]).id]).not.toContain(id)
  expect(created([current]).id).toBe(id)
})

test('during a rotation it is known by the id of the former key too', () => {
  const before = created([former])
  const during = created([current, former])
  expect(during.names).toContain(`Patient/${before.id}`)
  expect(during.names[0]).toBe(`Patient/${during.id}`)
})
