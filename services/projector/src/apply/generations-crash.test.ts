import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { applyBatch, type ApplyPorts } from './apply.ts'
import { folds } from './apply-events.ts'
import { arrival } from './arrival.fixture.ts'
import { adt, hl7 } from './generations.fixture.ts'
import { type Documents, memoryStore } from './memory-store.fixture.ts'

/** Documents after these messages, each a batch; the one killed is delivered again. */
const after = async (messages: PatientEvent[][], killedAt: number, loads: string[][] = []) => {
  const documents: Documents = { heads: new Map(), entries: new Map() }
  let ticks = 0
  const tick = () => {
    ticks += 1
    if (ticks === killedAt) throw new Error('killed')
  }
  const ports: ApplyPorts = {
    store: memoryStore(documents, tick, loads),
    folds,
    decode: async () => null,
    publish: async () => undefined,
    now: () => 0,
    onLostRaces: () => undefined,
  }
  for (const events of messages) {
    const batch = events.map(arrival)
    await applyBatch(0, batch, false, ports).catch((cause: unknown) => {
      if ((cause as Error).message !== 'killed') throw cause
      return applyBatch(0, batch, false, ports)
    })
  }
  return { documents, ticks }
}

const plain = <T extends { version: number }>(kept: ReadonlyMap<string, T>) =>
  [...kept.entries()].map(([id, { version: _, ...one }]) => [id, one]).toSorted()

const first = '20240101100000'
const second = '20240110100000'
const admitted = adt('A01', first, 'W1', first)
const discharged = adt('A03', '20240105100000', 'W1', first, '20240105100000')
const again = adt('A01', second, 'W9', second)
const mistaken = adt('A13', '20240105110000', 'W1')
const oru = (sent: string, collected: string, value: string) =>
  hl7(
    'ORU^R01',
    sent,
    `OBR|1||0001|CRP^Test|||${collected}||||||||||||||||||F`,
    `OBX|1|NM|CRP^Test||${value}|mg/L|0-5||||F`,
  )
const march = oru('20260301100000', '20260301080000', '212')
const september = oru('20260901100000', '20260901080000', '3')
const undated = oru('20260910100000', '', '4')

const part = (sent: string, specimen: string, isolate = '', status = 'F') =>
  hl7(
    'ORU^R01',
    sent,
    `OBR|1||0001|CUL^Culture|||20260301080000${'|'.repeat(18)}${status}|${isolate && `ORG&Organism^${isolate}`}`,
    ...(specimen === '' ? [] : [`SPM|1|^${specimen}||BLD`]),
  )
const [specimen, other] = [part('20260301100000', 'S1'), part('20260303100000', 'S2')]
const bare = part('20260304100000', '', '', 'X')
const isolate = part('20260302100000', '', '1')
const ofSpecimen = part('20260305100000', 'S1', '1')

test.each([
  ['a cancellation comes before the second of two specimens', [specimen, bare, other]],
  ['a specimen and an isolate turn out to be one', [isolate, specimen, bare, ofSpecimen]],
  ['a number is used again', [admitted, discharged, again]],
  ['the discharge between two stays comes last', [admitted, again, discharged]],
  ['the earlier stay comes after the later one', [again, admitted, discharged]],
  ['two stays turn out to be one', [admitted, discharged, again, mistaken]],
  ['a report is moved aside by an earlier one', [september, undated, march]],
])('killed at any write while %s, the record is as without the crash', async (_, messages) => {
  const { documents, ticks } = await after(messages, 0)
  for (let killedAt = 1; killedAt <= ticks; killedAt++) {
    const { documents: seen } = await after(messages, killedAt)
    expect(plain(seen.entries)).toEqual(plain(documents.entries))
    expect(plain(seen.heads)).toEqual(plain(documents.heads))
  }
  expect(ticks).toBeGreaterThan(messages.length)
})

test('two stays that turn out to be one leave one entry', async () => {
  const { documents } = await after([admitted, discharged, again, mistaken], 0)
  expect([...documents.entries.keys()]).toEqual(['RJZ|T100|encounter|V1'])
  expect(documents.heads.get('RJZ|T100')?.encounters.map(({ entry }) => entry)).toEqual([
    'RJZ|T100|encounter|V1',
  ])
})

test('entries of a number are read in one more read, only where it was used again', async () => {
  const once: string[][] = []
  await after([admitted, discharged], 0, once)
  expect(once).toHaveLength(2)
  const twice: string[][] = []
  await after([admitted, discharged, again, adt('A08', '20240111100000', 'W9')], 0, twice)
  expect(twice).toHaveLength(5)
  expect(twice.at(-1)).toEqual(['RJZ|T100|encounter|V1 @2024-01-10'])
})

test('a number used a hundred times costs no more than one used a few times', async () => {
  const stays = Array.from({ length: 60 }, (_, index) => {
    const at = (hour: number) =>
      new Date(Date.UTC(2024, 0, 1 + index * 10, hour))
        .toISOString()
        .replace(/\D/g, '')
        .slice(0, 14)
    return [adt('A04', at(9), 'C1', at(9)), adt('A03', at(11), 'C1', at(9), at(11))]
  })
  const loads: string[][] = []
  const { documents } = await after(stays.flat(), 0, loads)
  expect(documents.entries.size).toBe(60)
  expect(Math.max(...loads.map((ids) => ids.length))).toBeLessThanOrEqual(12)
  expect(
    [...documents.entries.values()].map(({ data }) => 'status' in data && data.status),
  ).toEqual(Array.from({ length: 60 }, () => 'closed'))
})
