import type { Entry, ReportObservation } from '@tideway/schemas/documents/entry'
import type { Observation, PatientEvent } from '@tideway/schemas/events.generated'
import { numbered } from '@tideway/fhir-ingest/values/observation'
import { isSaidHere } from '@tideway/record/entries/kept-statements'
import { event, observation, result } from '@tideway/record/entries/histories.fixture'
import { reportRetractionOf } from '@tideway/record/entries/report-versions'
import { shuffled } from '@tideway/record/entries/random-histories.fixture'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reportIn, shownIn, storedAfter } from './match-observation.fixture.ts'

const codes = fc.constantFrom('F', 'F', 'P', 'C', 'D', 'X', 'O', null)
const parts = fc.subarray(['BP||1', 'SYS|BP|1', 'DIA|BP|1'], { minLength: 1 })
const one = fc
  .record({
    of: fc.constantFrom('o1', 'o2'),
    code: codes,
    value: fc.constantFrom('1', '2', '3'),
    keys: parts,
  })
  .map(({ of, code, value, keys }) =>
    keys.map(
      (key, index): Observation =>
        observation(code, code === 'D' ? null : value, {
          key,
          ownReportId: of,
          ownKey: key,
          place: `Bundle.entry[${of}].resource.component[${index}]`,
        }),
    ),
  )
const standalone = one.map((observations) =>
  result(observations, {
    reportId: observations[0]?.ownReportId as string,
    status: observations[0]?.status === 'entered-in-error' ? 'entered-in-error' : null,
  }),
)
const inReport = fc
  .record({
    observations: fc.uniqueArray(
      fc.oneof(
        one,
        one,
        one.map((all) => all.map((each) => ({ ...each, ownReportId: null, ownKey: null }))),
      ),
      { selector: ([first]) => first?.ownReportId, maxLength: 3 },
    ),
    reportId: fc.constantFrom('R1', 'R2'),
    status: fc.constantFrom('F', 'F', 'P', null, 'X', 'entered-in-error'),
    snapshot: fc.constantFrom(null, false),
  })
  .map(({ observations, ...report }) => result(numbered(observations.flat()), report))
const histories = fc
  .array(fc.oneof(standalone, inReport), { minLength: 1, maxLength: 12 })
  .map((all) => all.map((body, sentAt) => event(body, sentAt)))

/** The same with times of a series, which tell observations of one code apart. */
const timedHistories = histories.chain((events) =>
  fc
    .array(fc.constantFrom(null, '2026-07-01T09:00Z', '2026-07-01T11:00Z', '2026-07-01'), {
      minLength: 9,
      maxLength: 9,
    })
    .map((times) =>
      events.map(({ body, ...more }, message) => ({
        ...more,
        body:
          body.type !== 'ResultReported'
            ? body
            : {
                ...body,
                observations: body.observations.map((one, index) => ({
                  ...one,
                  observedAt: times[(message * 5 + index) % times.length] ?? null,
                })),
              },
      })),
    ),
)

const withoutVersion = ({ version: _, ...entry }: Entry) => entry
const inOrder = (stored: ReadonlyMap<string, Entry>) =>
  [...stored.values()].map(withoutVersion).toSorted((a, b) => (a._id < b._id ? -1 : 1))

const foundBefore = {
  seed: 1011927660,
  path: '523:25:2:2:5:5:5:5:9:12:12:12:12:16:21:20:23:25:29:28:28:28:29:29:29:29:29:29',
}

test.each([{}, foundBefore])(
  'any order and repetition, in batches of any size, gives the same documents',
  (from) => {
    fc.assert(
      fc.property(
        fc
          .oneof(histories, timedHistories)
          .chain((events) =>
            fc.tuple(fc.constant(events), shuffled(events), fc.integer({ min: 1, max: 5 })),
          ),
        ([events, other, batch]) => {
          expect(inOrder(storedAfter(other, batch))).toEqual(
            inOrder(storedAfter(events, events.length)),
          )
        },
      ),
      { numRuns: 1_000, ...from },
    )
  },
)

/** Statuses of one part of a standalone observation that apply to its other parts too. */
const replacing: ReadonlySet<string | null> = new Set([
  'corrected',
  'entered-in-error',
  'cancelled',
])

/**
 * The newest statement about a named observation of a report: in that report, standalone, or in any
 * report that holds the standalone one. Undefined for one that only its place names.
 */
const newestOf = (
  events: readonly PatientEvent[],
  reportId: string,
  { reported }: ReportObservation,
): Pick<Observation, 'status' | 'value'> | undefined => {
  const name = reported.findLast((told) => isSaidHere(told) && told.ownReportId !== null)
  const unnamed = reported.filter((told) => isSaidHere(told) && told.ownReportId === null)
  if (name === undefined || unnamed.length > 0) return undefined
  const reports = events.flatMap(({ body }) => (body.type === 'ResultReported' ? [body] : []))
  const words = reports.flatMap(
    ({ reportId: where, observations }): Pick<Observation, 'status' | 'value'>[] => {
      if (![reportId, name.ownReportId].includes(where) && reportId !== name.ownReportId) return []
      const parts = observations.filter(({ ownReportId }) => ownReportId === name.ownReportId)
      const part = parts.find(({ ownKey }) => ownKey === name.ownKey)
      if (part !== undefined) return [part]
      return parts
        .filter(({ status }) => replacing.has(status))
        .slice(0, 1)
        .map(({ status }) => ({ status, value: null }))
    },
  )
  return words.at(-1)
}

/** A value that was corrected or taken back is not shown as it was. */
const expectNotOld = (
  events: readonly PatientEvent[],
  entry: Entry,
  observed: ReportObservation,
): void => {
  const newest = newestOf(events, reportIn(entry).reportId, observed)
  const [, , value] = shownIn(observed)
  const isRetracted = newest?.status === 'entered-in-error' || newest?.status === 'cancelled'
  const isWithReport = observed.reported.at(-1)?.retractedWith !== undefined
  if (isRetracted || isWithReport) expect(value).toBeNull()
  const retraction = reportRetractionOf(reportIn(entry), observed.reported)
  const stands = retraction === null && reportIn(entry).status !== 'entered-in-error'
  if (newest?.status === 'corrected' && stands && !isWithReport) expect(value).toBe(newest.value)
}

test('a corrected or retracted value is shown nowhere in its old state', () => {
  fc.assert(
    fc.property(
      histories.chain((events) =>
        fc.tuple(fc.constant(events), shuffled(events), fc.integer({ min: 1, max: 5 })),
      ),
      ([events, other, batch]) => {
        for (const entry of storedAfter(other, batch).values())
          for (const observed of reportIn(entry).observations) expectNotOld(events, entry, observed)
      },
    ),
    { numRuns: 1_000 },
  )
})
