import { normalise } from '@tideway/fhir-ingest/normalise/normalise'
import { knownFrom } from '@tideway/fhir-ingest/references/known-resource'
import { knownResource } from '@tideway/fhir-ingest/references/known.fixture'
import type { FoundResource } from '@tideway/fhir-ingest/retractions/found-resource'
import { bundle, rules, system, trust } from '@tideway/fhir-ingest/sender.fixture'
import { clinicalAlerts } from '@tideway/record/alerts/clinical-alerts'
import { entryIdIn } from '@tideway/record/entries/entry'
import type { Report } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { PatientRecord } from './record.ts'
import { factRows } from './withdrawn-facts.fixture.ts'
import { entryIn, eventsOf, eventsOfRow, recordIn, stored } from './withdrawn-record.fixture.ts'
import { resourceRows } from './withdrawn-resources.fixture.ts'
import type { WithdrawalRow } from './withdrawn-row.fixture.ts'
import { name, ofReport, secret } from './withdrawn-words.fixture.ts'

const patientKey = 'X99|A1'
/** Business key of the entry of an event, as a store of what was sent would have it. */
const keyOf = (event: PatientEvent): string =>
  (entryIdIn(event) as string).replace(/^[^|]+\|[^|]+\|[^|]+\|/, '')

const requestOf = (row: WithdrawalRow, how: 'id' | 'condition'): object => {
  const code = row.type === 'DiagnosticReport' ? '&code=C1' : ''
  const condition = `identifier=${system('X99', 'report')}|N1&patient.identifier=${system('X99')}|A1`
  const url = how === 'id' ? `${row.type}/one` : `${row.type}?${condition}${code}`
  return { request: { method: 'DELETE', url } }
}

/** Events of a transaction with this request, and what is found of its target. */
const eventsFor = (request: object, found: [name: string, FoundResource]): PatientEvent[] => {
  const sent = {
    ...bundle('transaction', request),
    timestamp: new Date(Date.UTC(2026, 6, 1, 9, 1)).toISOString(),
  }
  const { faults, events } = normalise(
    {
      source: trust,
      bytes: Buffer.from(JSON.stringify(sent)),
      receivedAt: Date.UTC(2026, 6, 1, 10, 1) * 1000,
      submitter: { client: 'c', method: 'POST', base: '/fhir' },
      known: knownFrom([knownResource(...found)]),
    },
    rules,
  )
  expect(faults).toEqual([])
  return events
}

const deleted = (row: WithdrawalRow, said: readonly PatientEvent[], how: 'id' | 'condition') => {
  const own = said.find((event) => entryIdIn(event)?.includes(`|${row.kind}|`)) as PatientEvent
  const found = { patientKey, key: keyOf(own) }
  return eventsFor(requestOf(row, how), [`${row.type}/one`, found])
}

const summaryLines = (
  { summary, medicines, whereNow }: PatientRecord,
  counts: WithdrawalRow['counts'],
) => {
  if (counts === undefined) return []
  if (counts === 'whereNow') return whereNow === undefined ? [] : [whereNow]
  if (counts === 'line') return medicines.filter(({ line }) => !line.includes('entered-in-error'))
  if (counts === 'reports')
    return summary.reports.lines.filter(({ abnormal }) => abnormal.length > 0)
  return summary[counts].lines
}

const cases = [...factRows, ...resourceRows].flatMap((row) =>
  (['id', 'condition'] as const)
    .filter((how) => how === 'id' || row.type !== 'ServiceRequest')
    .flatMap((how) =>
      [false, true].map(
        (late) =>
          [
            row.type,
            row.kind,
            how,
            late ? 'received before it' : 'received after it',
            { row, how, late },
          ] as const,
      ),
    ),
)

test.each(cases)(
  '%s (%s) deleted by %s, %s: it is shown as withdrawn and no longer counts',
  (_type, _kind, _how, _order, { row, how, late }) => {
    const said = eventsOfRow(row, row.said, 0)
    const back = deleted(row, said, how)
    const documents = late ? stored(back, said) : stored(said, back)
    const record = recordIn(documents)
    expect([...Value.Errors(PatientRecord, record)]).toEqual([])
    const { shown } = entryIn(documents, row.kind)
    expect(shown.status).toBe(row.after ?? 'entered-in-error')
    expect(summaryLines(record, row.counts)).toEqual([])
    expect(record.withdrawn).toHaveLength(row.kind === 'encounter' ? 0 : 1)
    const text = JSON.stringify(record)
    expect(text).not.toContain(secret)
    if (JSON.stringify(row.said).includes(name)) expect(JSON.stringify(shown)).toContain(name)
    expect(back.flatMap((event) => clinicalAlerts(event).map(({ code }) => code))).toEqual(
      row.alarms ?? [],
    )
  },
)

const report = factRows.find(({ type }) => type === 'DiagnosticReport') as WithdrawalRow

test.each([
  ['whose parts are not known', []],
  ['whose parts are known', [{ key: 'K||1', code: 'K', text: null }]],
])('an observation %s, deleted by itself, is withdrawn in the report that holds it', (_, parts) => {
  const resource = { ...ofReport, id: 'o1', subject: { reference: 'urn:uuid:p' } }
  const said = eventsOf(
    [
      {
        resource: {
          ...report.said,
          resourceType: 'DiagnosticReport',
          subject: { reference: 'urn:uuid:p' },
          result: [{ reference: 'urn:uuid:o' }],
        },
      },
      { fullUrl: 'urn:uuid:o', resource },
    ],
    0,
  )
  const found = { patientKey, key: '~Observation/o1', parts }
  const back = eventsFor({ request: { method: 'DELETE', url: 'Observation/o1' } }, [
    'Observation/o1',
    found,
  ])
  for (const documents of [stored(said, back), stored(back, said)]) {
    const { entries } = documents
    const held = [...entries.values()].filter(({ holds }) => holds !== undefined)
    expect(
      held.map(({ data }) => (data as Report).observations.map(({ status }) => status)),
    ).toEqual([['entered-in-error']])
    expect(JSON.stringify(recordIn(documents).summary)).not.toContain(secret)
  }
})

test('a delete is undone by stating the resource again', () => {
  const row = factRows.find(({ type }) => type === 'AllergyIntolerance') as WithdrawalRow
  const said = eventsOfRow(row, row.said, 0)
  const again = eventsOfRow(row, row.said, 2)
  const { shown } = entryIn(stored(said, deleted(row, said, 'id'), again), row.kind)
  expect(shown.status).toBe('active')
})
