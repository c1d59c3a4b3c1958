import { clinicalAlerts } from '@tideway/record/alerts/clinical-alerts'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { askedOf } from '../provenance/wanted.ts'
import { PatientRecord } from './record.ts'
import { factRows } from './withdrawn-facts.fixture.ts'
import { entryIn, eventsOfRow, recordIn, stored, withdrawal } from './withdrawn-record.fixture.ts'
import { resourceRows } from './withdrawn-resources.fixture.ts'
import type { WithdrawalRow } from './withdrawn-row.fixture.ts'
import { secret } from './withdrawn-words.fixture.ts'

const rows = [...factRows, ...resourceRows]

/** What of it a clinician is shown at first sight. */
const countsIn = (
  { summary, medicines, whereNow }: PatientRecord,
  counts: WithdrawalRow['counts'],
): unknown[] => {
  if (counts === undefined) return []
  if (counts === 'whereNow') return whereNow === undefined ? [] : [whereNow]
  if (counts === 'line') return medicines.filter(({ line }) => !line.includes('entered-in-error'))
  if (counts === 'reports')
    return summary.reports.lines.filter(({ abnormal }) => abnormal.length > 0)
  return summary[counts].lines
}

const cases = rows.flatMap((row) =>
  [false, true].flatMap((bare) =>
    [false, true].map(
      (late) =>
        [
          row.type,
          row.kind,
          bare ? 'with required elements only' : 'with all its elements',
          late ? 'received before it' : 'received after it',
          { row, bare, late },
        ] as const,
    ),
  ),
)

test.each(cases)(
  '%s (%s) withdrawn %s, %s: it is shown as withdrawn and no longer counts',
  (_type, _kind, _how, _order, { row, bare, late }) => {
    const said = eventsOfRow(row, row.said, 0)
    const before = stored(said)
    expect(entryIn(before, row.kind).shown.status).toBe(row.before)
    expect(countsIn(recordIn(before), row.counts)).toHaveLength(row.counts === undefined ? 0 : 1)
    expect(recordIn(before).withdrawn).toEqual([])

    const back = eventsOfRow(row, withdrawal(row, bare), 1)
    const documents = late ? stored(back, said) : stored(said, back)
    const record = recordIn(documents)
    expect([...Value.Errors(PatientRecord, record)]).toEqual([])
    const { entry, shown } = entryIn(documents, row.kind)
    expect(shown.status).toBe(row.after ?? 'entered-in-error')
    expect(countsIn(record, row.counts)).toEqual([])
    expect(record.withdrawn).toMatchObject(
      row.kind === 'encounter'
        ? []
        : [{ entry: shown.id, kind: row.kind, status: 'entered-in-error' }],
    )
    expect(record.withdrawn).toHaveLength(row.kind === 'encounter' ? 0 : 1)

    const text = JSON.stringify(record)
    for (const words of [secret, Buffer.from(secret).toString('base64')])
      expect(text).not.toContain(words)
    expect(text).toContain('N1')
    if (row.kind !== 'document')
      expect(JSON.stringify([...askedOf(entry, shown, null).byMessage])).not.toContain(
        `"field":["said","json"]`,
      )

    expect(
      back.flatMap((event) =>
        clinicalAlerts(event).map(({ code, tell }) => [code, tell.at(-1)?.role]),
      ),
    ).toEqual((row.alarms ?? []).map((code) => [code, 'SENDER']))
  },
)
