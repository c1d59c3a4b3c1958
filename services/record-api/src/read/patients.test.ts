import type { PatientHead } from '@tideway/schemas/documents/head'
import { partitionOf } from '@tideway/kafka/murmur2'
import { expect, test } from 'vitest'
import { newHead } from '@tideway/record/demographics/head'
import type { Subject } from '../chart/access.ts'
import { chartsOf, type PatientSearch } from '../chart/open-chart.ts'
import { storedIds } from '../chart/stored-ids.fixture.ts'
import { allCaughtUp } from '../completeness/caught-up.fixture.ts'
import { readPatients } from './patients.ts'

const now = new Date('2026-12-01T10:00:00Z')
const clinician = { role: 'clinician', organisation: 'RJZ' } as Subject
const head = (key: string, more: Partial<PatientHead> = {}): PatientHead => ({
  ...newHead(key),
  nhsNumber: '9434765919',
  birthDate: '2019-05-04',
  ...more,
})
const byNumber: PatientSearch = {
  by: 'nhsNumber',
  nhsNumber: '9434765919',
  birthDate: '2019-05-04',
}
const byIdentifier: PatientSearch = { by: 'identifier', organisation: 'RJZ', identifier: '7' }

type Known = { heads?: PatientHead[]; carriers?: PatientHead[]; parked?: number; behind?: number }

/** @param behind  the partition whose records are not in the documents */
const search = async (
  of: PatientSearch,
  { heads = [], carriers = heads, parked = 0, behind }: Known,
) => {
  const line = allCaughtUp(now.getTime())
  const patientEvents = line.upTo.patientEvents.map((one, partition) =>
    partition === behind ? { proven: null, told: null } : one,
  )
  const charts = chartsOf({
    store: {
      headsOf: async () => heads,
      headOfKey: async () => heads[0] ?? null,
      carriers: async () => carriers,
      countUndecided: async () => 0,
      countMissing: async (keys: readonly string[]) => ({
        ...{ dropped: 0, inPart: 0 },
        parked: keys.includes('RJZ|7') ? parked : 0,
      }),
      countHeld: async () => 0,
      notShown: async () => [],
      feeds: async () => [],
    },
    line: () => ({ ...line, upTo: { ...line.upTo, patientEvents } }),
    habitsOf: () => ({ gaps: null, planned: [] }),
    ids: storedIds,
    archive: { get: async () => null },
  } as unknown as Parameters<typeof chartsOf>[0])
  const found = await charts.findPatients(clinician, of, 'TREAT')
  const { completeness, complete, patients } = readPatients(found, new Map(), charts.sealId, now)
  return { found: patients.length, complete, codes: completeness.reasons.map(({ code }) => code) }
}

test('nobody is found, and nobody was acknowledged', async () => {
  for (const wanted of [byNumber, byIdentifier])
    expect(await search(wanted, {})).toEqual({ found: 0, complete: true, codes: [] })
})

test('nobody is found yet: any part of the log may have the patient', async () => {
  for (const wanted of [byNumber, byIdentifier])
    for (const behind of [0, 3])
      expect(await search(wanted, { behind })).toEqual({
        ...{ found: 0, complete: false, codes: ['projection-behind'] },
      })
})

test('a number whose only message is parked is not known to be unused', async () => {
  expect(await search(byIdentifier, { parked: 1 })).toEqual({
    ...{ found: 0, complete: false, codes: ['parked'] },
  })
})

test('a patient is found, and what is missing is said', async () => {
  const own = head('RJZ|7', { nhsNumber: null })
  const other = (partitionOf('RJZ|7', 4) + 1) % 4
  expect(await search(byIdentifier, { heads: [own], behind: other })).toEqual({
    // Anyone may join the person, from any partition.
    ...{ found: 1, complete: false, codes: ['projection-behind'] },
  })
  expect(await search(byIdentifier, { heads: [own] })).toEqual({
    ...{ found: 1, complete: true, codes: [] },
  })
  const carriers = [head('RJZ|7'), head('RJ1|8', { birthDate: null })]
  expect(await search(byNumber, { heads: carriers.slice(0, 1), carriers })).toEqual({
    ...{ found: 1, complete: false, codes: ['carriers-not-combined'] },
  })
  expect(await search(byNumber, { heads: [], carriers })).toEqual({
    ...{ found: 0, complete: true, codes: [] },
  })
})
