import type { Encounter } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { adt, recordOf } from './generations.fixture.ts'

/** What a reader sees of each stay, oldest first. */
export const stays = (...messages: PatientEvent[][]) =>
  recordOf(...messages)
    .flatMap(({ data }) => (data.kind === 'encounter' ? [data] : []))
    .toSorted((a, b) => ((a.admittedAt ?? '') < (b.admittedAt ?? '') ? -1 : 1))
    .map((data: Encounter) => ({
      status: data.status,
      admitted: data.admittedAt?.slice(0, 16) ?? null,
      discharged: data.dischargedAt?.slice(0, 16) ?? null,
      history: data.stays.map(({ location }) => location.pointOfCare),
    }))

/** A stay of 2024 and one of 2026 under one visit number, and what is seen of them. */
export const first = '20240101100000'
export const second = '20260901100000'
export const admitted = adt('A01', first, 'W1', first)
export const discharged = adt('A03', '20240105100000', 'W1', first, '20240105100000')
export const again = adt('A01', second, 'W9', second)
export const old = {
  status: 'closed',
  admitted: '2024-01-01T10:00',
  discharged: '2024-01-05T10:00',
  history: ['W1'],
}
export const now = {
  status: 'open',
  admitted: '2026-09-01T10:00',
  discharged: null,
  history: ['W9'],
}
