import type { Entry, Report, ReportObservation } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import {
  bundle,
  observation as resource,
  patient as person,
  read,
  subject,
  system,
} from '@tideway/fhir-ingest/sender.fixture'
import { expect } from 'vitest'
import { patient } from '@tideway/record/entries/histories.fixture'
import type { Arrival } from './arrival.ts'
import { arrivalsOfEvents } from './arrival.fixture.ts'
import { folds } from './apply-events.ts'
import { type LoadedDocuments, project } from './project.ts'
import { heldTouchedBy, membersTouchedBy, touchedBy } from './touched.ts'

export const reportIn = (entry: Entry | undefined) => entry?.data as Report

/** What the store would load besides these: entries that they name. */
export const withMembers = (
  arrivals: readonly Arrival[],
  touched: ReadonlyMap<string, Entry>,
  stored: ReadonlyMap<string, Entry>,
): Map<string, Entry> => {
  const entries = new Map(touched)
  const read = new Set<string>()
  for (;;) {
    const named = [...membersTouchedBy(arrivals, entries), ...heldTouchedBy(arrivals, entries)]
    const missing = named.filter((id) => !read.has(id))
    if (missing.length === 0) return entries
    for (const id of missing) {
      read.add(id)
      const entry = stored.get(id)
      if (entry !== undefined) entries.set(id, entry)
    }
  }
}

/**
 * Stored documents after these events, in batches of this size; each batch has only what the store
 * would load for it.
 */
export const storedAfter = (events: readonly PatientEvent[], batch: number): Map<string, Entry> => {
  const stored = new Map<string, Entry>()
  for (let from = 0; from < events.length; from += batch) {
    const arrivals = arrivalsOfEvents(events.slice(from, from + batch), from, patient)
    const { entries: ids, alone, sharing } = touchedBy(arrivals)
    const touched = new Map(
      [...stored].filter(
        ([id, { holds }]) =>
          ids.includes(id) ||
          holds?.some((one) => alone.includes(one)) ||
          sharing.some((shared) => id.startsWith(shared)),
      ),
    )
    const entries = withMembers(arrivals, touched, stored)
    const loaded: LoadedDocuments = {
      heads: new Map(),
      entries,
      applied: new Map(),
      held: new Map(),
    }
    for (const { entries: changed, dissolved } of project(
      0,
      arrivals,
      loaded,
      folds,
      new Date(0),
    )) {
      for (const entry of changed) {
        expect(entry.version).toBe((stored.get(entry._id)?.version ?? 0) + 1)
        stored.set(entry._id, entry)
      }
      for (const id of dissolved) stored.delete(id)
    }
  }
  return stored
}

/** Key, status and value shown of an observation. */
export const shownIn = ({ key, status, valueFrom, reported }: ReportObservation) => [
  key,
  status,
  valueFrom === null ? null : reported[valueFrom]?.value,
]
/** What every report shows, by its business key. */
export const shown = (stored: ReadonlyMap<string, Entry>) =>
  Object.fromEntries(
    [...stored.values()].map((entry) => [
      reportIn(entry).reportId,
      reportIn(entry).observations.map(shownIn),
    ]),
  )

/** Each message is sent a minute after the one before it. */
export const sent = (...messages: object[]): PatientEvent[] =>
  messages.flatMap((one, minute) => {
    const { faults, events } = read({
      ...one,
      timestamp: new Date(Date.UTC(2026, 6, 1, 9, minute)).toISOString(),
    })
    expect(faults).toEqual([])
    return events
      .map((of) => ({
        ...of,
        patientKey: patient,
        receivedAt: Date.UTC(2026, 6, 1, 10, minute) * 1000,
      }))
      .filter(({ body }) => body.type === 'ResultReported')
  })

const whose = { fullUrl: 'urn:uuid:p', resource: person() }
/** A report that holds these observations. */
export const reported = (observations: object[], more: object = {}, number = 'L1') => {
  const entries = observations.map((one, index) => ({
    fullUrl: `https://x99.example/fhir/Observation/${(one as { id?: string }).id ?? index}`,
    resource: one,
  }))
  const report = {
    resourceType: 'DiagnosticReport',
    status: 'final',
    identifier: [{ system: system('X99', 'report'), value: number }],
    code: { text: 'U&E' },
    subject,
    result: entries.map(({ fullUrl }) => ({ reference: fullUrl })),
    ...more,
  }
  return bundle('collection', whose, { resource: report }, ...entries)
}
/** A standalone observation. */
export const alone = (one: object) => bundle('collection', whose, { resource: one })
export const potassium = (value: string, more: object = {}) =>
  resource('K', { valueString: value }, { id: 'o1', ...more })
export const pressure = (...parts: string[]) =>
  resource(
    'BP',
    {
      component: parts.map((value, index) => ({
        code: { coding: [{ code: ['SYS', 'DIA'][index] }] },
        valueString: value,
      })),
    },
    { id: 'o1' },
  )
export const retracted = { status: 'entered-in-error' }
export const K = 'K||1'
/** Business keys of the report and of the standalone observation. */
export const [R, O] = ['L1^U&E', '~Observation/o1']
