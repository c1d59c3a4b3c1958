import { given } from '@tideway/hl7-ingest/normalise/normalise.fixture'
import { patient } from '@tideway/record/entries/histories.fixture'
import type {
  Document,
  Entry,
  EntryKind,
  Report,
  Statement,
} from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect } from 'vitest'
import { storedAfter } from './match-observation.fixture.ts'

const withoutIdentity = new Set(['PatientDetailsReported', 'PatientRemoved'])

/** Events of a message received as it was sent; its control id is its type and time. */
export const hl7 = (type: string, sent: string, ...segments: string[]): PatientEvent[] => {
  const { events, problem } = given(
    [
      `MSH|^~\\&|APP|X99|TW|REG|${sent}||${type}|${type}-${sent}|P|2.5.1`,
      'PID|1||2002^^^X99^MR||TESTCASE^ADA||19700101|F',
      ...segments,
    ].join('\r'),
  )
  expect(problem).toBeNull()
  return events
    .filter(({ body }) => !withoutIdentity.has(body.type))
    .map((event) => ({
      ...event,
      patientKey: patient,
      source: 'RJZ',
      receivedAt: ((event.sentAt ?? 0) + 1_000) * 1_000,
    }))
}

/** PV1 of visit V1. @param admitted  PV1-44 */
export const pv1 = (ward: string, admitted = '', discharged = ''): string =>
  `PV1|1|I|${ward}^1^1||||||||||||||||V1${'|'.repeat(25)}${admitted}|${discharged}`
export const evn = (type: string, at: string): string => `EVN|${type}|${at}||||${at}`

/** @param sent  when the message was made and the event happened */
export const adt = (type: string, sent: string, ward: string, admitted = '', discharged = '') =>
  hl7(`ADT^${type}`, sent, `EVN|${type}|${sent}`, pv1(ward, admitted, discharged))

const permutations = <T>(all: readonly T[]): T[][] =>
  all.length <= 1
    ? [[...all]]
    : all.flatMap((one, index) =>
        permutations(all.toSpliced(index, 1)).map((others) => [one, ...others]),
      )

const withoutVersion = ({ version: _, dissolved: __, ...entry }: Entry): Partial<Entry> => entry

/** Entries by `_id`; the same in any order of arrival, with duplicates, in batches of any size. */
export const recordOf = (...messages: PatientEvent[][]): Entry[] => {
  const after = (order: PatientEvent[][], batch: number) =>
    [...storedAfter(order.flat(), batch).values()].toSorted((a, b) => (a._id < b._id ? -1 : 1))
  const entries = after(messages, 50)
  const orders = permutations(messages).slice(0, 200)
  for (const [index, order] of orders.entries()) {
    const seen = after(index % 3 === 0 ? [...order, ...order] : order, (index % 3) + 1)
    expect(seen.map(withoutVersion)).toEqual(entries.map(withoutVersion))
  }
  return entries
}

/** Values of each report: shown, status, and those before; oldest report first. */
export const reports = (...messages: PatientEvent[][]) =>
  recordOf(...messages)
    .filter(({ kind }) => kind === 'report')
    .toSorted((a, b) => a.sortAt.getTime() - b.sortAt.getTime())
    .map(({ data }) =>
      (data as Report).observations.map(({ status, valueFrom, reported }) => [
        valueFrom === null ? null : reported[valueFrom]?.value,
        status,
        reported.map(({ value }) => value).filter((_, index) => index !== valueFrom),
      ]),
    )

/** Status of each entry of a kind, and how many messages it is made of, oldest first. */
export const statuses = (kind: EntryKind, ...messages: PatientEvent[][]) =>
  recordOf(...messages)
    .filter((entry) => entry.kind === kind)
    .toSorted((a, b) => a.sortAt.getTime() - b.sortAt.getTime())
    .map(({ data, origins }) => [(data as Statement | Document).status, origins.length])

/** A time as HL7 v2 sends it. @param time  milliseconds */
export const stamp = (time: number): string =>
  new Date(time).toISOString().replace(/\D/g, '').slice(0, 14)

/** Entries as a reader sees them, by `_id`. */
export const inOrder = (stored: ReadonlyMap<string, Entry>) =>
  [...stored.values()].toSorted((a, b) => (a._id < b._id ? -1 : 1)).map(withoutVersion)

/** An order in which some messages could come, some of them twice. */
export const delivered = (messages: readonly PatientEvent[][]) =>
  fc
    .tuple(
      fc.shuffledSubarray([...messages], { minLength: messages.length }),
      fc.array(fc.constantFrom(...messages), { maxLength: 4 }),
    )
    .chain(([all, again]) =>
      fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }),
    )
